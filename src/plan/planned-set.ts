import { type Diagnostic, errorDiagnostic } from "../diagnostics";
import { KNOWN_AFTER_APPLY } from "../model";
import type { Identity } from "./child";
import type { ObjectKind, OrLater } from "./declared";
import { knownOf } from "./known";
import type { Parent, Planned, PlannedConnection } from "./planned";
import type { Rules } from "./rules";

/** How a door calls the kinds of objects: `patchbay_connection`. */
export type KindTitles = Readonly<Record<ObjectKind, string>>;

/**
 * What is planned so far, by natural key. Connections come before what belongs
 * to them, so that a link finds its connection here as it will be, not as it is.
 * Holds the rules about what is planned together.
 */
export class PlannedSet {
  readonly #titles: KindTitles;
  readonly #connections = new Map<string, Parent>();
  readonly #identities = new Map<string, Identity>();
  readonly #moves = new Map<string, Move>();
  readonly #claimed = new Map<string, string>();
  /** From which id to which. */
  readonly #renamed = new Map<string, string>();

  constructor(titles: KindTitles) {
    this.#titles = titles;
  }

  /**
   * Adds an object that is planned. With `again` it takes the place of an
   * earlier plan of the same object: a replacement is planned in two calls, the
   * second as if nothing were there.
   * @returns what is wrong with the object beside the earlier ones
   */
  add(
    planned: Planned,
    options: {
      readonly again: boolean;
      /** Undefined while not even the platform is known. */
      readonly rules: Pick<Rules, "capabilities"> | undefined;
    },
  ): readonly Diagnostic[] {
    const { id } = planned;
    if (id === KNOWN_AFTER_APPLY) return [];
    if (planned.kind === "connection")
      this.#connections.set(id, parentOf(planned));
    this.#identities.set(`${planned.kind} ${id}`, identityOf(planned));
    if (planned.kind === "deployment" && !options.again)
      this.#moves.set(id, {
        from: planned.before?.workspace,
        to: planned.declared.workspace,
      });
    if (options.again) return [];
    if (planned.kind !== "connection") return this.#claim(planned, id);
    if (options.rules?.capabilities.sharedNames === true) return [];
    return [
      ...this.#claim(planned, id),
      ...(options.rules === undefined ? [] : this.#rename(planned, id)),
    ];
  }

  #claim(planned: Planned, id: string): readonly Diagnostic[] {
    const key = `${planned.kind} ${id}`;
    const holder = this.#claimed.get(key);
    const description =
      planned.kind === "connection" ? descriptionOf(planned) : "";
    this.#claimed.set(key, description);
    if (holder === undefined) return [];
    const title = this.#titles[planned.kind];
    const { path, advice } = duplicates[planned.kind];
    return [
      errorDiagnostic({
        code: "duplicate_name",
        path,
        detail: `${id} is declared twice in this configuration: here${inBrackets(description)} and as another ${title}${inBrackets(holder)}. ${advice}`,
      }),
    ];
  }

  /** Each that gives its name to another one of the circle waits for the next: none can be changed first. */
  #rename(
    { action, before }: PlannedConnection,
    id: string,
  ): readonly Diagnostic[] {
    const from = before?.id;
    if (action !== "update" || from === undefined || from === id) return [];
    this.#renamed.set(from, id);
    const circle = [from];
    for (let next: string | undefined = id; next !== from;) {
      if (next === undefined || circle.includes(next)) return [];
      circle.push(next);
      next = this.#renamed.get(next);
    }
    return [
      errorDiagnostic({
        code: "circular_names",
        path: ["name"],
        detail: `${[...circle, from].join(" -> ")}: these connections take each other's names, and the platform has each name once, so none of the changes can be the first. Do it in two steps: give ${circle.at(-1)} a name that nothing else has and apply, then give it the name that it shall have and apply again.`,
      }),
    ];
  }

  /** The platform's own id of what is planned under this natural key; undefined where nothing is, or nobody knows it. */
  identity(kind: ObjectKind, id: string): Identity {
    return this.#identities.get(`${kind} ${id}`);
  }

  /** The workspaces that a planned deployment is in, before and after. */
  workspacesOf(deploymentId: string): Move | undefined {
    return this.#moves.get(deploymentId);
  }

  /** The connection as it will be, where it is planned. */
  parent(connectionId: string): Parent | undefined {
    return this.#connections.get(connectionId);
  }
}

/** By name; undefined where there was none. */
interface Move {
  readonly from: string | undefined;
  readonly to: OrLater<string> | undefined;
}

function parentOf(planned: PlannedConnection): Parent {
  const { type, config, secrets, secretRevisions } = planned;
  return {
    kind: "planned",
    type,
    config,
    platformId: identityOf(planned),
    secrets: {
      send: secrets.send,
      revision: secrets.revision,
      revisions: secretRevisions,
      fields: secrets.fields,
    },
  };
}

/** What is made anew will have another one. */
function identityOf({ action, before }: Planned): Identity {
  const isMadeAnew = action === "create" || action === "replace";
  return isMadeAnew ? KNOWN_AFTER_APPLY : before?.platformId;
}

const duplicates: Readonly<
  Record<
    ObjectKind,
    { readonly path: readonly string[]; readonly advice: string }
  >
> = {
  connection: {
    path: ["name"],
    advice: "Names are unique per owner: rename one of the two, or remove it.",
  },
  attachment: { path: ["workspace"], advice: "Remove one of the two." },
  link: {
    path: ["deployment"],
    advice:
      "Remove one of the two; all overrides of one deployment belong into one link.",
  },
  workspace: {
    path: ["name"],
    advice: "Rename one of the two, or remove it.",
  },
  deployment: {
    path: ["name"],
    advice: "Rename one of the two, or remove it.",
  },
};

/** What tells two connections of one name apart. */
function descriptionOf({ type, connectionString }: PlannedConnection): string {
  const address = knownOf(connectionString);
  return `type ${JSON.stringify(knownOf(type) ?? "")}${address === undefined ? "" : `, ${address}`}`;
}

function inBrackets(text: string): string {
  return text === "" ? "" : ` (${text})`;
}
