import type { Secret } from "../diagnostics";
import type { Creation } from "./creation";
import type { Folder } from "./folder";
import type { ConnectionKey } from "./key";
import type { JsonObject } from "./value";

/** A connection as declared: what the platform shall hold. */
export interface Connection extends ConnectionKey {
  /** A type of the catalogue (`postgresql`), or a native one (`astro:airbyte`). */
  readonly type: string;
  readonly description?: string | undefined;
  /** The plain fields, already in the form that the type's schema prescribes. */
  readonly config: JsonObject;
  /** All secret fields. Undefined leaves those that are there as they are; an empty object removes them. */
  readonly secrets?: Secret<JsonObject> | undefined;
  /** Link to every deployment of the workspaces that it is attached to. Undefined leaves it to the platform's default (off). */
  readonly autoLink?: boolean | undefined;
  /** The deployments that auto-link leaves out. */
  readonly autoLinkExcept?: readonly string[] | undefined;
  /** Undefined leaves the platform's default alone. */
  readonly access?: Access | undefined;
  /** The folder that holds it: its path (`Production/Databases`) or its id; `/` is the top level. Undefined leaves it where it is. */
  readonly parent?: string | undefined;
}

/** Who may do what with a connection. Principals: `user/…`, `team/…`, `role/…`, `org/…`, `tenant`. */
export interface Access {
  readonly view?: readonly string[] | undefined;
  readonly use?: readonly string[] | undefined;
  readonly edit?: readonly string[] | undefined;
}

/** A connection as the platform shows it now. Secrets never come back, only which are set. */
export interface ObservedConnection extends ConnectionKey, Creation {
  /** The platform's own id. */
  readonly platformId: string;
  readonly type: string;
  readonly description?: string | undefined;
  readonly config: JsonObject;
  /** Dotted paths of the secrets that are set, sorted. Undefined where the platform does not tell. */
  readonly secretFields?: readonly string[] | undefined;
  /** Differs as soon as somebody changed a secret. Undefined where the platform does not tell. */
  readonly secretsVersion?: number | undefined;
  readonly autoLink: boolean;
  readonly autoLinkExcept: readonly string[];
  /** Undefined where none is set, and where the platform shows it only on its own (`AccessPort`). */
  readonly access?: Access | undefined;
  /** The folder that holds it; undefined at the top level. */
  readonly folder?: Folder | undefined;
  readonly status: ConnectionStatus;
  readonly statusMessage?: string | undefined;
  /** What is stored, in the platform's own form: for its rule `shown` alone. Undefined where it has none. */
  readonly stored?: Secret<unknown> | undefined;
  /** To be sent with an update or a deletion, so that somebody else's change in between is not overwritten. */
  readonly concurrencyToken?: string | undefined;
}

/** `unknown` where the platform has never tested it. */
export const connectionStatuses = [
  "ok",
  "error",
  "disabled",
  "pending",
  "unknown",
] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];
