import { type Diagnostic, under } from "../diagnostics";
import { KNOWN_AFTER_APPLY, escapeName } from "../model";
import { checkAttachment, planAttachment } from "./attachment";
import type { Before, BeforeObjects, ConnectionBefore } from "./before";
import { childId, type Identity } from "./child";
import { checkConnection } from "./connection/check-connection";
import {
  planConnection,
  replacedConnection,
  type ReplacedConnection,
} from "./connection/plan-connection";
import {
  inWordsOf,
  refreshedConnection,
} from "./connection/refreshed-connection";
import type {
  Declared,
  DeclaredConnection,
  DeclaredInventory,
  InventoryKind,
  ObjectKind,
  OrLater,
} from "./declared";
import { checkInventory, inventoryIdOf, planInventory } from "./inventory";
import { knownOf } from "./known";
import { checkLink } from "./link/check-link";
import { planLink, sameSeen, typeOf } from "./link/plan-link";
import { observedParent } from "./observed-parent";
import {
  asDeclared,
  byKey,
  connectionId,
  nothing,
  type ObservedSet,
  seenLink,
  type There,
} from "./observed-set";
import type {
  Parent,
  Planned,
  PlannedConnection,
  PlannedLink,
  PlannedRemoval,
} from "./planned";
import { type KindTitles, PlannedSet } from "./planned-set";
import { planRemoval } from "./removal";
import type { Rules } from "./rules";
import { nothingRemembered, type SecretsMemory } from "./secrets";

export interface PlanSetOptions {
  /** How the door calls the kinds of objects. */
  readonly titles: KindTitles;
  /** What is remembered of an object's secrets, by natural key. @default nothing, so that declared ones are sent */
  readonly memory?: (id: string) => SecretsMemory;
  /** Remove what is there and not declared. @default false */
  readonly prune?: boolean;
}

