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
  return withoutDefaults(
    type,
    new Map(
      [...flatten(normal(type, config))].filter(([, value]) => value !== null),
    ),
  );
}

/** What a deployment sees of a connection's plain fields. */
export function seenThrough(type: string, config: Flat, overrides: Flat): Flat {
  const seen = new Map(config);
  for (const [path, value] of overrides) {
    for (const field of config.keys())
      if (field === path || field.startsWith(`${path}.`)) seen.delete(field);
    if (value !== null) seen.set(path, value);
  }
  return withoutDefaults(type, seen);
}

function withoutDefaults(type: string, fields: Flat): Flat {
  const { defaults = {} } = meanings[type] ?? {};
  return new Map(
    [...fields].filter(
      ([field, value]) =>
        !Object.hasOwn(defaults, field) ||
        JSON.stringify(defaults[field]) !== JSON.stringify(value),
    ),
  );
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
