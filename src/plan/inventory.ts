import {
  type Diagnostic,
  type DiagnosticPath,
  errorDiagnostic,
} from "../diagnostics";
import {
  type Checked,
  checkName,
  formatOwner,
  hasFeature,
  invalid,
  KNOWN_AFTER_APPLY,
  type ObservedDeployment,
  type ObservedWorkspace,
  type Owner,
  parseConnectionKey,
  parseOwner,
  requireFeature,
  valid,
  escapeName,
  readName,
} from "../model";
import { actionOf } from "./action-of";
import type { InventoryBefore } from "./before";
import {
  identityAfter,
  type Identity,
  type KeyArguments,
  type Reference,
} from "./child";
import type { DeclaredInventory, InventoryKind, OrLater } from "./declared";
import { changedFields } from "./field-change";
import { givenFields } from "./given-fields";
import { knownOf } from "./known";
import { readOwner } from "./owner";
import type { PlannedInventory } from "./planned";
import type { Rules } from "./rules";

/** Workspaces and deployments, as far as both are alike. */

/** `organization/acme/workspace/analytics` */
export function formatInventoryId(
  kind: InventoryKind,
  { owner, name }: { readonly owner: Owner; readonly name: string },
): string {
  return `${formatOwner(owner)}/${kind}/${escapeName(name)}`;
}

export function parseInventoryId(
  kind: InventoryKind,
  text: string,
  path: DiagnosticPath = ["id"],
): Checked<{ readonly owner: Owner; readonly name: string }> {
  const separator = `/${kind}/`;
  // The last one: an owner may be called "workspace" itself, a name holds no slash.
  const at = text.lastIndexOf(separator);
  if (at <= 0) {
    return invalid(
      errorDiagnostic({
        code: "invalid_id",
        path,
        detail: `${JSON.stringify(text)} is not the id of a ${kind}. An id looks like "organization/acme/${kind}/${kind === "workspace" ? "analytics" : "prod"}".`,
      }),
    );
  }
  const owner = parseOwner(text.slice(0, at), path);
  if (!owner.ok) return owner;
  const name = readName(text.slice(at + separator.length), path);
  return name.ok ? valid({ owner: owner.value, name: name.value }) : name;
}

/**
 * The natural key of the place that a connection is used in; undefined as long
 * as it is not known. Owners that do not name their organization belong to `account`.
 */
export function inventoryIdOf(
  kind: InventoryKind,
  name: OrLater<string>,
  connection: OrLater<string>,
  account: Owner | undefined,
): string | undefined {
  if (name === KNOWN_AFTER_APPLY || connection === KNOWN_AFTER_APPLY)
    return undefined;
  const key = parseConnectionKey(connection);
  if (!key.ok) return undefined;
  const owner = accountOf(key.value.owner, account);
  return owner && formatInventoryId(kind, { owner, name });
}

/** Whose workspaces and deployments the connections of an owner are used in. */
export function accountOf(
  owner: Owner,
  account: Owner | undefined,
): Owner | undefined {
  return owner.kind === "workspace" || owner.kind === "deployment"
    ? account
    : owner;
}

/** Everything wrong with the arguments by themselves. */
export function checkInventory(
  declared: DeclaredInventory,
): readonly Diagnostic[] {
  return (["name", "workspace"] as const).flatMap((argument) => {
    const name = knownOf(declared[argument]);
    return name === undefined ? [] : checkName(name, [argument]);
  });
}

/** What the workspace or the deployment will be. */
export function planInventory(options: {
  readonly declared: DeclaredInventory;
  /** Undefined: it will be created. */
  readonly before: InventoryBefore | undefined;
  /** The own id of the workspace that a deployment is in. @default nobody knows it */
  readonly workspacePlatformId?: Identity;
  readonly rules: Rules | undefined;
}): PlannedInventory {
  const { declared, before, workspacePlatformId, rules } = options;
  const { kind, name, workspace } = declared;
  const { text: owner, diagnostics: ownerFaults } = readOwner(declared.owner);
  const after: KeyArguments = {
    name,
    owner,
    ...(workspace === undefined ? {} : { workspace }),
  };
  const then = before && {
    name: before.name,
    owner: before.owner,
    workspace: before.workspace,
  };
  const toWorkspace = {
    argument: "workspace",
    attribute: "workspace_platform_id",
    before: before?.workspacePlatformId,
    now: workspacePlatformId,
  } satisfies Reference;
  const replacing =
    then === undefined ? [] : replacingPaths(then, after, toWorkspace, rules);
  const fields = changedFields(givenFields(then ?? {}), after);
  return {
    kind,
    id:
      name === KNOWN_AFTER_APPLY || owner === KNOWN_AFTER_APPLY
        ? KNOWN_AFTER_APPLY
        : `${owner}/${kind}/${escapeName(name)}`,
    action: actionOf({ before, replacing, changed: fields.length > 0 }),
    before,
    declared,
    owner,
    fields,
    replacing,
    ...(kind === "deployment" && {
      workspacePlatformId: identityAfter(
        toWorkspace,
        before === undefined ||
          replacing.length > 0 ||
          (before.workspace !== workspace &&
            before.workspacePlatformId !== workspacePlatformId),
      ),
    }),
    diagnostics: [
      ...ownerFaults,
      ...(rules === undefined ? [] : inventorySupport(kind, rules)),
    ],
  };
}

/** Another owner takes a new one; so does another name or workspace where the platform cannot change them, and a workspace that is made anew. */
function replacingPaths(
  before: Readonly<Record<string, unknown>>,
  after: KeyArguments,
  { argument, attribute, now }: Reference & { readonly argument: string },
  rules: Rules | undefined,
): readonly (readonly string[])[] {
  const staysInPlace =
    rules === undefined || hasFeature(rules, "change_inventory");
  return [
    ...Object.keys(after)
      .filter((name) => before[name] !== after[name])
      .filter((name) => name === "owner" || !staysInPlace)
      .map((name) => [name]),
    ...(now === KNOWN_AFTER_APPLY && before[argument] === after[argument]
      ? [[attribute]]
      : []),
  ];
}

/** Why the platform's workspaces and deployments are not managed here; nothing where they are. */
export function inventorySupport(
  kind: InventoryKind,
  rules: Pick<Rules, "title" | "capabilities">,
): readonly Diagnostic[] {
  return requireFeature(rules, "manage_inventory", []).map((fault) => ({
    ...fault,
    detail: `${fault.detail} To refer to one that exists, use the data source patchbay_${kind}.`,
  }));
}

/** The workspace or the deployment as it is now. */
export function refreshedInventory(
  kind: InventoryKind,
  stored: ObservedWorkspace | ObservedDeployment,
): InventoryBefore {
  return {
    kind,
    id: formatInventoryId(kind, stored),
    owner: formatOwner(stored.owner),
    name: stored.name,
    platformId: stored.platformId,
    ...("workspace" in stored ? { workspace: stored.workspace } : {}),
  };
}
