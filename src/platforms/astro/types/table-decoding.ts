import { isSecretField } from "../../../catalog";
import {
  fieldOf,
  isObject,
  type JsonObject,
  type JsonValue,
  type KnownAs,
  objectOf,
} from "../../../model";
import { type AirflowView, extraKeyOf, MASKED } from "./airflow-fields";
import type { DecodedFields, FieldsToDecode } from "./astro-type";
import { knownExtra, withFreeFields } from "./free-fields";
import type { FieldPlace, TableTypeOptions } from "./table-type";

/** What is stored, in the fields of a table type; what has none is shown under extra. */
export function decodeTable(
  type: TableTypeOptions,
  { view, parent, known }: FieldsToDecode,
): DecodedFields {
  const config: [string, JsonValue][] = [];
  const secretFields: string[] = [];
  const rest = new Set(view.keys());
  // Among overrides, null takes the connection's away.
  const isSet = (path: string) =>
    (view.has(path) ? view.get(path) : (parent?.get(path) ?? null)) !== null;
  for (const [field, place] of Object.entries(type.fields)) {
    const value = shownAt(place, view, parent);
    if (value === undefined || place.when?.(isSet) === false) continue;
    if (isSecretField(type.name, [field])) {
      if (value !== null) secretFields.push(field);
    } else if (value === MASKED) {
      // It is there; what it is only the declaration tells.
      const declared = known && fieldOf(known.config, field);
      if (declared !== undefined) config.push([field, declared]);
    } else {
      const decoded = value === null ? null : decoder(place)(value);
      if (decoded === undefined) continue;
      config.push([field, decoded]);
    }
    rest.delete(place.path);
  }
  const members = decodeMembers(type, view, rest, known);
  if (members.plain.length > 0)
    config.push([type.members?.field ?? "", objectOf(members.plain)]);
  return withFreeFields(
    {
      config: objectOf(config),
      secretFields: [...secretFields, ...members.secretFields],
    },
    [...rest].sort(),
    view,
    known,
  );
}

/** What is stored, or else what Airflow does without it where that is not the catalogue's default. */
function shownAt(
  { path, encode, unset }: FieldPlace,
  view: AirflowView,
  parent: AirflowView | undefined,
): JsonValue | typeof MASKED | undefined {
  const value = view.get(path);
  // Among overrides, what is absent is the connection's, and null is "without".
  const isWithout = parent === undefined ? value === undefined : value === null;
  return isWithout && unset !== undefined && unset !== null
    ? (encode?.(unset) ?? unset)
    : value;
}

/** Takes the members away from `rest`. A member is a text: what is of another kind keeps it, under extra. */
function decodeMembers(
  { members }: TableTypeOptions,
  view: AirflowView,
  rest: Set<string>,
  known: KnownAs | undefined,
): {
  readonly plain: readonly (readonly [string, JsonValue])[];
  readonly secretFields: readonly string[];
} {
  const plain: (readonly [string, JsonValue])[] = [];
  const secretFields: string[] = [];
  for (const path of members === undefined ? [] : [...rest]) {
    const key = extraKeyOf(path);
    const value = view.get(path);
    if (key === undefined || value === undefined || members === undefined)
      continue;
    if (members.secret?.keys.includes(key) === true) {
      if (value !== null) secretFields.push(`${members.secret.field}.${key}`);
    } else if (
      members.reserved?.(key) !== undefined ||
      isDeclaredFree(key, known)
    ) {
      continue;
    } else if (value === MASKED) {
      const declared = known && memberIn(known.config, members.field, key);
      if (declared === undefined) continue;
      plain.push([key, declared]);
    } else {
      if (value !== null && typeof value !== "string") continue;
      plain.push([key, value]);
    }
    rest.delete(path);
  }
  return { plain, secretFields };
}

function memberIn(
  config: JsonObject,
  field: string,
  key: string,
): JsonValue | undefined {
  const members = fieldOf(config, field);
  return isObject(members) ? fieldOf(members, key) : undefined;
}

/** Where two homes would do, the declared one counts. */
function isDeclaredFree(key: string, known: KnownAs | undefined): boolean {
  return (
    known !== undefined &&
    (known.secretFields.includes(`secret_extra.${key}`) ||
      knownExtra(known, key) !== undefined)
  );
}

function decoder({ decode }: FieldPlace) {
  return decode ?? ((value: JsonValue): JsonValue | undefined => value);
}
