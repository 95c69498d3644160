import type { Diagnostic } from "../../../diagnostics";
import type { JsonObject } from "../../../model";

/** What is declared of a connection's fields. */
export interface DeclaredFields {
  readonly config: JsonObject;
  /** All secrets; undefined leaves those that are there as they are. */
  readonly secrets: JsonObject | undefined;
}

/** What a type decides of a connection's attributes in Datadog's API. */
export interface TypedAttributes {
  readonly integration: JsonObject;
  readonly tags?: readonly string[];
}

/** A connection as it is now. */
export interface CurrentConnection {
  readonly attributes: JsonObject;
  /** Dotted paths of the secrets that the caller remembers to be set, if it remembers any. */
  readonly secretFields?: readonly string[] | undefined;
}

/** A connection's type between the model's form and Datadog's. */
export interface TypeTranslation {
  /** As declared: `http`, `datadog:OpenAI`. */
  readonly type: string;
  /** Everything that Datadog would not take, or would not show again as declared. Undefined secrets are not looked at. */
  check(fields: DeclaredFields): readonly Diagnostic[];
  /** What Datadog could not make of the current connection, for fields that have no fault by themselves. */
  checkChange(
    fields: DeclaredFields,
    current: CurrentConnection,
  ): readonly Diagnostic[];
  /** For fields without a fault. */
  toAttributes(fields: DeclaredFields): TypedAttributes;
  /** What to send to make the current connection as declared. */
  toAttributesUpdate(
    fields: DeclaredFields,
    current: CurrentConnection,
  ): TypedAttributes;
  /** The plain fields, as they would be declared. */
  configOf(attributes: JsonObject): JsonObject;
  /** What Datadog gave the connection and its user needs to know, in one line. */
  noteOf?(attributes: JsonObject): string | undefined;
}
