import {
  isList,
  isObject,
  type JsonObject,
  type JsonValue,
  objectOf,
} from "../../model";

/** What Pipes shows of a configuration. */
export interface VisibleFields {
  readonly plain: JsonObject;
  /** The paths of what it shows only in place of a value. */
  readonly masked: readonly (readonly string[])[];
}

/** Apart what is shown and what is masked, at any depth; what is null is not there. */
export function splitMasked(config: JsonObject): VisibleFields {
  const plain: [string, JsonValue][] = [];
  const masked: (readonly string[])[] = [];
  for (const [field, value] of Object.entries(config)) {
    if (value === null) continue;
    if (!isObject(value)) {
      if (holdsMasked(value)) masked.push([field]);
      else plain.push([field, value]);
      continue;
    }
    const inner = splitMasked(value);
    masked.push(...inner.masked.map((path) => [field, ...path]));
    if (inner.masked.length === 0 || Object.keys(inner.plain).length > 0)
      plain.push([field, inner.plain]);
  }
  return { plain: objectOf(plain), masked };
}

function holdsMasked(value: JsonValue): boolean {
  if (isList(value)) return value.some(holdsMasked);
  if (isObject(value)) return Object.values(value).some(holdsMasked);
  return typeof value === "string" && isMasked(value);
}

/** With a mask in place of everything that is in the other object as well. */
export function masking(config: JsonObject, fields: JsonObject): JsonObject {
  return objectOf(
    Object.entries(config).map(([field, value]): [string, JsonValue] => {
      if (value === null || !Object.hasOwn(fields, field))
        return [field, value];
      const inner = fields[field];
      return [
        field,
        isObject(value) && isObject(inner) ? masking(value, inner) : MASK,
      ];
    }),
  );
}

const MASK = "***";

/** Without what is at the path, and without the objects that become empty by it. */
export function withoutPath(
  config: JsonObject,
  [first = "", ...rest]: readonly string[],
): JsonObject {
  return objectOf(
    Object.entries(config).flatMap(([field, value]) => {
      if (field !== first) return [[field, value] as const];
      if (rest.length === 0) return [];
      if (!isObject(value)) return [[field, value] as const];
      const inner = withoutPath(value, rest);
      return Object.keys(inner).length === 0 ? [] : [[field, inner] as const];
    }),
  );
}

/** Whether it looks like what is shown in place of a secret. */
export function isMasked(value: string): boolean {
  return (
    /\*{3,}|[•●]{3,}/u.test(value) ||
    /^[<[({](redacted|masked|hidden|sensitive|secret)[>\])}]$/i.test(value)
  );
}
