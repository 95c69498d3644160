import type { Diagnostic } from "../../../diagnostics";
import type { JsonObject, KnownAs } from "../../../model";
import type { AirflowPatch, AirflowView } from "./airflow-fields";

/** What is to be translated: a connection's fields, or a link's overrides, in which null removes. */
export interface FieldsToEncode {
  readonly config: JsonObject;
  /** Undefined leaves the secrets that are there as they are. */
  readonly secrets: JsonObject | undefined;
  /** The connection that the overrides are for; undefined for a connection itself. */
  readonly parent?: AirflowView | undefined;
}

/** What is to be written, and what cannot be: with faults, the patch lacks what they are about. */
export interface EncodedFields {
  readonly patch: AirflowPatch;
  /** All at once, with paths that begin with `config`, `secrets`, `overrides` or `override_secrets`. */
  readonly faults: readonly Diagnostic[];
}

/** What was read: in the catalogue's form. */
export interface DecodedFields {
  /** In overrides, null where the deployment does without the field. */
  readonly config: JsonObject;
  /** Dotted paths of the secrets that are set, sorted. */
  readonly secretFields: readonly string[];
}

export interface FieldsToDecode {
  /** What the connection is stored under; undefined for overrides, which do not name it. */
  readonly airflowType: string | undefined;
  readonly view: AirflowView;
  /** The connection where the view is one of overrides. */
  readonly parent?: AirflowView | undefined;
  /** As what it is declared or remembered, where somebody knows. */
  readonly known?: KnownAs | undefined;
}

/** How connections of one type are held by Astro, that is by Airflow. */
export interface AstroType {
  /** As declared: `postgresql`, `astro:airbyte`. */
  readonly name: string;
  /** Airflow's name of the type that these fields are stored under. */
  airflowTypeOf(config: JsonObject): string;
  encode(fields: FieldsToEncode): EncodedFields;
  decode(fields: FieldsToDecode): DecodedFields;
  /** Whether the type keeps one of its secrets at this path. */
  isSecretPath(path: string): boolean;
  /** Plain fields that are kept together with a secret, so that without it they cannot be read. @default none */
  readonly besideSecrets?: readonly string[];
}