export interface SetPlan {
  /** In the order of dependency: workspaces, deployments, connections, attachments, links; removals last. */
  readonly planned: readonly (Planned | PlannedRemoval)[];
  /** Those of all objects, and of objects beside each other; paths begin with the object's natural key. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Plans everything that is declared against everything that is there, object by object in the order of dependency. */
export function planSet(
  desired: readonly Declared[],
  observed: ObservedSet,
  rules: Rules,
  options: PlanSetOptions,
): SetPlan {
  const { titles, memory: memoryOf = () => nothingRemembered } = options;
  const set = new PlannedSet(titles);
  const there = byKey(asDeclared(observed, desired, memoryOf, rules));
  const planned: Planned[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const kind of order) {
    for (const declared of desired) {
      if (declared.kind !== kind) continue;
      const first = planOne({ declared, there, set, rules, memoryOf });
      const checked = checkDeclared(declared);
      const duplicates = set.add(first, { again: false, rules });
      const one =
        first.action === "replace"
          ? replanned(
              first,
              planOne({
                declared,
                there: nothing,
                set,
                rules,
                memoryOf: forgotten,
                goes:
                  first.kind === "connection" && first.before !== undefined
                    ? replacedConnection(first.before)
                    : undefined,
              }),
            )
          : first;
      planned.push(one);
      const id = one.id === KNOWN_AFTER_APPLY ? kind : one.id;
      diagnostics.push(
        ...distinct([
          ...checked,
          ...notToldBy(checked, one.diagnostics),
          ...duplicates,
        ]).map((diagnostic) => under([id], diagnostic)),
      );
      there.undeclared.delete(id);
    }
  }
  const removals =
    options.prune === true
      ? [...there.undeclared.values()].map(planRemoval)
      : [];
  return {
    planned: [...withDeployments(planned), ...removals],
    diagnostics: [
      ...diagnostics,
      ...removals.flatMap(({ id, diagnostics: faults }) =>
        faults.map((fault) => under([String(id)], fault)),
      ),
    ],
  };
}

/** What others belong to comes before them. */
const order: readonly ObjectKind[] = [
  "workspace",
  "deployment",
  "connection",
  "attachment",
  "link",
];

/** What is wrong with a declaration by itself shows in its plan as well, in other words: it is told once. */
function notToldBy(
  checked: readonly Diagnostic[],
  planned: readonly Diagnostic[],
): readonly Diagnostic[] {
  const keyOf = ({ code, path }: Diagnostic) => JSON.stringify([code, path]);
  const told = new Set(checked.map(keyOf));
  return planned.filter((one) => !told.has(keyOf(one)));
}

/** A replacement is planned twice, and what is wrong with it found twice. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [
    ...new Map(
      diagnostics.map((one) => [JSON.stringify([one.path, one.detail]), one]),
    ).values(),
  ];
}

/** Everything wrong with a declaration by itself. */
function checkDeclared(declared: Declared): readonly Diagnostic[] {
  switch (declared.kind) {
    case "connection":
      return checkConnection(declared);
    case "attachment":
      return checkAttachment(declared);
    case "link":
      return checkLink(declared);
    case "workspace":
    case "deployment":
      return checkInventory(declared);
  }
}

const forgotten = () => nothingRemembered;

/** A replacement: what differs from the object that goes, and the secrets of the one that comes, all of which are sent. */
function replanned<One extends Planned>(first: One, made: One): One {
  return {
    ...made,
    action: first.action,
    before: first.before,
    fields: [
      ...first.fields.filter(({ kind }) => kind === "plain"),
      ...made.fields.filter(({ kind }) => kind === "secret"),
    ],
    replacing: first.replacing,
    diagnostics: [...first.diagnostics, ...made.diagnostics],
  };
}

function planOne(options: {
  readonly declared: Declared;
  readonly there: There;
  readonly set: PlannedSet;
  readonly rules: Rules;
  readonly memoryOf: (id: string) => SecretsMemory;
  /** Of a connection that is made anew: what goes for it. */
  readonly goes?: ReplacedConnection | undefined;
}): Planned {
  const { declared, there, set, rules, memoryOf } = options;
  switch (declared.kind) {
    case "workspace":
    case "deployment": {
      const id = inventoryId(declared);
      const before = id === undefined ? undefined : there.undeclared.get(id);
      return planInventory({
        declared,
        before: ofKind(declared.kind, before),
        workspacePlatformId:
          typeof declared.workspace === "string" &&
          typeof declared.owner === "string"
            ? set.identity(
                "workspace",
                `${declared.owner}/workspace/${escapeName(declared.workspace)}`,
              )
            : undefined,
        rules,
      });
    }
    case "connection": {
      const id = connectionId(declared);
      const memory = id === undefined ? nothingRemembered : memoryOf(id);
      const stored = id === undefined ? undefined : there.connections.get(id);
      const before =
        stored &&
        refreshedConnection(
          { ...inWordsOf(declared, memory), ours: protectionOf(declared) },
          stored,
          memory,
        );
      return planConnection({
        declared,
        before,
        memory,
        rules,
        goes: options.goes,
      });
    }
    case "attachment": {
      const { connection, workspace } = declared;
      const id = knownOf(childId(connection, "workspace", workspace));
      const before = id === undefined ? undefined : there.undeclared.get(id);
      return planAttachment({
        declared,
        before: ofKind("attachment", before),
        parent: parentOf(connection, set, there),
        workspacePlatformId: plannedIdentity(set, "workspace", {
          connection,
          name: workspace,
        }),
        rules,
      });
    }
    case "link": {
      const { connection, deployment } = declared;
      const id = knownOf(childId(connection, "deployment", deployment));
      const memory = id === undefined ? nothingRemembered : memoryOf(id);
      const stored = id === undefined ? undefined : there.links.get(id);
      return planLink({
        declared,
        before: stored && seenLink(stored, there.connections, memory),
        parent: parentOf(connection, set, there),
        deploymentPlatformId: plannedIdentity(set, "deployment", {
          connection,
          name: deployment,
        }),
        memory,
        rules,
      });
    }
  }
}

/** Of a place that is planned as well. */
function plannedIdentity(
  set: PlannedSet,
  kind: InventoryKind,
  used: {
    readonly connection: OrLater<string>;
    readonly name: OrLater<string>;
  },
): Identity {
  const id = inventoryIdOf(kind, used.name, used.connection, undefined);
  return id === undefined ? undefined : set.identity(kind, id);
}

function ofKind<Kind extends ObjectKind>(
  kind: Kind,
  before: Before | undefined,
): BeforeObjects[Kind] | undefined {
  return before?.kind === kind ? (before as BeforeObjects[Kind]) : undefined;
}

/** Nothing remembers it: what is declared as protected counts as having been so, and is not replaced. */
function protectionOf({
  verify,
  deletionProtection,
}: DeclaredConnection): ConnectionBefore["ours"] {
  return deletionProtection === true
    ? { verify: knownOf(verify), deletionProtection }
    : undefined;
}

function inventoryId({
  kind,
  owner,
  name,
}: DeclaredInventory): string | undefined {
  return typeof owner === "string" && typeof name === "string"
    ? `${owner}/${kind}/${escapeName(name)}`
    : undefined;
}

function parentOf(
  connection: OrLater<string>,
  set: PlannedSet,
  { connections }: There,
): Parent {
  if (connection === KNOWN_AFTER_APPLY) return { kind: "not_known" };
  return set.parent(connection) ?? observedParent(connections.get(connection));
}

/** With each connection's deployments, now that its links are planned. */
function withDeployments(planned: readonly Planned[]): readonly Planned[] {
  const links = planned.filter((one) => one.kind === "link");
  return planned.map((one) =>
    one.kind === "connection"
      ? { ...one, seenBy: deploymentsThatSee(one, links) }
      : one,
  );
}

/** Those whose configuration differs afterwards, and those that get or change their secrets with it. */
function deploymentsThatSee(
  { id, action, secrets }: PlannedConnection,
  links: readonly PlannedLink[],
): readonly string[] {
  if (action === "none") return [];
  return links
    .filter(
      (link) =>
        link.declared.connection === id &&
        (secrets.send !== false ||
          !sameSeen(
            typeOf(link.parent),
            link.before?.effective ?? null,
            link.effective,
          )),
    )
    .map(({ declared }) => String(declared.deployment))
    .sort();
}
