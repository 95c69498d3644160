/**
 * The plain data that configurations consist of: JSON, and at plan time also
 * parts that are not known until apply. Objects may have any key, `__proto__`
 * included, so they are read with `Object.entries` and made with `objectOf`.
 */

/** JSON data: what is sent to a platform and what it answers. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [field: string]: JsonValue;
}

/** Stands for a value that Terraform will only know at apply. Compared by identity. */
export const KNOWN_AFTER_APPLY: unique symbol = Symbol("known after apply");
export type KnownAfterApply = typeof KNOWN_AFTER_APPLY;

/** JSON data of which any part may not be known until apply. */
export type Value =
  | null
  | boolean
  | number
  | string
  | KnownAfterApply
  | readonly Value[]
  | ValueObject;

/** An object of which any part may not be known until apply. */
export interface ValueObject {
  readonly [field: string]: Value;
}

/** Whether it is an object: neither null nor a list nor a scalar nor unknown. */
export function isObject(value: JsonValue | undefined): value is JsonObject;
export function isObject(value: Value | undefined): value is ValueObject;
export function isObject(value: Value | undefined): value is ValueObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether it is a list. */
export function isList(
  value: JsonValue | undefined,
): value is readonly JsonValue[];
export function isList(value: Value | undefined): value is readonly Value[];
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** An object of these fields, safe for every key; the type tells whether parts may be unknown. */
export function objectOf<T>(entries: Iterable<readonly [string, T]>): {
  readonly [field: string]: T;
} {
  const object = Object.create(null) as Record<string, T>;
  for (const [field, value] of entries) object[field] = value;
  return object;
}

/** The object's own field, or undefined; never something inherited. */
export function fieldOf<T>(
  object: { readonly [field: string]: T },
  field: string,
): T | undefined {
  return Object.hasOwn(object, field) ? object[field] : undefined;
}

/** Whether every part is known. */
export function isKnown(value: Value): value is JsonValue {
  if (value === KNOWN_AFTER_APPLY) return false;
  if (isList(value)) return value.every(isKnown);
  if (isObject(value)) return Object.values(value).every(isKnown);
  return true;
}

/** Equality by content: lists in order, objects regardless of it. An unknown equals an unknown only by being the same marker. */
export function equalValues(
  left: Value | undefined,
  right: Value | undefined,
): boolean {
  if (left === right) return true;
  if (isList(left) && isList(right)) {
    return (
      left.length === right.length &&
      left.every((item, index) => equalValues(item, right[index]))
    );
  }
  if (isObject(left) && isObject(right)) {
    const fields = Object.keys(left);
    return (
      fields.length === Object.keys(right).length &&
      fields.every(
        (field) =>
          Object.hasOwn(right, field) && equalValues(left[field], right[field]),
      )
    );
  }
  return false;
}

/** JSON text with sorted keys: equal values give equal text. */
export function canonicalJson(value: JsonValue): string {
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (isObject(value)) {
    const fields = Object.keys(value).sort();
    return `{${fields.map((field) => `${JSON.stringify(field)}:${canonicalJson(value[field]!)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

/**
 * The dotted paths of the leaves, sorted: `["headers.X-Api-Key", "token"]`.
 * Lists and empty objects are leaves; nulls do not count as set.
 */
export function leafPaths(value: ValueObject, prefix = ""): readonly string[] {
  const paths: string[] = [];
  for (const [field, part] of Object.entries(value)) {
    const path = prefix === "" ? field : `${prefix}.${field}`;
    if (part === null) continue;
    if (isObject(part) && Object.keys(part).length > 0)
      paths.push(...leafPaths(part, path));
    else paths.push(path);
  }
  return paths.sort();
}
