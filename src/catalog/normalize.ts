import {
  canonicalJson,
  equalValues,
  fieldOf,
  isKnown,
  isList,
  isObject,
  KNOWN_AFTER_APPLY,
  objectOf,
  type Value,
  type ValueObject,
} from "../model";
import { type FieldSchema, schemaOfField } from "./field-schema";
import { tryFindConnectionType } from "./registry";

export interface NormalizeOptions {
  /** Keep null fields: in overrides a null removes the connection's field. @default false, a null field is an unset one */
  readonly keepNulls?: boolean;
}

export interface MeaningOptions extends NormalizeOptions {
  /** The dotted names of further fields whose lists are sets: of a platform, which knows more than the type's schema. @default none */
  readonly sets?: readonly string[] | undefined;
}

/**
 * Config, secrets or overrides in the form that the type's schema prescribes:
 * `"5432"` becomes 5432 for a number, `"true"` becomes true for a boolean, 5432
 * becomes `"5432"` for a string. Null fields are dropped from objects. What
 * does not convert stays as it is, for the checks to report. Of native types
 * only the nulls are dropped. Doing it again changes nothing.
 */
export function normalizeFields(
  type: string,
  fields: Value,
  options: NormalizeOptions = {},
): Value {
  return normalize(
    fields,
    tryFindConnectionType(type)?.schema,
    options.keepNulls ?? false,
  );
}

/**
 * Whether two configurations of the type say the same, however they are written:
 * a field that is not given is what the schema's default says. Among overrides
 * (`keepNulls`) it is what the connection says, so there defaults are values like
 * any other. Lists whose members are unique by the schema are sets, in any order.
 */
export function equalInMeaning(
  type: string,
  left: Value,
  right: Value,
  options: MeaningOptions = {},
): boolean {
  if (left === right) return true;
  const schema = tryFindConnectionType(type)?.schema;
  const meaning = (fields: Value) => {
    const normalized = normalizeFields(type, fields, options);
    return inOneOrder(
      options.keepNulls === true
        ? normalized
        : withDefaults(normalized, schema),
      schema,
      options.sets ?? [],
    );
  };
  return equalValues(meaning(left), meaning(right));
}

/** `fields` with those that mean the same as in `shown` taken from there, or left out where it has none. */
export function spelledAs(
  type: string,
  fields: ValueObject,
  shown: ValueObject,
  options: Pick<MeaningOptions, "sets"> = {},
): ValueObject {
  const names = [...new Set([...Object.keys(fields), ...Object.keys(shown)])];
  const only = (object: ValueObject, name: string) => {
    const value = fieldOf(object, name);
    return objectOf<Value>(value === undefined ? [] : [[name, value]]);
  };
  return objectOf(
    names.flatMap((name) => {
      const [declared, there] = [only(fields, name), only(shown, name)];
      const same = equalInMeaning(type, declared, there, options);
      return Object.entries(same ? there : declared);
    }),
  );
}

/** Sets sorted, so that equal ones are equal lists. */
function inOneOrder(
  value: Value,
  schema: FieldSchema | undefined,
  sets: readonly string[],
): Value {
  if (isList(value))
    return schema?.uniqueItems === true || sets.includes("")
      ? sortedSet(value)
      : value;
  if (!isObject(value) || (schema === undefined && sets.length === 0))
    return value;
  return objectOf(
    Object.entries(value).map(([field, part]): [string, Value] => [
      field,
      inOneOrder(part, schemaOfField(schema, field), below(sets, field)),
    ]),
  );
}

/** What the dotted names mean inside of the field; the empty one means itself. */
function below(sets: readonly string[], field: string): readonly string[] {
  return sets.flatMap((name) =>
    name === field
      ? [""]
      : name.startsWith(`${field}.`)
        ? [name.slice(field.length + 1)]
        : [],
  );
}

/** In an order of its own, and each member once; as it is as long as a member is not known. */
function sortedSet(members: readonly Value[]): Value {
  if (!members.every(isKnown)) return members;
  const byText = new Map(members.map((one) => [canonicalJson(one), one]));
  return [...byText.keys()].sort().map((text) => byText.get(text)!);
}

function withDefaults(value: Value, schema: FieldSchema | undefined): Value {
  if (!isObject(value) || schema?.properties === undefined) return value;
  return objectOf<Value>([
    ...Object.entries(schema.properties).flatMap(
      ([field, { default: standard }]): [string, Value][] =>
        standard === undefined || Object.hasOwn(value, field)
          ? []
          : [[field, standard]],
    ),
    ...Object.entries(value).map(([field, part]): [string, Value] => [
      field,
      withDefaults(part, schemaOfField(schema, field)),
    ]),
  ]);
}

function normalize(
  value: Value,
  schema: FieldSchema | undefined,
  keepNulls: boolean,
): Value {
  if (value === null || value === KNOWN_AFTER_APPLY) return value;
  if (isObject(value)) return normalizeObject(value, schema, keepNulls);
  // A list in a merge patch is a value as a whole: a null in it removes nothing.
  if (isList(value)) return normalizeList(value, schema?.items);
  return convert(value, schema?.type);
}

/** Gives back the same object where nothing changes, as is mostly the case. */
function normalizeObject(
  value: ValueObject,
  schema: FieldSchema | undefined,
  keepNulls: boolean,
): ValueObject {
  let changed = false;
  const entries: [string, Value][] = [];
  for (const [field, part] of Object.entries(value)) {
    if (part === null && !keepNulls) {
      changed = true;
      continue;
    }
    const normalized = normalize(part, schemaOfField(schema, field), keepNulls);
    changed ||= normalized !== part;
    entries.push([field, normalized]);
  }
  return changed ? objectOf(entries) : value;
}

function normalizeList(
  value: readonly Value[],
  items: FieldSchema | undefined,
): readonly Value[] {
  const normalized = value.map((item) => normalize(item, items, false));
  return normalized.some((item, index) => item !== value[index])
    ? normalized
    : value;
}

function convert(
  value: string | number | boolean,
  type: FieldSchema["type"],
): Value {
  switch (type) {
    case "integer":
    case "number":
      return typeof value === "string" ? numberOf(value, type) : value;
    case "boolean":
      return value === "true" ? true : value === "false" ? false : value;
    case "string":
      return typeof value === "string" ? value : textOf(value);
    default:
      return value;
  }
}

function numberOf(text: string, type: "integer" | "number"): string | number {
  if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return text;
  const number = Number(text);
  const fits =
    type === "integer" ? Number.isSafeInteger(number) : Number.isFinite(number);
  return fits ? number : text;
}

/** Numbers that JavaScript would write with an exponent, or has rounded, stay numbers. */
function textOf(value: number | boolean): string | number {
  if (typeof value === "boolean") return String(value);
  const text = String(value);
  return text.includes("e") || !Number.isFinite(value) ? value : text;
}
