import type { Diagnostic, Secret } from "../diagnostics";
import type { JsonObject, Platform, Value } from "../model";
import type {
  BeforeObjects,
  DeclaredObjects,
  Identity,
  ObjectKind,
  Parent,
  SecretRevisions,
  SecretsMemory,
} from "../plan";
import type { Snapshot } from "./snapshot";
import type { Ownership } from "./whose";
import type { WorkInProgress } from "./work-in-progress";

/** Where steps are carried out. */
export interface Place {
  readonly platform: Platform;
  /** What was read of the platform so far; a write replaces its entry. */
  readonly snapshot: Snapshot;
  readonly signal?: AbortSignal | undefined;
  /** Whose objects are that exist already. @default all are somebody else's */
  readonly ownership?: Ownership;
  /** What else is being done at the moment. @default nothing: steps are carried out in their order */
  readonly work?: WorkInProgress;
  /** Told what a user should know of a step that succeeds. @default nobody is told */
  readonly warn?: (diagnostic: Diagnostic) => void;
}

/**
 * What the plan has said of an object, as it was kept until now, maybe from
 * another process. Whether secrets are sent follows from it and not from the
 * secrets, which may be others by now where they differ on every run.
 */
export interface Promised {
  /** The revision that the object's secrets were to have; undefined where it was known after apply. */
  readonly revision: number | undefined;
  /** What a link's deployment was to see, with parts that were known later; undefined for other kinds. */
  readonly effective?: Value | undefined;
}

/** An object to be created (no `before`) or changed. Every value of what is declared is known. A replacement is two steps. */
export interface Making<Kind extends ObjectKind> {
  readonly declared: DeclaredObjects[Kind];
  readonly before: BeforeObjects[Kind] | undefined;
  readonly memory: SecretsMemory;
  readonly promised: Promised;
}

export interface MakingLink extends Making<"link"> {
  /** The connection as it is by now. */
  readonly parent: Parent;
  /** See `LinkToPlan`. */
  readonly deploymentPlatformId?: Identity;
  readonly attachmentPlatformId?: Identity;
}

/** What was done about an object's secrets. */
export interface SentSecrets {
  /** Undefined where none were sent. */
  readonly sent: Secret<JsonObject> | undefined;
  readonly revision: number;
  /** Of each that is set, as planned now that everything is known; undefined where nobody has noted them. */
  readonly revisions?: SecretRevisions | undefined;
}
