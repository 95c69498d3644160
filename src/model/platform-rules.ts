import type { Diagnostic, Secret } from "../diagnostics";
import type { Connection } from "./connection";
import type { JsonObject, Value } from "./value";

/**
 * What is declared or remembered of an object, and therefore how it is shown:
 * a platform may store several declared types as one of its own.
 */
export interface KnownAs {
  /** The connection's type; undefined where nobody knows it. */
  readonly type: string | undefined;
  /** The plain fields, or a link's overrides; empty where none are known. */
  readonly config: JsonObject;
  /** The dotted names of the secrets that are known to be set. */
  readonly secretFields: readonly string[];
  /** The dotted names of the plain fields that the platform has filled in by itself: not shown, whatever they become, unless they are declared. @default none */
  readonly platformFields?: readonly string[] | undefined;
}

/** What is stored, as one type shows it. */
export interface ShownFields {
  readonly type: string;
  readonly config: JsonObject;
  /** See `ObservedConnection`. */
  readonly secretFields: readonly string[] | undefined;
}

export interface ShownOverrides {
  readonly overrides: JsonObject;
  /** See `ObservedLink`. */
  readonly overrideSecretFields: readonly string[] | undefined;
}

/**
 * What a platform answers without being asked over the network, so also before
 * it is opened. Every part is optional: without `shown`, what is stored is kept
 * under the type that it was declared with.
 */
export interface PlatformRules {
  /**
   * What the platform stores a type as: types that it stores as one can be
   * changed into each other in place. Undefined where that cannot be told, which
   * differs from everything. @default every type by itself
   */
  storedType?(type: string, config: Value): string | undefined;
  /**
   * The dotted names of plain fields whose lists are sets there, so that another
   * order is no change. Those that the type's schema marks (`uniqueItems`) need
   * not be named. @default none
   */
  setFields?(type: string): readonly string[];
  /**
   * Whether the platform itself says that a field of its own type is no secret,
   * whatever its name sounds like; its value is listened to all the same.
   * @default nobody says so
   */
  isPlainField?(type: string, field: string): boolean;
  /**
   * What a change of the connection that is stored would lose or could not do,
   * beside what is wrong with the declaration by itself. Undefined secrets stay
   * as they are. @default nothing
   */
  checkUpdate?(
    connection: Connection,
    stored: Secret<unknown>,
    known: KnownAs,
  ): readonly Diagnostic[];
  /**
   * The connection as it is known, wherever the platform stores that type as the
   * one that is there; else, and where nothing is known, as the first type of the
   * catalogue that can hold everything that is there, or as the native one.
   * Everything that is shown is in `config`, even what sounds like a secret:
   * keeping that out is the core's.
   */
  shown?(stored: Secret<unknown>, known: KnownAs | undefined): ShownFields;
  /** A link's overrides in the words of the connection's type. */
  shownLink?(
    stored: Secret<unknown>,
    known: KnownAs | undefined,
  ): ShownOverrides;
}
