/** What a platform holds, read from its own store, in words that all platforms share. */
import type { JsonValue } from "../../src/model";

export interface StoredThing {
  /** The platform's own id, where it has one that a new object does not get again. */
  readonly id?: string;
  /**
   * By dotted path: `type`, `description`, `config.…`, `secrets.…`, `auto_link`,
   * `auto_link_except`, `access.…`, `parent`, `overrides.…`, `override_secrets.…`,
   * `workspace`. What means nothing (an empty text, list or folder, false, a
   * default) is not there.
   */
  readonly fields: ReadonlyMap<string, JsonValue>;
}

/** By kind and natural key: `connection organization/acme/warehouse`. */
export type StoreView = ReadonlyMap<string, StoredThing>;

/** Leaves out what means nothing, and writes names in one order. */
export function storedFields(
  entries: Iterable<readonly [string, JsonValue | undefined]>,
): ReadonlyMap<string, JsonValue> {
  return new Map(
    [...entries].flatMap(([path, value]): [string, JsonValue][] => {
      if (value === undefined) return [];
      if (path === "auto_link" && value === false) return [];
      if (isNameSet(path)) {
        const names = [...((value ?? []) as readonly string[])].sort();
        return names.length === 0 ? [] : [[path, names]];
      }
      if (path === "description" && (value ?? "") === "") return [];
      if (path === "parent" && value === "/") return [];
      return [[path, value]];
    }),
  );
}

function isNameSet(path: string): boolean {
  return path === "auto_link_except" || path.startsWith("access.");
}

export function prefixed(
  prefix: string,
  fields: ReadonlyMap<string, JsonValue>,
): readonly (readonly [string, JsonValue])[] {
  return [...fields].map(([path, value]) => [`${prefix}.${path}`, value]);
}

/** The paths in which two differ. */
export function differingPaths(
  before: ReadonlyMap<string, JsonValue>,
  after: ReadonlyMap<string, JsonValue>,
): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => !sameValue(before.get(path), after.get(path)))
    .sort();
}

/** Nothing is not null: among overrides a null takes a field away. */
function sameValue(
  left: JsonValue | undefined,
  right: JsonValue | undefined,
): boolean {
  return left === undefined || right === undefined
    ? left === right
    : text(left) === text(right);
}

function text(value: JsonValue): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner).sort(([left], [right]) =>
            left < right ? -1 : 1,
          ),
        )
      : inner,
  );
}
