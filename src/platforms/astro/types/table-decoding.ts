import { isSecretField } from "../../../catalog";
import { isList, isObject, type JsonValue, objectOf } from "../../../model";
import { type AirflowView, extraKeyOf, MASKED } from "./airflow-fields";
import type { DecodedFields } from "./astro-type";
import type { FieldPlace, TableTypeOptions } from "./table-type";

/** What is stored, in the fields of a table type. `parent` is the connection where the view is one of overrides. */
export function decodeTable(
  type: TableTypeOptions,
  view: AirflowView,
  parent: AirflowView | undefined,
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
    } else if (value !== MASKED) {
      const decoded = value === null ? null : decoder(place)(value);
      if (decoded === undefined) continue;
      config.push([field, decoded]);
    }
    rest.delete(place.path);
  }
  const members = decodeMembers(type, view, rest);
  if (members.plain.length > 0)
    config.push([type.members?.field ?? "", objectOf(members.plain)]);
  return {
    config: objectOf(config),
    secretFields: [...secretFields, ...members.secretFields].sort(),
    rest: [...rest].filter((path) => view.get(path) !== MASKED).sort(),
  };
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

/** Takes the members away from `rest`. */
function decodeMembers(
  { members }: TableTypeOptions,
  view: AirflowView,
  rest: Set<string>,
): {
  readonly plain: readonly (readonly [string, JsonValue])[];
  readonly secretFields: readonly string[];
} {
  const plain: (readonly [string, JsonValue])[] = [];
  const secretFields: string[] = [];
  for (const path of members === undefined ? [] : [...rest]) {
    const key = extraKeyOf(path);
    const value = view.get(path);
    if (key === undefined || value === undefined) continue;
    if (members?.secret?.keys.includes(key) === true) {
      if (value !== null) secretFields.push(`${members.secret.field}.${key}`);
    } else if (members?.reserved?.(key) !== undefined || value === MASKED) {
      continue;
    } else if (value !== null && (isObject(value) || isList(value))) {
      continue;
    } else {
      plain.push([key, value === null ? null : String(value)]);
    }
    rest.delete(path);
  }
  return { plain, secretFields };
}

function decoder({ decode }: FieldPlace) {
  return decode ?? ((value: JsonValue): JsonValue | undefined => value);
}
