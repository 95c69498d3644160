import { isObject, type JsonObject, objectOf } from "../../model";
import { secretNames } from "./types";

/**
 * What Pipes shows of a configuration, without what it may show of secrets:
 * absent, null or masked are all the same to us, and a name that is known to be
 * a secret's is never taken into plain fields.
 */
export function plainFields(config: JsonObject): JsonObject {
  return objectOf(
    Object.entries(config).filter(
      ([field, value]) =>
        value !== null &&
        !(secretNames.has(field) && !isObject(value)) &&
        !(typeof value === "string" && isMasked(value)),
    ),
  );
}

/** Without the fields that were just sent as secrets. */
export function withoutFields(
  config: JsonObject,
  fields: JsonObject,
): JsonObject {
  return objectOf(
    Object.entries(config).flatMap(([field, value]) => {
      if (!Object.hasOwn(fields, field)) return [[field, value] as const];
      const inner = fields[field];
      return isObject(value) && isObject(inner)
        ? [[field, withoutFields(value, inner)] as const]
        : [];
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
