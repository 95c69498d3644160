import {
  fieldOf,
  isObject,
  type JsonValue,
  KNOWN_AFTER_APPLY,
  objectOf,
  type Value,
  type ValueObject,
} from "./value";

/**
 * JSON Merge Patch (RFC 7396), extended to values that are not known until
 * apply: a part of the target that the patch leaves alone stays as it is, known
 * or not; a part that the patch sets to something not known yet is not known.
 */
export function mergePatch(
  target: JsonValue | undefined,
  patch: JsonValue,
): JsonValue;
export function mergePatch(target: Value | undefined, patch: Value): Value;
export function mergePatch(target: Value | undefined, patch: Value): Value {
  if (!isObject(patch)) return patch;
  // Merged into something not known yet, an object's outcome is not known either.
  if (target === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
  const merged = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [field, part] of Object.entries(patch)) {
    if (part === null) merged.delete(field);
    else merged.set(field, mergePatch(merged.get(field), part));
  }
  return objectOf(merged);
}

/** The patch that turns `before` into `after` where neither holds a null. */
export function createMergePatch(
  before: ValueObject,
  after: ValueObject,
): ValueObject {
  const patch: [string, Value][] = [];
  for (const field of Object.keys(before)) {
    if (!Object.hasOwn(after, field)) patch.push([field, null]);
  }
  for (const [field, value] of Object.entries(after)) {
    const previous = fieldOf(before, field);
    if (isObject(previous) && isObject(value)) {
      const nested = createMergePatch(previous, value);
      if (Object.keys(nested).length > 0) patch.push([field, nested]);
    } else if (previous !== value || isObject(value)) {
      patch.push([field, value]);
    }
  }
  return objectOf(patch);
}
