import { mergePatch } from "./merge-patch";
import {
  isObject,
  type JsonObject,
  KNOWN_AFTER_APPLY,
  objectOf,
  type Value,
  type ValueObject,
} from "./value";

/**
 * What one deployment really sees: the connection's fields with the
 * deployment's overrides merged in (RFC 7396). Serves config and secrets alike.
 * No overrides leave the fields exactly as they are.
 */
export function effective(
  fields: JsonObject,
  overrides: JsonObject,
): JsonObject;
export function effective(
  fields: Value,
  overrides: Value,
): ValueObject | typeof KNOWN_AFTER_APPLY;
export function effective(fields: Value, overrides: Value): Value {
  if (fields === KNOWN_AFTER_APPLY || overrides === KNOWN_AFTER_APPLY)
    return KNOWN_AFTER_APPLY;
  if (!isObject(overrides) || Object.keys(overrides).length === 0) {
    return isObject(fields) ? fields : objectOf([]);
  }
  return mergePatch(fields, overrides);
}

/** The dotted paths that a deployment sees differently, removals included, sorted. */
export function overriddenFields(
  overrides: ValueObject,
  prefix = "",
): readonly string[] {
  return Object.entries(overrides)
    .flatMap(([field, value]) => {
      const path = prefix === "" ? field : `${prefix}.${field}`;
      return isObject(value) && Object.keys(value).length > 0
        ? overriddenFields(value, path)
        : [path];
    })
    .sort();
}
