/** A world through the provider's RPCs, in the order in which Terraform calls them. */
import type { PlatformDefinition } from "../../src/model";
import { platformDefinitions } from "../../src/platforms/registry";
import {
  type Declared,
  type PlannedObject,
  SimulatedCore,
  type Walk,
} from "../../src/provider/server/core-fixture";
import { toValue } from "../../src/provider/state/values";
import {
  containsUnknown,
  ctyEquals,
  type CtyRecord,
  type CtyValue,
  Dynamic,
  isRecord,
  recordOf,
  toDynamic,
  Unknown,
  UNKNOWN,
  type WireDiagnostic,
} from "../../src/provider/wire";
import type { JsonObject, JsonValue, Platform } from "../../src/model";
import { countingPlatform } from "./counting-platform";
import { declarationsOf, settledDeclarationsOf } from "./declarations";
import { driftOn } from "./drift";
import type { Ground } from "./grounds/ground";
import { flatten, meaningOf, meaningOfOverrides } from "./meaning";
import type {
  Outcome,
  PlannedAction,
  PlannedThing,
  Refused,
  Side,
} from "./outcome";
import { differingPaths, prefixed, storedFields } from "./store-view";
import {
  type DeclaredThing,
  keyOf,
  settledValue,
  type ThingKind,
  thingAt,
  type World,
  parentOf,
} from "./world";

export const providerSide: Side = {
  name: "the provider's RPCs",
  play: throughTheProvider,
};

async function throughTheProvider(
  world: World,
  ground: Ground,
): Promise<Outcome | Refused> {
  await ground.reset();
  const { platform, writes } = countingPlatform(ground.platform);
  const definition = definitionOf(platform);
  const core = new SimulatedCore({
    platforms: [definition],
    plansOnce: true,
    provider: {
      organization: world.organization,
      [platform.name]: recordOf(
        definition.settings.map(({ name }) => [name, null]),
      ),
    },
  });
  const first = await core.plan(declarationsOf(world.before, world));
  if (errorsOf(first.diagnostics).length > 0)
    return { refused: errorsOf(first.diagnostics) };
  const begun = await core.carryOut(
    declarationsOf(world.before, world),
    inOrder(first),
  );
  if (errorsOf(begun.diagnostics).length > 0)
    return { refused: errorsOf(begun.diagnostics) };
  for (const drift of world.drift) await driftOn(ground, world, drift);

  const declared = declarationsOf(world.after, world);
  const before = ground.view();
  writes.length = 0;
  const sent = ground.changesSent();
  const plan = await core.plan(declared);
  const writesOfPlan = writes.length + (ground.changesSent() === sent ? 0 : 1);
  if (errorsOf(plan.diagnostics).length > 0)
    return { refused: errorsOf(plan.diagnostics) };
  const failures = [...(await failuresOf(core, declared, plan))];
  const isQuiet = writes.length === 0 && ground.changesSent() !== sent;
  if (isQuiet) failures.push("something was sent that no port was asked for");
  const planned = new Map(
    [...plan.objects].map(([address, object]) => [
      address,
      plannedThing({ world, address, object }),
    ]),
  );
  const carriedOut = [...writes];
  const after = ground.view();
  return {
    planned,
    before,
    after,
    writesOfPlan,
    writes: carriedOut,
    effective: effectiveOf(core, world),
    failures,
    unsettled: failures.length > 0 ? [] : await unsettledOf(core, declared),
  };
}

function effectiveOf(
  core: SimulatedCore,
  { after }: World,
): Outcome["effective"] {
  return new Map(
    after.flatMap((thing) => {
      if (thing.kind !== "link") return [];
      const state = core.stored.get(thing.address)?.state;
      if (state === undefined) return [];
      const type = settledValue(parentOf(thing, after).type);
      const effective = plainOf(state["effective"] ?? null) as JsonObject;
      return [[String(state["id"]), meaningOf(type, effective)]] as const;
    }),
  );
}

/** What core itself finds wrong with an answer is thrown. */
async function failuresOf(
  core: SimulatedCore,
  declared: readonly Declared[],
  plan: Walk,
): Promise<readonly string[]> {
  try {
    const walk = await core.carryOut(declared, inOrder(plan));
    return errorsOf(walk.diagnostics);
  } catch (thrown) {
    return [String(thrown)];
  }
}

async function unsettledOf(
  core: SimulatedCore,
  declared: readonly Declared[],
): Promise<readonly string[]> {
  const { objects, diagnostics } = await core.plan(
    settledDeclarationsOf(declared),
  );
  return [
    ...errorsOf(diagnostics),
    ...[...objects]
      .filter(([, { action }]) => action !== "no-op")
      .map(([address, { action }]) => `${address}: ${action}`),
  ];
}

