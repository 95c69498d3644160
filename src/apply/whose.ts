import {
  type Diagnostic,
  type DiagnosticPath,
  errorDiagnostic,
  formatPath,
  warningDiagnostic,
} from "../diagnostics";
import type { Creation, Value } from "../model";
import type { ObjectKind, PlainChange } from "../plan";
import { nothingPending, type PendingCreates } from "./pending-creates";

/** An object that is there already when it shall be created. */
export interface Found {
  readonly kind: ObjectKind;
  readonly id: string;
  readonly creation: Creation;
  /** The plain fields in which it is not as declared. */
  readonly differing: readonly PlainChange[];
}

export type Whose =
  /** An interrupted run here has made it. */
  | { readonly whose: "ours"; readonly since: Date }
  /** The user has said that what is equal is to be taken over. */
  | { readonly whose: "given" }
  | { readonly whose: "theirs" };

export interface OwnershipOptions {
  /** @default nothing is known of earlier runs */
  readonly pending?: PendingCreates;
  /** Take over what is equal, whoever has made it. @default false */
  readonly adoptExisting?: boolean;
  /** The command that writes the import blocks for everything that exists. @default it is not named */
  readonly importCommand?: (owner: string) => string;
  readonly now?: () => Date;
}

const DAY = 24 * 60 * 60 * 1000;
/** The platform's clock may be behind ours by so much. */
const CLOCKS_DIFFER_BY = 60_000;

/**
 * Decides whose an object is that exists already, and says so; one for all kinds
 * and platforms, and one per walk. Adopting without a word is right only for what
 * this run or an interrupted one of the same state has made.
 */
export class Ownership {
  readonly pending: PendingCreates;
  readonly #options: OwnershipOptions;
  readonly #told = new Set<string>();
  /** Ids of what is somebody else's. */
  readonly #met = new Set<string>();

  constructor(options: OwnershipOptions = {}) {
    this.#options = options;
    this.pending = options.pending ?? nothingPending;
  }

