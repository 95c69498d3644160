import { isSecretField } from "../../catalog";
import {
  type Diagnostic,
  type DiagnosticCode,
  errorDiagnostic,
} from "../../diagnostics";
import {
  type Checked,
  fieldOf,
  invalid,
  isList,
  isObject,
  type JsonObject,
  type JsonValue,
  objectOf,
  valid,
} from "../../model";
import {
  type AirflowPatch,
  type AirflowView,
  extraKeyOf,
  extraPath,
  MASKED,
} from "./airflow-fields";
import type { AstroType, DecodedFields, FieldsToEncode } from "./astro-type";

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
}

export interface TableTypeOptions {
  /** Name in the catalogue. */
  readonly name: string;
  /** Airflow's name. */
  readonly airflowType: string;
  readonly fields: Readonly<Record<string, FieldPlace>>;
  /** A field that is a map of texts whose members are keys of extra themselves. */
  readonly members?: {
    readonly field: string;
    /** Keys that mean something else there. */
    readonly reserved?: (key: string) => boolean;
    /** A second map for the members that are secret, and which those may be. */
    readonly secret?: {
      readonly field: string;
      readonly keys: readonly string[];
    };
  };
  /** Fields that Airflow cannot hold: why, and what to do, as sentences. */
  readonly unsupported?: Readonly<Record<string, string>>;
  readonly check?: (config: JsonObject) => readonly Diagnostic[];
}

/** A type whose fields have a place each. */
export function tableType(options: TableTypeOptions): AstroType {
  const { name, airflowType, fields, members, check } = options;
  const secretPaths = new Set([
    ...Object.entries(fields).flatMap(([field, { path }]) =>
      isSecretField(name, [field]) ? [path] : [],
    ),
    ...(members?.secret?.keys ?? []).map(extraPath),
  ]);
  return {
    name,
    airflowTypeOf: () => airflowType,
    accepts: (stored) => stored === airflowType,
    encode: (given) => encode(options, given),
    decode: ({ view, parent }) => decode(options, view, parent),
    isSecretPath: (path) => secretPaths.has(path),
    ...(check !== undefined && { check }),
  };
}

function encode(
  type: TableTypeOptions,
  { config, secrets, parent }: FieldsToEncode,
): Checked<AirflowPatch> {
  const patch = new Map<string, JsonValue>();
  const faults: Diagnostic[] = [];
  const isOverride = parent !== undefined;
  const parts = [
    { given: config, at: isOverride ? "overrides" : "config" },
    { given: secrets ?? {}, at: isOverride ? "override_secrets" : "secrets" },
  ];
  for (const { given, at } of parts) {
    for (const [field, value] of Object.entries(given)) {
      const fault = (detail: string, code: DiagnosticCode = "unsupported") =>
        faults.push(errorDiagnostic({ code, path: [at, field], detail }));
      const place = fieldOf(type.fields, field);
      const reason = fieldOf(type.unsupported ?? {}, field);
      if (reason !== undefined) {
        fault(
          `Astro cannot hold the field ${field} of ${type.name}. ${reason}`,
        );
      } else if (isMembers(type, field)) {
        encodeMembers({ type, field, value, patch, fault });
      } else if (place === undefined) {
        fault(
          `The field ${field} is none that ${type.name} has on Astro.`,
          "unknown_field",
        );
      } else if (value === null) {
        patch.set(place.path, null);
      } else {
        const encoded = place.encode?.(value) ?? value;
        if (isOverride && losesMembers(parent.get(place.path), encoded))
          fault(
            `Astro overrides ${field} only as a whole. Give all of its members, those that stay the same too.`,
          );
        patch.set(place.path, encoded);
      }
    }
  }
  return faults.length > 0 ? invalid(...faults) : valid(patch);
}

function isMembers({ members }: TableTypeOptions, field: string): boolean {
  return (
    members !== undefined &&
    (field === members.field || field === members.secret?.field)
  );
}

function encodeMembers(options: {
  readonly type: TableTypeOptions;
  readonly field: string;
  readonly value: JsonValue;
  readonly patch: Map<string, JsonValue>;
  readonly fault: (detail: string) => void;
}): void {
  const { type, field, value, patch, fault } = options;
  if (!isObject(value)) {
    fault(
      `Astro keeps each member of ${field} by itself, so they can only be removed one by one: ${field} = { name = null }.`,
    );
    return;
  }
  const secretKeys = type.members?.secret?.keys ?? [];
  const isSecret = field === type.members?.secret?.field;
  for (const [key, member] of Object.entries(value)) {
    const claimed = Object.values(type.fields).some(
      ({ path }) => path === extraPath(key),
    );
    const foreign =
      claimed ||
      type.members?.reserved?.(key) === true ||
      isSecret !== secretKeys.includes(key);
    if (foreign)
      fault(
        isSecret
          ? `Astro cannot keep ${JSON.stringify(key)} secret as a member of ${field}. These can be: ${secretKeys.join(", ")}.`
          : `${JSON.stringify(key)} cannot be a member of ${field} on Astro, where it has a meaning of its own. Use the field for it, or a native type.`,
      );
    patch.set(extraPath(key), member);
  }
}

/** Whether members that the parent has would be missing from what the deployment sees. */
function losesMembers(
  parent: JsonValue | typeof MASKED | undefined,
  override: JsonValue,
): boolean {
  if (!isObject(override)) return false;
  if (Object.values(override).includes(null)) return true;
  return (
    parent !== undefined &&
    parent !== MASKED &&
    isObject(parent) &&
    Object.keys(parent).some((key) => !Object.hasOwn(override, key))
  );
}

function decode(
  type: TableTypeOptions,
  view: AirflowView,
  parent: AirflowView | undefined,
): DecodedFields {
  const config: [string, JsonValue][] = [];
  const secretFields: string[] = [];
  const rest = new Set(view.keys());
  const isSet = (path: string) => view.has(path) || parent?.has(path) === true;
  for (const [field, place] of Object.entries(type.fields)) {
    const value = view.get(place.path);
    if (value === undefined || place.when?.(isSet) === false) continue;
    if (isSecretField(type.name, [field])) {
      if (value !== null) secretFields.push(field);
    } else if (value !== MASKED) {
      const decoded = value === null ? null : decoder(place)(value);
      if (decoded === undefined) continue;
      config.push([field, decoded]);
    }
    rest.delete(place.path);
  }
  const { members } = type;
  if (members !== undefined) {
    const plain: [string, JsonValue][] = [];
    for (const path of [...rest]) {
      const key = extraKeyOf(path);
      const value = view.get(path);
      if (key === undefined || value === undefined) continue;
      if (members.secret?.keys.includes(key) === true) {
        if (value !== null) secretFields.push(`${members.secret.field}.${key}`);
      } else if (members.reserved?.(key) === true || value === MASKED) {
        continue;
      } else if (value !== null && (isObject(value) || isList(value))) {
        continue;
      } else {
        plain.push([key, value === null ? null : String(value)]);
      }
      rest.delete(path);
    }
    if (plain.length > 0) config.push([members.field, objectOf(plain)]);
  }
  return {
    config: objectOf(config),
    secretFields: secretFields.sort(),
    rest: [...rest].filter((path) => view.get(path) !== MASKED).sort(),
  };
}

function decoder({ decode }: FieldPlace) {
  return decode ?? ((value: JsonValue): JsonValue | undefined => value);
}
