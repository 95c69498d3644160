import {
  type Diagnostic,
  diagnosticsOf,
  errorDiagnostic,
} from "../diagnostics";
import { parseConnectionKey } from "../model";
import {
  declaredConnectionAs,
  type PlannedConnection,
  type Action,
  type BeforeObjects,
  type DeclaredObjects,
  nothingRemembered,
  observedParent,
  type ObjectKind,
  type Parent,
  type Planned,
  type PlannedLink,
  type PlannedObjects,
  type PlannedRemoval,
  type PlannedSecrets,
} from "../plan";
import { makeAttachment, removeAttachment } from "./attachment";
import { makeConnection, removeConnection } from "./connection";
import { makeInventory, removeInventory } from "./inventory";
import { makeLink, removeLink } from "./link";
import type { Making, Place, SentSecrets } from "./step";

/** One half of what is done to an object: a replacement is removed in one step and made again in a later one. */
export interface Step {
  readonly planned: Planned | PlannedRemoval;
  readonly half: "remove" | "make";
}

export interface StepOutcome extends Step {
  /** `not_begun`: the run was cancelled, or what it depends on was not done. */
  readonly outcome: "done" | "failed" | "not_begun";
  /** Why not; empty when done. */
  readonly diagnostics: readonly Diagnostic[];
  /** What to remember of the object's secrets. */
  readonly secrets?: SentSecrets | undefined;
}

export interface CarryOutAllOptions {
  /** How many steps run at once. @default 10 */
  readonly concurrency?: number;
  /** Told of each step as it ends. */
  readonly onStep?: (outcome: StepOutcome) => void;
}

/**
 * Carries out a whole plan: what depends on a connection goes before it and
 * comes after it. A failure ends what depends on it and nothing else; planning
 * again finds what is left to do.
 */
export async function carryOutAll(
  planned: readonly (Planned | PlannedRemoval)[],
  place: Place,
  { concurrency = 10, onStep }: CarryOutAllOptions = {},
): Promise<readonly StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  const broken = new Set<string>();
  const made = new Set<string>();
  const isMoved = afterMoves(planned);
  // What is read of them shows them as the plan has, also those that are left alone.
  for (const one of planned) {
    const known =
      one.kind === "connection" && one.action !== "delete"
        ? declaredConnectionAs(one as PlannedConnection)
        : undefined;
    if (known !== undefined) place.snapshot.know(String(one.id), known);
  }
  for (const position of positions) {
    const waiting = planned
      .filter(({ kind }) => kind === position.kind)
      .filter(({ action }) => halves[action].includes(position.half))
      .filter((one) => isMoved(one) === (position.late === true))
      .map((one): Step => ({ planned: one, half: position.half }));
    const worker = async () => {
      for (let step = waiting.shift(); step; step = waiting.shift()) {
        const outcome = await stepOutcome(step, place, { broken, made });
        if (outcome.outcome !== "done") broken.add(nameOf(step.planned));
        else if (step.half === "make") made.add(nameOf(step.planned));
        outcomes.push(outcome);
        onStep?.(outcome);
      }
    };
    await Promise.all(
      Array.from({ length: Math.min(concurrency, waiting.length) }, worker),
    );
  }
  return outcomes;
}

/** The fixed order. A deployment moves once its connections are attached where it goes, and what it leaves goes after that. */
const positions: readonly {
  readonly half: Step["half"];
  readonly kind: ObjectKind;
  readonly late?: true;
}[] = [
  { half: "remove", kind: "link" },
  { half: "remove", kind: "attachment" },
  { half: "remove", kind: "connection" },
  { half: "remove", kind: "deployment" },
  { half: "remove", kind: "workspace" },
  { half: "make", kind: "workspace" },
  { half: "make", kind: "deployment" },
  { half: "make", kind: "connection" },
  { half: "make", kind: "attachment" },
  { half: "make", kind: "deployment", late: true },
  { half: "make", kind: "link" },
  { half: "remove", kind: "attachment", late: true },
  { half: "remove", kind: "workspace", late: true },
];

/** Tells a deployment that moves, and what can go only once it has: the attachments of the workspace that it leaves, and that workspace. */
function afterMoves(
  planned: readonly (Planned | PlannedRemoval)[],
): (one: Planned | PlannedRemoval) => boolean {
  const workspacesLeft = new Set<unknown>();
  const connectionsRemoved = new Set<unknown>();
  for (const { kind, action, before, declared } of planned) {
    if (
      before?.kind === "deployment" &&
      declared?.kind === "deployment" &&
      action === "update"
    )
      workspacesLeft.add(before.workspace);
    if (kind === "connection" && halves[action].includes("remove"))
      connectionsRemoved.add(before?.id);
  }
  return ({ action, before }) => {
    if (before === undefined || workspacesLeft.size === 0) return false;
    switch (before.kind) {
      case "deployment":
        return action === "update";
      case "attachment":
        return (
          action === "delete" &&
          workspacesLeft.has(before.workspace) &&
          !connectionsRemoved.has(before.connection)
        );
      case "workspace":
        return action === "delete" && workspacesLeft.has(before.name);
      default:
        return false;
    }
  };
}

