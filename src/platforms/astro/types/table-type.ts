import { isSecretField } from "../../../catalog";
import type { JsonValue } from "../../../model";
import { extraPath } from "./airflow-fields";
import type { AstroType } from "./astro-type";
import { decodeTable } from "./table-decoding";
import { encodeTable } from "./table-encoding";

/** Where Airflow keeps one field of the catalogue's type. */
export interface FieldPlace {
  /** `login`, `extra.region_name` */
  readonly path: string;
  /** @default the value as it is */
  readonly encode?: (value: JsonValue) => JsonValue;
  /** Undefined where the field cannot say it. @default the value as it is */
  readonly decode?: (value: JsonValue) => JsonValue | undefined;
  /** Where two fields share a path: whether what is there is this one. @default always */
  readonly when?: (isSet: (path: string) => boolean) => boolean;
  /**
   * What Airflow does where nothing is stored, in the catalogue's words; null where
   * it fails or is not the same everywhere. For fields whose default in the
   * catalogue is another: their default is written out, so that it is what holds.
   * @default Airflow does what the catalogue's default says
   */
  readonly unset?: JsonValue;
}

/** A field that is a map of texts whose members are keys of extra themselves. */
export interface MembersPlace {
  readonly field: string;
  /** Why a key cannot be a member, and what to do, as sentences; undefined for those that can. @default all can */
  readonly reserved?: (key: string) => string | undefined;
  /** A second map for the members that are secret, and which those may be. */
  readonly secret?: {
    readonly field: string;
    readonly keys: readonly string[];
  };
}

export interface TableTypeOptions {
  /** Name in the catalogue. */
  readonly name: string;
  /** Airflow's name. */
  readonly airflowType: string;
  readonly fields: Readonly<Record<string, FieldPlace>>;
  readonly members?: MembersPlace;
  /** Fields that Airflow cannot hold: why, and what to do, as sentences. */
  readonly unsupported?: Readonly<Record<string, string>>;
  /** Fields that Airflow has no place for because they are always what the catalogue's default says; the same sentences, for another value. */
  readonly fixed?: Readonly<Record<string, string>>;
}

/** A type whose fields have a place each. */
export function tableType(options: TableTypeOptions): AstroType {
  const { name, airflowType, fields, members } = options;
  const secretPaths = new Set([
    ...Object.entries(fields).flatMap(([field, { path }]) =>
      isSecretField(name, [field]) ? [path] : [],
    ),
    ...(members?.secret?.keys ?? []).map(extraPath),
  ]);
  return {
    name,
    airflowTypeOf: () => airflowType,
    encode: (given) => encodeTable(options, given),
    decode: (given) => decodeTable(options, given),
    isSecretPath: (path) => secretPaths.has(path),
  };
}
