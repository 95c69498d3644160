/**
 * What fields mean, whatever they are written as: numbers in quotes, nulls and
 * defaults that are written out. Of the few fields that the worlds are made of,
 * and by hand: it shares nothing with the catalogue's own way to say so.
 */
import type { JsonObject, JsonValue } from "../../src/model";

/** Values by dotted path. Lists are values. */
export type Flat = ReadonlyMap<string, JsonValue>;

interface TypeMeaning {
  readonly numbers?: readonly string[];
  readonly flags?: readonly string[];
  readonly defaults?: JsonObject;
}

const meanings: Readonly<Record<string, TypeMeaning>> = {
  postgresql: {
    numbers: ["port"],
    defaults: { port: 5432, ssl_mode: "prefer" },
  },
  http: {
    flags: ["verify_tls"],
    defaults: {
      token_header: "Authorization",
      token_prefix: "Bearer",
      verify_tls: true,
    },
  },
  kafka: { defaults: { security_protocol: "PLAINTEXT" } },
  generic: { numbers: ["port"] },
};

/** A connection's plain fields. */
export function meaningOf(type: string, config: JsonObject): Flat {
  const { defaults = {} } = meanings[type] ?? {};
  const flat = new Map(
    [...flatten(normal(type, config))].filter(([, value]) => value !== null),
  );
  for (const [field, value] of Object.entries(defaults))
    if (JSON.stringify(flat.get(field)) === JSON.stringify(value))
      flat.delete(field);
  return flat;
}

/** Overrides: a null takes a field away, and a default is a value like any other. */
export function meaningOfOverrides(type: string, overrides: JsonObject): Flat {
  return flatten(normal(type, overrides));
}

/** Numbers and flags as such. */
export function normal(type: string, fields: JsonObject): JsonObject {
  const { numbers = [], flags = [] } = meanings[type] ?? {};
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      typeof value !== "string"
        ? value
        : numbers.includes(field)
          ? Number(value)
          : flags.includes(field)
            ? value === "true"
            : value,
    ]),
  );
}

export function flatten(object: JsonObject, prefix = ""): Flat {
  return new Map(
    Object.entries(object).flatMap(([field, value]): [string, JsonValue][] =>
      value !== null && typeof value === "object" && !Array.isArray(value)
        ? [...flatten(value as JsonObject, `${prefix}${field}.`)]
        : [[`${prefix}${field}`, value]],
    ),
  );
}

/** JSON Merge Patch, by hand. */
export function patched(target: JsonObject, patch: JsonObject): JsonObject {
  const merged: Record<string, JsonValue> = { ...target };
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) delete merged[field];
    else if (typeof value === "object" && !Array.isArray(value)) {
      const inside = merged[field];
      merged[field] = patched(
        typeof inside === "object" && inside !== null && !Array.isArray(inside)
          ? (inside as JsonObject)
          : {},
        value as JsonObject,
      );
    } else merged[field] = value;
  }
  return merged;
}
