import { fieldOf, isObject, type JsonValue, type Value } from "./value";

/** What stands at the path in objects; undefined where nothing does. */
export function valueAt(
  value: JsonValue | undefined,
  path: readonly string[],
): JsonValue | undefined;
export function valueAt(
  value: Value | undefined,
  path: readonly string[],
): Value | undefined;
export function valueAt(
  value: Value | undefined,
  path: readonly string[],
): Value | undefined {
  let part = value;
  for (const step of path)
    part = isObject(part) ? fieldOf(part, step) : undefined;
  return part;
}