  /** `interrupted` is what was known before this run began to create the object itself. */
  whose(
    { kind, id, creation, differing }: Found,
    interrupted: readonly Date[] = this.pending.interrupted(kind, id),
  ): Whose {
    if (differing.length > 0) return { whose: "theirs" };
    const now = (this.#options.now?.() ?? new Date()).getTime();
    const since = interrupted.find(
      (begun) =>
        begun.getTime() <= now &&
        now - begun.getTime() <= 7 * DAY &&
        isMadeAfter(creation, begun),
    );
    if (since !== undefined) return { whose: "ours", since };
    return this.#options.adoptExisting === true
      ? { whose: "given" }
      : { whose: "theirs" };
  }

  /** What a plan says of it. */
  warnings(
    found: Found,
    { isInState }: { readonly isInState: boolean },
  ): readonly Diagnostic[] {
    const whose = this.whose(found);
    // What this plan destroys, or replaces, is nobody's to take over.
    if (whose.whose !== "theirs" && !isInState)
      return [this.#takenOver(found, whose)];
    const { id } = found;
    const detail = isInState
      ? `${id} is in this state already. The apply will refuse to create it unless this plan destroys it first. If its block was renamed or moved, write moved { from = …, to = … }: then nothing is destroyed. If it is being replaced, leave create_before_destroy out.`
      : `${id} exists already${madeText(found.creation)}. The apply will refuse it unless this plan destroys it: write a moved block where a block of this configuration was renamed, else an import block with id = "${id}"${whose.whose === "theirs" && found.differing.length > 0 ? `. It differs in ${differencesText(found)}` : ""}.`;
    return [
      warningDiagnostic({ code: "already_exists", detail }),
      ...(isInState ? [] : this.#advice(id)),
    ];
  }

  /** That it is left alone, whose it is as far as can be told, and how to manage it. */
  refusal(
    { kind, id, creation, differing }: Found,
    waited: string = "",
  ): readonly Diagnostic[] {
    const differences =
      differing.length === 0
        ? this.#options.adoptExisting === undefined
          ? " Its plain fields are as declared."
          : " Its plain fields are as declared; with adopt_existing = true in the provider block it would be taken over."
        : ` It differs from what is declared in ${differencesText({ differing })}.`;
    return [
      errorDiagnostic({
        code: "already_exists",
        detail: `The ${nouns[kind]} ${id} exists already${madeText(creation)}, and not by an apply of this state. It was left as it is, and nothing was sent to it.${differences}${waited} To manage it from here, import it, with the address of this resource in place of ADDRESS:\n\nimport {\n  to = ADDRESS\n  id = "${id}"\n}\n\nIf its block was only renamed, write moved { from = …, to = … } instead. If this is a replacement with create_before_destroy, leave that out: two objects cannot have one name at a time.`,
      }),
      ...this.#advice(id),
    ];
  }

  /** That it is taken over; nothing where this walk has said so already. */
  taking(found: Found, whose: Whose): readonly Diagnostic[] {
    return whose.whose === "theirs" ||
      this.#told.has(`${found.kind} ${found.id}`)
      ? []
      : [this.#takenOver(found, whose)];
  }

  #takenOver(
    { kind, id, creation }: Found,
    whose: Exclude<Whose, { readonly whose: "theirs" }>,
  ): Diagnostic {
    this.#told.add(`${kind} ${id}`);
    return warningDiagnostic({
      code: "taken_over",
      detail:
        whose.whose === "ours"
          ? `${id} exists: made by an interrupted apply on ${whose.since.toISOString()}; taken over${secretsText[kind]}.`
          : `${id} exists already${madeText(creation)}; taken over, as adopt_existing says${secretsText[kind]}.`,
    });
  }

  /** Once, as soon as there are two: to import them one by one is tedious. */
  #advice(id: string): readonly Diagnostic[] {
    const { importCommand } = this.#options;
    const before = this.#met.size;
    this.#met.add(id);
    if (before !== 1 || this.#met.size !== 2 || importCommand === undefined)
      return [];
    const [kind, name] = id.split("/");
    return [
      warningDiagnostic({
        code: "several_exist",
        detail: `This is the second object that exists already. To import all that are not in the state at once, let their import blocks be written (a state that is kept elsewhere: terraform state pull > terraform.tfstate):\n\n  ${importCommand(`${kind}/${name}`)}`,
      }),
    ];
  }
}

/** A platform that does not tell when leaves the journal alone to say so. */
function isMadeAfter({ createdAt }: Creation, begun: Date): boolean {
  const made = Date.parse(createdAt ?? "");
  return Number.isNaN(made) || made + CLOCKS_DIFFER_BY >= begun.getTime();
}

function madeText({ createdAt, createdBy }: Creation): string {
  const made = [
    ...(createdBy === undefined ? [] : [`by ${createdBy}`]),
    ...(createdAt === undefined ? [] : [`on ${createdAt}`]),
  ];
  return made.length === 0 ? "" : ` (made ${made.join(" ")})`;
}

/** The paths; values only of fields that hold nothing that could be a secret. */
function differencesText({ differing }: Pick<Found, "differing">): string {
  return differing
    .map(({ path, before, after }) =>
      isTold(path)
        ? `${formatPath(path)} (${valueText(before)} there, ${valueText(after)} declared)`
        : formatPath(path),
    )
    .join(", ");
}

function isTold(path: DiagnosticPath): boolean {
  const [argument, field, ...deeper] = path;
  return field === undefined
    ? ["type", "name", "owner", "workspace"].includes(String(argument))
    : field === "port" && deeper.length === 0;
}

function valueText(value: Value | undefined): string {
  return typeof value === "string" || typeof value === "number"
    ? JSON.stringify(value)
    : "none";
}

const nouns: Readonly<Record<ObjectKind, string>> = {
  connection: "connection",
  attachment: "workspace attachment",
  link: "deployment link",
  workspace: "workspace",
  deployment: "deployment",
};

const secretsText: Readonly<Record<ObjectKind, string>> = {
  connection: ", and the declared secrets are sent",
  attachment: "",
  link: ", and the declared secrets are sent",
  workspace: "",
  deployment: "",
};