const halves: Readonly<Record<Action, readonly Step["half"][]>> = {
  none: [],
  create: ["make"],
  update: ["make"],
  replace: ["remove", "make"],
  delete: ["remove"],
};

/** What has come of the run so far, by name. */
interface SoFar {
  /** Neither this nor what depends on it. */
  readonly broken: ReadonlySet<string>;
  readonly made: ReadonlySet<string>;
}

async function stepOutcome(
  step: Step,
  place: Place,
  { broken, made }: SoFar,
): Promise<StepOutcome> {
  if (place.signal?.aborted === true)
    return { ...step, outcome: "not_begun", diagnostics: [cancelled] };
  const missing = neededBy(step).find((name) => broken.has(name));
  if (missing !== undefined)
    return { ...step, outcome: "not_begun", diagnostics: [dependsOn(missing)] };
  try {
    const secrets =
      step.half === "remove"
        ? await remove(step.planned, place)
        : await make(step.planned, place, made);
    return { ...step, outcome: "done", diagnostics: [], secrets };
  } catch (thrown) {
    return { ...step, outcome: "failed", diagnostics: diagnosticsOf(thrown) };
  }
}

/** What has to be done before: an object made again was removed first, and what belongs to a connection comes after it. */
function neededBy({ planned, half }: Step): readonly string[] {
  const own = nameOf(planned);
  if (half === "remove" || planned.declared === undefined) return [];
  return "connection" in planned.declared
    ? [own, `connection ${String(planned.declared.connection)}`]
    : [own];
}

function nameOf({ kind, id }: Planned | PlannedRemoval): string {
  return `${kind} ${String(id)}`;
}

const cancelled: Diagnostic = errorDiagnostic({
  code: "cancelled",
  detail:
    "The run was interrupted before this change was begun, so nothing was changed. Apply again to go on.",
});

function dependsOn(name: string): Diagnostic {
  return errorDiagnostic({
    code: "cancelled",
    detail: `This needs the ${name}, which failed, so it was not begun. Apply again once that is solved.`,
  });
}

async function remove(
  { before }: Planned | PlannedRemoval,
  place: Place,
): Promise<undefined> {
  switch (before?.kind) {
    case "connection":
      return void (await removeConnection(before, place));
    case "attachment":
      return void (await removeAttachment(before, place));
    case "link":
      return void (await removeLink(before, place));
    case "workspace":
    case "deployment":
      return void (await removeInventory(before, place));
    case undefined:
      return undefined;
  }
}

async function make(
  planned: Planned | PlannedRemoval,
  place: Place,
  made: SoFar["made"],
): Promise<SentSecrets | undefined> {
  if (planned.declared === undefined) return undefined;
  switch (planned.kind) {
    case "connection":
      return (await makeConnection(makingOf("connection", planned), place))
        .secrets;
    case "link":
      return (
        await makeLink(
          {
            ...makingOf("link", planned),
            parent: await parentNow(planned, place, made),
          },
          place,
        )
      ).secrets;
    case "attachment":
      return void (await makeAttachment(planned.declared, place));
    case "workspace":
    case "deployment":
      return void (await makeInventory(
        {
          declared: planned.declared,
          before: planned.action === "update" ? planned.before : undefined,
        },
        place,
      ));
  }
}

/**
 * The connection of a link: as planned where this run has made it so, and as it
 * is where it has not, since somebody else may have changed it after the plan.
 */
async function parentNow(
  { declared, parent }: PlannedLink,
  { snapshot }: Place,
  made: SoFar["made"],
): Promise<Parent> {
  const connection = String(declared.connection);
  if (made.has(`connection ${connection}`)) return parent;
  const key = parseConnectionKey(connection);
  if (!key.ok) return parent;
  return observedParent(await snapshot.connections.tryFind(key.value));
}

/** What was planned in this process is what is promised. A replaced object begins with nothing. */
function makingOf<Kind extends "connection" | "link">(
  kind: Kind,
  planned: PlannedObjects[Kind],
): Making<Kind> {
  const { declared, before, action, memory, secrets } = planned;
  const again = action === "replace";
  return {
    declared: declared as DeclaredObjects[Kind],
    before: again ? undefined : (before as BeforeObjects[Kind] | undefined),
    memory: again ? nothingRemembered : memory,
    promised: {
      revision: again ? undefined : knownRevision(secrets),
      effective: "effective" in planned ? planned.effective : undefined,
    },
  };
}

function knownRevision({ revision }: PlannedSecrets): number | undefined {
  return typeof revision === "number" ? revision : undefined;
}
