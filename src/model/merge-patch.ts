import {
  isObject,
  type JsonValue,
  KNOWN_AFTER_APPLY,
  objectOf,
  type Value,
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
