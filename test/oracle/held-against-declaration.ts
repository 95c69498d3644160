/** Holds the store after against what is declared: a difference that no plan shows would go unnoticed otherwise. */
import type { JsonObject, JsonValue } from "../../src/model";
import { flatten, meaningOf, meaningOfOverrides } from "./meaning";
import { isUnder, type Outcome, type PlannedThing } from "./outcome";
import {
  differingPaths,
  prefixed,
  storedFields,
  type StoredThing,
} from "./store-view";
import {
  type DeclaredConnection,
  type DeclaredLink,
  type DeclaredSecrets,
  keyOf,
  parentOf,
  settledParts,
  settledValue,
  thingAt,
  type World,
} from "./world";

/** Everything that is stored otherwise than it is declared, as sentences. */
export function undeclared(
  world: World,
  { planned, before, after }: Outcome,
  { sendsSecretsAlong }: { readonly sendsSecretsAlong: boolean },
): readonly string[] {
  return world.after.flatMap((thing) => {
    const what = `${thing.kind} ${keyOf(thing, world.after, world.organization)}`;
    const stored = after.get(what);
    if (stored === undefined) return [`${what} is declared and not stored`];
    if (thing.kind !== "connection" && thing.kind !== "link") return [];
    const isConnection = thing.kind === "connection";
    const root = isConnection ? "secrets" : "override_secrets";
    const paths = differingPaths(
      storedFields(
        isConnection ? ofConnection(thing, stored) : ofLink(thing, world),
      ),
      new Map([...stored.fields].filter(([path]) => !isUnder(path, [root]))),
    );
    const { was, kind } = planned.get(thing.address)!;
    const wanted = wantedSecrets({
      thing: planned.get(thing.address)!,
      earlier: secretsAt(world, thing.address),
      declared: thing.secrets,
      drifted: driftOfSecrets(world, thing.address),
      sendsSecretsAlong,
    });
    const secrets = {
      declared: secretsOf(thing.secrets, root),
      stored: below(stored, root),
      before: below(before.get(`${kind} ${was}`), root),
    };
    const isWanted = wanted.some(
      (one) => differingPaths(secrets[one], secrets.stored).length === 0,
    );
    return [
      ...(paths.length === 0
        ? []
        : [`${what} is stored otherwise than declared: ${paths.join(", ")}`]),
      ...(isWanted
        ? []
        : [`the ${root} of ${what} are not as ${wanted.join(" or as ")}`]),
    ];
  });
}

type Entries = readonly (readonly [string, JsonValue | undefined])[];

function ofConnection(thing: DeclaredConnection, stored: StoredThing): Entries {
  const type = settledValue(thing.type);
  const config = settledParts(thing.config ?? {}) as JsonObject;
  // What is not declared is the platform's own affair.
  const own = (root: string): Entries =>
    [...stored.fields].filter(([path]) => isUnder(path, [root]));
  const { access, parent } = thing;
  return [
    ["type", type],
    ["description", settledValue(thing.description)],
    ["auto_link", settledValue(thing.autoLink)],
    ["auto_link_except", thing.autoLinkExcept],
    ...prefixed("config", meaningOf(type, config)),
    ...(parent === undefined
      ? own("parent")
      : ([["parent", settledValue(parent)]] as const)),
    ...(access === undefined
      ? own("access")
      : (["view", "use", "edit"] as const).map(
          (name) => [`access.${name}`, access[name]] as const,
        )),
  ];
}

function ofLink(thing: DeclaredLink, { after }: World): Entries {
  const type = settledValue(parentOf(thing, after).type);
  const overrides = settledParts(thing.overrides ?? {}) as JsonObject;
  return prefixed("overrides", meaningOfOverrides(type, overrides));
}

function secretsOf(
  declared: DeclaredSecrets | undefined,
  root: string,
): ReadonlyMap<string, JsonValue> {
  return declared === undefined
    ? new Map()
    : flatten(settledParts(declared.value) as JsonObject, `${root}.`);
}

function below(
  thing: StoredThing | undefined,
  root: string,
): ReadonlyMap<string, JsonValue> {
  return new Map(
    [...(thing?.fields ?? [])].filter(([path]) => isUnder(path, [root])),
  );
}

function secretsAt(
  { before }: World,
  address: string,
): DeclaredSecrets | undefined {
  const earlier = thingAt(before, address);
  return earlier?.kind === "connection" || earlier?.kind === "link"
    ? earlier.secrets
    : undefined;
}

/** Whether somebody else changed them, and whether the platform says so: the hub says it of all, Astro of those that are gone. */
function driftOfSecrets(
  world: World,
  address: string,
): "none" | "seen" | "unseen" {
  const drift = world.drift.find(
    (one) => one.address === address && one.does === "keep_secrets",
  );
  if (drift?.does !== "keep_secrets") return "none";
  const names = flatten(drift.secrets);
  const isGone = [...secretsOf(secretsAt(world, address), "").keys()].some(
    (path) => !names.has(path.slice(1)),
  );
  return world.platform === "hub" || (world.platform === "astro" && isGone)
    ? "seen"
    : "unseen";
}

/** What the stored secrets may be: those that are declared, or those that were there before. */
function wantedSecrets(options: {
  readonly thing: PlannedThing;
  readonly earlier: DeclaredSecrets | undefined;
  readonly declared: DeclaredSecrets | undefined;
  readonly drifted: "none" | "seen" | "unseen";
  readonly sendsSecretsAlong: boolean;
}): readonly ("declared" | "before")[] {
  const { thing, earlier, declared, drifted, sendsSecretsAlong } = options;
  if (thing.action === "create" || thing.action === "replace")
    return ["declared"];
  const text = (secrets: DeclaredSecrets | undefined) =>
    JSON.stringify(settledParts(secrets?.value ?? {}));
  const isOurs = text(earlier) !== "{}";
  // What is not given stays as it is, whoever set it.
  if (declared === undefined) return ["before"];
  if (!isOurs) return ["declared"];
  if (drifted === "seen") return ["declared"];
  const [versionBefore, version] = [earlier, declared].map(
    (secrets) => secrets?.version && settledValue(secrets.version),
  );
  const isPinned = version !== undefined && version === versionBefore;
  const isSame = version === undefined && text(declared) === text(earlier);
  if (!isPinned && !isSame) return ["declared"];
  // What a platform does not tell is found by chance, and what it may lose is sent along.
  return drifted === "unseen" || sendsSecretsAlong
    ? ["before", "declared"]
    : ["before"];
}