function definitionOf(platform: Platform): PlatformDefinition {
  const { name, title, capabilities } = platform;
  const definition = platformDefinitions.find((one) => one.name === name)!;
  return {
    ...definition,
    title,
    capabilities,
    open: () => Promise.resolve(platform),
  };
}

const ranks: readonly string[] = [
  "workspace",
  "deployment",
  "connection",
  "attachment",
  "link",
];

/** What depends on something is destroyed before it, orphans too: core takes the order from the state, where the simulated one has none. */
function inOrder(walk: Walk): Walk {
  const rankOf = (address: string) => ranks.indexOf(address.split(".")[0]!);
  return {
    ...walk,
    objects: new Map(
      [...walk.objects].sort(([left], [right]) => rankOf(left) - rankOf(right)),
    ),
  };
}

function errorsOf(diagnostics: readonly WireDiagnostic[]): readonly string[] {
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ summary, detail }) => `${summary}: ${detail}`);
}

const actionsOfCore: Readonly<Record<PlannedObject["action"], PlannedAction>> =
  {
    "no-op": "none",
    create: "create",
    update: "update",
    replace: "replace",
    delete: "delete",
  };

function plannedThing(options: {
  readonly world: World;
  readonly address: string;
  readonly object: PlannedObject;
}): PlannedThing {
  const { world, address, object } = options;
  const { prior, planned } = object;
  const kind = address.split(".")[0] as ThingKind;
  const was = prior === null ? undefined : String(prior["id"]);
  const action = actionsOfCore[object.action];
  const thing = thingAt(world.after, address);
  if (thing === undefined || planned === null)
    return {
      kind,
      id: was ?? "",
      was,
      action,
      changed: [],
      open: [],
      unseen: [],
    };
  const id = keyOf(thing, world.after, world.organization);
  const before = fieldsOf(kind, prior, typeOf(thing, prior, world.before));
  const after = fieldsOf(kind, planned, typeOf(thing, planned, world.after));
  const open = new Set(after.unknown);
  // What is not declared is the platform's own affair, and not looked at until it is.
  for (const name of ["access", "parent"])
    if (prior !== null && prior[name] === null && planned[name] !== null)
      open.add(name);
  const changed = new Set(
    differingPaths(before.known, after.known).filter(
      (path) => !isUnderAny(path, open),
    ),
  );
  const secret = secretsOf(kind, { prior, planned, action });
  if (secret?.change === "changed") changed.add(secret.path);
  if (secret?.change === "open") open.add(secret.path);
  return {
    kind,
    id,
    was,
    action,
    changed: [...changed].sort(),
    open: [...open].sort(),
    unseen: action === "update" ? unseenOf(prior!, planned) : [],
  };
}

/** Attributes that no platform sees. */
const ours = [
  // Another name of the same connection: it is followed, and nothing is sent.
  "connection_id",
  "deletion_protection",
  "effective",
  "override_secrets",
  "override_secrets_version",
  "secrets",
  "seen_secrets_revision",
  "secrets_version",
  "verify",
];

function unseenOf(prior: CtyRecord, planned: CtyRecord): readonly string[] {
  return Object.keys(planned).flatMap((name) => {
    const [before, after] = [prior[name] ?? null, planned[name] ?? null];
    if (ctyEquals(undefined, before, after)) return [];
    if (ours.includes(name)) return [name];
    const takesPlace =
      (before === null && isEmpty(after)) ||
      (isEmpty(before) && after === null);
    return takesPlace ? [`${name}, empty`] : [];
  });
}

function isEmpty(value: CtyValue): boolean {
  if (value === null || containsUnknown(value)) return false;
  const plain = plainOf(value);
  if (plain === null || typeof plain !== "object") return plain === "";
  return Object.values(plain).every((part) => part === null);
}

function isUnderAny(path: string, roots: ReadonlySet<string>): boolean {
  return [...roots].some(
    (root) =>
      path === root ||
      path.startsWith(`${root}.`) ||
      root.startsWith(`${path}.`),
  );
}

/** Whether secrets are sent follows from the revision; what is new has those that it is given. */
function secretsOf(
  kind: ThingKind,
  options: {
    readonly prior: CtyRecord | null;
    readonly planned: CtyRecord;
    readonly action: PlannedAction;
  },
):
  | { readonly path: string; readonly change: "changed" | "open" | "none" }
  | undefined {
  const path =
    kind === "connection"
      ? "secrets"
      : kind === "link"
        ? "override_secrets"
        : undefined;
  if (path === undefined) return undefined;
  const { prior, planned, action } = options;
  const revision = planned[`${path}_revision`];
  if (revision instanceof Unknown) return { path, change: "open" };
  const isNew = action === "create" || action === "replace";
  const before = isNew ? 0 : (prior?.[`${path}_revision`] ?? 0);
  return { path, change: revision === before ? "none" : "changed" };
}

