/**
 * Holds what was planned against the store before and after, and against the
 * writes. Knows the world's declarations, and nothing of how plans are made.
 */
import type { JsonObject, JsonValue } from "../../src/model";
import { undeclared } from "./held-against-declaration";
import type { Write } from "./counting-platform";
import { flatten, seenThrough } from "./meaning";
import { isUnder, type Outcome, type PlannedThing } from "./outcome";
import { differingPaths, type StoredThing } from "./store-view";
import {
  type DeclaredThing,
  hasLater,
  settledParts,
  thingAt,
  type World,
} from "./world";

export interface Exceptions {
  /** The platform is given the declared secrets with every update. */
  readonly sendsSecretsAlong: boolean;
}

/** Everything that does not fit, as sentences; none where all does. */
export function misfits(
  world: World,
  outcome: Outcome,
  exceptions: Exceptions,
): readonly string[] {
  const { planned, before, after, writes } = outcome;
  const found = [
    ...outcome.failures.map((failure) => `it failed: ${failure}`),
    ...outcome.unsettled.map((one) => `the next plan is not empty: ${one}`),
    ...(outcome.writesOfPlan > 0 ? ["planning wrote something"] : []),
  ];
  if (outcome.failures.length > 0) return found;
  const accounted = new Set<string>();
  for (const [address, thing] of planned) {
    const say = (what: string) =>
      found.push(`${address} (${thing.action} of ${thing.id}): ${what}`);
    for (const id of [thing.id, thing.was])
      if (id !== undefined) accounted.add(`${thing.kind} ${id}`);
    checkStore(thing, thingAt(world.after, address), {
      outcome,
      exceptions,
      say,
    });
  }
  for (const what of new Set([...before.keys(), ...after.keys()]))
    if (!accounted.has(what) && !sameThing(before.get(what), after.get(what)))
      found.push(`${what} is not planned, and differs`);
  found.push(...misfitsOfWrites(world, planned, writes));
  found.push(...misfitsOfEffective(outcome));
  found.push(...undeclared(world, outcome, exceptions));
  return found;
}

function checkStore(
  thing: PlannedThing,
  declared: DeclaredThing | undefined,
  context: {
    readonly outcome: Outcome;
    readonly exceptions: Exceptions;
    readonly say: (what: string) => void;
  },
): void {
  const { outcome, exceptions, say } = context;
  const { kind, id, was, action } = thing;
  const at = (view: Outcome["before"], key: string | undefined) =>
    key === undefined ? undefined : view.get(`${kind} ${key}`);
  const before = at(outcome.before, was);
  const after = at(outcome.after, id);
  const isThereBefore = action !== "create";
  const isThereAfter = action !== "delete";
  if ((before !== undefined) !== isThereBefore)
    say(`it is ${isThereBefore ? "not " : ""}there before`);
  if (action === "delete" ? at(outcome.after, was) !== undefined : false)
    say("it is still there");
  if (isThereAfter && after === undefined) say("it is not there after");
  if (was !== undefined && was !== id && at(outcome.after, was) !== undefined)
    say("it is still there under its former name");
  if (after === undefined || (isThereBefore && before === undefined)) return;
  if (action === "none") {
    if (!sameThing(before, after))
      say(
        `the store differs: ${differingPaths(before!.fields, after.fields).join(", ")}`,
      );
    return;
  }
  if (
    before?.id !== undefined &&
    (before.id === after.id) !== (action === "update")
  )
    say(action === "update" ? "it is another one" : "it is the same one");
  if (isForNothing(thing, declared)) say("nothing differs but words");
  checkFields(thing, { before, after, declared, say });
  checkSecrets(thing, declared, {
    before,
    after,
    exceptions,
    writes: outcome.writes,
    say,
  });
}

/** An update that the platform sees nothing of has to show what it is for. */
function isForNothing(
  { id, was, action, changed, open, unseen }: PlannedThing,
  declared: DeclaredThing | undefined,
): boolean {
  return (
    action === "update" &&
    id === was &&
    changed.length + open.length + unseen.length === 0 &&
    !hasLater(declared)
  );
}

/** What differs is what is said to, and what may. */
function checkFields(
  { action, changed, open }: PlannedThing,
  context: {
    readonly before: StoredThing | undefined;
    readonly after: StoredThing;
    readonly declared: DeclaredThing | undefined;
    readonly say: (what: string) => void;
  },
): void {
  const { before, after, declared, say } = context;
  // What is not declared goes with what is made anew: today no plan says so.
  const unsaidToday = action === "replace" ? undeclaredOf(declared) : [];
  const differing = differingPaths(
    before?.fields ?? new Map(),
    after.fields,
  ).filter((path) => !isSecret(path));
  const named = changed.filter((path) => !isSecret(path));
  const unsaid = differing.filter(
    (path) =>
      !named.includes(path) &&
      !isUnder(path, open) &&
      !isUnder(path, unsaidToday),
  );
  const untrue = named.filter((path) => !differing.includes(path));
  if (unsaid.length > 0) say(`not planned, and differs: ${unsaid.join(", ")}`);
  if (untrue.length > 0) say(`planned, and the same: ${untrue.join(", ")}`);
}

