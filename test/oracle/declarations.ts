/** A world's declarations as Terraform's: one resource block each, with what is known later unknown while planning. */
import type { JsonValue, Value } from "../../src/model";
import { KNOWN_AFTER_APPLY } from "../../src/model";
import { type Declared, dynamic } from "../../src/provider/server/core-fixture";
import {
  type CtyRecord,
  type CtyValue,
  UNKNOWN,
} from "../../src/provider/wire";
import {
  type DeclaredSecrets,
  type DeclaredThing,
  hasLater,
  keyOf,
  Later,
  type MaybeLater,
  parentOf,
  type Part,
  type Parts,
  settledParts,
  type World,
} from "./world";

type Phase = "plan" | "apply";

export function declarationsOf(
  things: readonly DeclaredThing[],
  { organization }: Pick<World, "organization">,
): readonly Declared[] {
  return things.map((thing) => ({
    address: thing.address,
    type: resourceTypes[thing.kind],
    config: (phase) => argumentsOf(thing, things, organization, phase),
    ...(thing.recreate === true ? { replace: true } : {}),
  }));
}

/** The same once everything is known, and nothing is to be made anew. */
export function settledDeclarationsOf(
  declared: readonly Declared[],
): readonly Declared[] {
  return declared.map((one) => ({
    address: one.address,
    type: one.type,
    config: () => one.config("apply"),
  }));
}

const resourceTypes = {
  workspace: "patchbay_workspace",
  deployment: "patchbay_deployment",
  connection: "patchbay_connection",
  attachment: "patchbay_workspace_attachment",
  link: "patchbay_deployment_link",
} as const;

function argumentsOf(
  thing: DeclaredThing,
  things: readonly DeclaredThing[],
  organization: string,
  phase: Phase,
): Readonly<Record<string, CtyValue>> {
  const plain = <T extends CtyValue>(
    value: MaybeLater<T> | undefined,
  ): CtyValue =>
    value instanceof Later
      ? phase === "plan"
        ? UNKNOWN
        : (value.value as T)
      : (value ?? null);
  const fields = (value: MaybeLater<Parts> | undefined): CtyValue =>
    value === undefined ? null : fieldsAt(value, phase);
  const secrets = (given: DeclaredSecrets | undefined, prefix: string) =>
    given === undefined
      ? {}
      : {
          [given.argument === "stored" ? prefix : `${prefix}_wo`]: fields(
            given.value,
          ),
          [`${prefix}_version`]: plain(given.version),
        };
  const connectionId = (
    child: Extract<DeclaredThing, { readonly connection: string }>,
  ): CtyValue => {
    const parent = parentOf(child, things);
    return phase === "plan" && (hasLater(parent.name) || hasLater(parent.owner))
      ? UNKNOWN
      : keyOf(parent, things, organization);
  };
  switch (thing.kind) {
    case "workspace":
    case "deployment":
      return {
        name: plain(thing.name),
        owner: plain(thing.owner),
        ...(thing.kind === "deployment"
          ? { workspace: plain(thing.workspace) }
          : {}),
      };
    case "connection":
      return {
        name: plain(thing.name),
        owner: plain(thing.owner),
        type: plain(thing.type),
        description: plain(thing.description),
        config: fields(thing.config),
        ...secrets(thing.secrets, "secrets"),
        auto_link: plain(thing.autoLink),
        auto_link_except: thing.autoLinkExcept ?? null,
        access:
          thing.access === undefined
            ? null
            : ({
                view: thing.access.view ?? null,
                use: thing.access.use ?? null,
                edit: thing.access.edit ?? null,
              } as CtyRecord),
        parent: plain(thing.parent),
        verify: plain(thing.verify),
        deletion_protection: plain(thing.deletionProtection),
      };
    case "attachment":
      return {
        connection_id: connectionId(thing),
        workspace: plain(thing.workspace),
      };
    case "link":
      return {
        connection_id: connectionId(thing),
        deployment: plain(thing.deployment),
        ...overridesOf(thing.overrides, phase),
        ...secrets(thing.secrets, "override_secrets"),
      };
  }
}

/** A null removes, which HCL says in an argument of its own: as soon as a part comes to null, that argument is known later. */
function overridesOf(
  overrides: MaybeLater<Parts> | undefined,
  phase: Phase,
): Readonly<Record<string, CtyValue>> {
  if (overrides === undefined) return {};
  const parts = overrides instanceof Later ? overrides.value : overrides;
  const names = Object.keys(parts);
  const removed = names.filter((name) => settledParts(parts[name]!) === null);
  if (overrides instanceof Later && phase === "plan")
    return {
      overrides: UNKNOWN,
      removed_fields: removed.length === 0 ? null : UNKNOWN,
    };
  const isLater = removed.some((name) => parts[name] instanceof Later);
  const given = Object.fromEntries(
    Object.entries(parts).filter(([name]) => !removed.includes(name)),
  );
  return {
    overrides: fieldsAt(given, phase),
    removed_fields:
      isLater && phase === "plan"
        ? UNKNOWN
        : removed.length === 0
          ? null
          : removed,
  };
}

function fieldsAt(parts: MaybeLater<Parts>, phase: Phase): CtyValue {
  return parts instanceof Later && phase === "plan"
    ? UNKNOWN
    : dynamic(valueAt(parts, phase));
}

export function valueAt(part: Part | Later<Parts>, phase: Phase): Value {
  if (part instanceof Later)
    return phase === "plan"
      ? KNOWN_AFTER_APPLY
      : valueAt(part.value as Part, phase);
  if (part === null || typeof part !== "object" || Array.isArray(part))
    return part as JsonValue;
  return Object.fromEntries(
    Object.entries(part as Parts).map(([field, inner]) => [
      field,
      valueAt(inner, phase),
    ]),
  );
}