interface RecordFields {
  readonly known: ReadonlyMap<string, JsonValue>;
  readonly unknown: readonly string[];
}

/** What a record says of its object, in the store's words. */
function fieldsOf(
  kind: ThingKind,
  record: CtyRecord | null,
  type: string | undefined,
): RecordFields {
  if (record === null) return { known: new Map(), unknown: [] };
  switch (kind) {
    case "workspace":
    case "attachment":
      return { known: new Map(), unknown: [] };
    case "deployment":
      return partsOf(record, { workspace: ["workspace", undefined] });
    case "connection":
      return partsOf(record, {
        type: ["type", undefined],
        description: ["description", undefined],
        auto_link: ["auto_link", undefined],
        auto_link_except: ["auto_link_except", undefined],
        parent: ["parent", undefined],
        access: ["access", (access) => flatten(access)],
        config: [
          "config",
          type === undefined ? undefined : (config) => meaningOf(type, config),
        ],
      });
    case "link":
      return partsOf(withRemovals(record), {
        overrides: [
          "overrides",
          type === undefined
            ? undefined
            : (overrides) => meaningOfOverrides(type, overrides),
        ],
      });
  }
}

/** A field that is removed is a null among the overrides, as the store has it. */
function withRemovals(record: CtyRecord): CtyRecord {
  const { overrides = null, removed_fields: removed = null } = record;
  if (removed === null || overrides instanceof Unknown) return record;
  if (removed instanceof Unknown) return { ...record, overrides: UNKNOWN };
  const given =
    overrides instanceof Dynamic && isRecord(overrides.value)
      ? overrides.value
      : recordOf([]);
  return {
    ...record,
    overrides: toDynamic(
      recordOf([
        ...Object.entries(given),
        ...(removed as readonly string[]).map((name): [string, CtyValue] => [
          name,
          null,
        ]),
      ]),
    ),
  };
}

function partsOf(
  record: CtyRecord,
  parts: Readonly<
    Record<
      string,
      readonly [
        attribute: string,
        meaning:
          ((value: JsonObject) => ReadonlyMap<string, JsonValue>) | undefined,
      ]
    >
  >,
): RecordFields {
  const known: (readonly [string, JsonValue])[] = [];
  const unknown: string[] = [];
  for (const [path, [attribute, meaning]] of Object.entries(parts)) {
    const value = record[attribute] ?? null;
    if (value === null) continue;
    if (value instanceof Unknown || needsType(path, meaning))
      unknown.push(path);
    else if (!containsUnknown(value)) {
      const plain = plainOf(value);
      if (meaning === undefined) known.push([path, plain]);
      else known.push(...prefixed(path, meaning(plain as JsonObject)));
    } else {
      const { fields, later } = split(value, path);
      unknown.push(...later);
      known.push(...prefixed(path, meaning!(fields)));
    }
  }
  return { known: storedFields(known), unknown };
}

/** Of what type fields are decides what they mean. */
function needsType(path: string, meaning: unknown): boolean {
  return meaning === undefined && ["config", "overrides"].includes(path);
}

function plainOf(value: CtyValue): JsonValue {
  return JSON.parse(JSON.stringify(toValue(value))) as JsonValue;
}

/** The parts that are known, and the paths of those that are not. */
function split(
  value: CtyValue,
  path: string,
): { readonly fields: JsonObject; readonly later: readonly string[] } {
  const later: string[] = [];
  const knownPart = (part: unknown, at: string): JsonValue | undefined => {
    if (typeof part === "symbol") {
      later.push(at);
      return undefined;
    }
    if (part === null || typeof part !== "object" || Array.isArray(part))
      return part as JsonValue;
    return Object.fromEntries(
      Object.entries(part).flatMap(([field, inner]): [string, JsonValue][] => {
        const known = knownPart(inner, `${at}.${field}`);
        return known === undefined ? [] : [[field, known]];
      }),
    );
  };
  const fields = knownPart(toValue(value), path) as JsonObject;
  return { fields, later };
}

/** The type that a record's fields are of: its own, or its connection's. */
function typeOf(
  thing: DeclaredThing,
  record: CtyRecord | null,
  things: readonly DeclaredThing[],
): string | undefined {
  if (record === null) return undefined;
  if (thing.kind === "connection")
    return typeof record["type"] === "string" ? record["type"] : undefined;
  if (thing.kind !== "link") return undefined;
  const there = thingAt(things, thing.address);
  return there?.kind === "link"
    ? settledValue(parentOf(there, things).type)
    : undefined;
}
