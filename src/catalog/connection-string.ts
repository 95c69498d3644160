import {
  fieldOf,
  isKnown,
  isObject,
  type JsonValue,
  KNOWN_AFTER_APPLY,
  type KnownAfterApply,
  objectOf,
  type Value,
} from "../model";
import { normalizeFields } from "./normalize";
import { tryFindConnectionType } from "./registry";

/**
 * What a connection connects to, in one line and without secrets. Undefined
 * for native types and where the fields do not suffice; known after apply as
 * soon as one field that it is made from is.
 */
export function connectionStringOf(
  type: string,
  config: Value,
): string | undefined | KnownAfterApply {
  const found = tryFindConnectionType(type);
  if (found === undefined) return undefined;
  const fields = normalizeFields(type, config);
  if (fields === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
  if (!isObject(fields)) return undefined;

  const used: [string, JsonValue][] = [];
  for (const name of found.connectionStringFields) {
    const value = fieldOf(fields, name);
    if (value === undefined) continue;
    if (!isKnown(value)) return KNOWN_AFTER_APPLY;
    used.push([name, value]);
  }
  return found.connectionString(objectOf(used));
}
