import type { Diagnostic } from "../../../diagnostics";
import type { JsonObject } from "../../../model";
import type { AirflowPatch, AirflowView } from "./airflow-fields";

/** What is to be translated: a connection's fields, or a link's overrides, in which null removes. */
export interface FieldsToEncode {
  readonly config: JsonObject;
  /** Undefined leaves the secrets that are there as they are. */
  readonly secrets: JsonObject | undefined;
  /** What is there now, where something is. */
  readonly current?: AirflowView | undefined;
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
  /** Paths that the type has no field for. */
  readonly rest: readonly string[];
}

/** How connections of one type are held by Astro, that is by Airflow. */
export interface AstroType {
  /** As declared: `postgresql`, `astro:airbyte`. */
  readonly name: string;
  /** Airflow's name of the type that these fields are stored under. */
  airflowTypeOf(config: JsonObject): string;
  /** Whether what is stored is of this type, as far as the type's name and marks tell. */
  accepts(airflowType: string, view: AirflowView): boolean;
  encode(fields: FieldsToEncode): EncodedFields;
  /** `airflowType` is what it is stored under; `parent` is the connection where the view is one of overrides. */
  decode(options: {
    readonly airflowType: string;
    readonly view: AirflowView;
    readonly parent?: AirflowView | undefined;
  }): DecodedFields;
  /** The paths that hold secrets, of those that are there and those that are to be. */
  isSecretPath(path: string, views: readonly AirflowView[]): boolean;
  /** Plain fields that are kept together with a secret, so that without it they cannot be read. @default none */
  readonly besideSecrets?: readonly string[];
}