/** What is left to the platform as long as nobody declares it. */
function undeclaredOf(declared: DeclaredThing | undefined): readonly string[] {
  if (declared?.kind !== "connection") return [];
  return (["access", "parent"] as const).filter(
    (name) => declared[name] === undefined,
  );
}

const secretRoots = ["secrets", "override_secrets"];
const isSecret = (path: string) => isUnder(path, secretRoots);

/** Secrets that are sent are those that are declared; others stay. */
function checkSecrets(
  { kind, id, was = id, action, changed, open }: PlannedThing,
  declared: DeclaredThing | undefined,
  context: {
    readonly writes: readonly Write[];
    readonly before: StoredThing | undefined;
    readonly after: StoredThing;
    readonly exceptions: Exceptions;
    readonly say: (what: string) => void;
  },
): void {
  if (declared?.kind !== "connection" && declared?.kind !== "link") return;
  const { before, after, exceptions, writes, say } = context;
  const root = kind === "connection" ? "secrets" : "override_secrets";
  const only = (thing: StoredThing | undefined) =>
    new Map(
      [...(thing?.fields ?? [])].filter(([path]) => isUnder(path, [root])),
    );
  const wanted =
    declared.secrets === undefined
      ? new Map()
      : flatten(settledParts(declared.secrets.value) as JsonObject, `${root}.`);
  const isAsDeclared = differingPaths(wanted, only(after)).length === 0;
  const isNew = action === "create" || action === "replace";
  const isAsBefore =
    differingPaths(isNew ? new Map() : only(before), only(after)).length === 0;
  if (changed.includes(root)) {
    if (!isAsDeclared) say(`the ${root} are not those that are declared`);
    return;
  }
  if (open.includes(root) && isAsDeclared) return;
  const sentAlong =
    exceptions.sendsSecretsAlong &&
    declared.secrets !== undefined &&
    // What is known later may have come to what it was.
    writes.some(
      ({ does, what }) => does === "update" && what === `connection ${was}`,
    );
  if (sentAlong ? !isAsDeclared : !isAsBefore)
    say(`the ${root} are planned to stay, and differ`);
}

/** What a deployment sees is the connection that is stored, with the overrides that are. */
function misfitsOfEffective({ effective, after }: Outcome): readonly string[] {
  return [...effective].flatMap(([id, fields]) => {
    const connection = after.get(`connection ${id.split("@deployment/")[0]}`);
    const link = after.get(`link ${id}`);
    if (connection === undefined || link === undefined)
      return [`${id} is in the state and not in the store`];
    const seen = seenThrough(
      String(connection.fields.get("type")),
      below(connection, "config"),
      below(link, "overrides"),
    );
    const paths = differingPaths(seen, fields);
    return paths.length === 0
      ? []
      : [`the effective configuration of ${id}: ${paths.join(", ")}`];
  });
}

function below(
  { fields }: StoredThing,
  root: string,
): ReadonlyMap<string, JsonValue> {
  return new Map(
    [...fields]
      .filter(([path]) => path.startsWith(`${root}.`))
      .map(([path, value]) => [path.slice(root.length + 1), value]),
  );
}

/** One call for what is made, changed or removed, and two for what is made anew. */
function misfitsOfWrites(
  world: World,
  planned: Outcome["planned"],
  writes: readonly Write[],
): readonly string[] {
  const text = ({ does, what }: Write) => `${does} ${what}`;
  const left = writes.map(text);
  const found: string[] = [];
  const take = (write: Write, isOptional = false) => {
    const index = left.indexOf(text(write));
    if (index >= 0) left.splice(index, 1);
    else if (!isOptional) found.push(`it was not sent: ${text(write)}`);
  };
  for (const [address, thing] of planned) {
    const { kind, id, was = id, action, changed, open } = thing;
    const before = `${kind} ${was}`;
    if (action === "delete" || action === "replace")
      take({ does: "delete", what: before });
    if (action === "create" || action === "replace")
      take({ does: "create", what: `${kind} ${id}` });
    if (action !== "update") continue;
    // What is known later may come to what it was.
    const isOpen =
      changed.length === 0 &&
      (open.length > 0 || hasLater(thingAt(world.after, address)));
    // What a link shows of its connection is nothing to write, nor is what either calls it.
    const isOnlyShown =
      (kind === "link" || kind === "attachment") &&
      changed.length === 0 &&
      !isOpen;
    // What is only written otherwise, as no description and an empty one, need not be sent.
    const meansTheSame = kind === "connection" && changed.length === 0;
    if (!isOnlyShown)
      take({ does: "update", what: before }, isOpen || meansTheSame);
  }
  return [
    ...found,
    ...left.map((write) => `it was sent, and not planned: ${write}`),
  ];
}

function sameThing(
  left: StoredThing | undefined,
  right: StoredThing | undefined,
): boolean {
  if (left === undefined || right === undefined) return left === right;
  return (
    left.id === right.id &&
    differingPaths(left.fields, right.fields).length === 0
  );
}
