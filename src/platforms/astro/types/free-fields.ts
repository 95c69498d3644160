import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import {
  fieldOf,
  isObject,
  type JsonObject,
  type JsonValue,
  type KnownAs,
  leafPaths,
  objectOf,
} from "../../../model";
import {
  type AirflowView,
  extraKeyOf,
  extraPath,
  MASKED,
  standardFields,
} from "./airflow-fields";
import type { DecodedFields } from "./astro-type";
import { lostMembersFault } from "./lost-members";

/** The two objects of fields that a type does not name, which Airflow keeps in one: extra. */
export const freeFields = ["extra", "secret_extra"] as const;

/** Before a field of the connection that is not in extra and that the type has no field for: `connection.schema`. */
const OWN = "connection.";

/** Where a key of `extra` is stored. */
export function pathOfKey(key: string): string {
  const own = key.startsWith(OWN) ? key.slice(OWN.length) : "";
  return (standardFields as readonly string[]).includes(own)
    ? own
    : extraPath(key);
}

function keyOfPath(path: string): string {
  return extraKeyOf(path) ?? OWN + path;
}

/** What is read and has no field of its own: under `extra`, and named among the secrets where it is known to be one or is not shown. */
export function withFreeFields(
  decoded: DecodedFields,
  rest: readonly string[],
  view: AirflowView,
  known: KnownAs | undefined,
): DecodedFields {
  const plain: [string, JsonValue][] = [];
  const secret: string[] = [];
  for (const path of rest) {
    const key = keyOfPath(path);
    const value = view.get(path);
    if (value === undefined) continue;
    const name = `secret_extra.${key}`;
    if (value === MASKED || (path === "password" && value !== null)) {
      secret.push(name);
      continue;
    }
    const parts = splitSecret(name, value, known?.secretFields ?? []);
    secret.push(...parts.names);
    if (parts.plain !== undefined) plain.push([key, parts.plain]);
  }
  return {
    config:
      plain.length === 0
        ? decoded.config
        : objectOf([
            ...Object.entries(decoded.config),
            ["extra", objectOf(plain)],
          ]),
    secretFields: [...decoded.secretFields, ...secret].sort(),
  };
}

/** What of a value is plain, and the names of the parts that are known to be secrets. */
export function splitSecret(
  name: string,
  value: JsonValue,
  secretFields: readonly string[],
): {
  readonly plain: JsonValue | undefined;
  readonly names: readonly string[];
} {
  if (value !== null && secretFields.includes(name))
    return {
      plain: undefined,
      names: isObject(value) ? leafNames(name, value) : [name],
    };
  if (
    !isObject(value) ||
    !secretFields.some((one) => one.startsWith(`${name}.`))
  )
    return { plain: value, names: [] };
  const parts = Object.entries(value).map(
    ([key, part]) =>
      [key, splitSecret(`${name}.${key}`, part, secretFields)] as const,
  );
  const plain = parts.flatMap(([key, part]) =>
    part.plain === undefined ? [] : [[key, part.plain] as const],
  );
  const names = parts.flatMap(([, part]) => part.names);
  return {
    plain: plain.length === 0 && names.length > 0 ? undefined : objectOf(plain),
    names,
  };
}

function leafNames(name: string, value: JsonObject): readonly string[] {
  const leaves = leafPaths(value);
  return leaves.length === 0 ? [name] : leaves.map((leaf) => `${name}.${leaf}`);
}

/** Writes the keys of one of the two objects into the patch. */
export function encodeFreeFields(options: {
  readonly value: JsonValue;
  /** Of the object. */
  readonly at: readonly string[];
  readonly patch: Map<string, JsonValue>;
  /** The field of the type that is kept there, or that the key is another spelling of. */
  readonly fieldOfKey: (key: string) => string | undefined;
  /** The connection, where these are overrides. */
  readonly parent: AirflowView | undefined;
  /** The paths of the keys that were given in the other object. */
  readonly taken: ReadonlySet<string>;
}): readonly Diagnostic[] {
  const { value, at, patch, fieldOfKey, parent, taken } = options;
  const faults: Diagnostic[] = [];
  const fault = (path: readonly string[], detail: string) =>
    faults.push(errorDiagnostic({ code: "unsupported", path, detail }));
  const field = at.at(-1) ?? "";
  if (!isObject(value)) {
    fault(at, oneByOne(field));
    return faults;
  }
  for (const [key, member] of Object.entries(value)) {
    const path = pathOfKey(key);
    const owner = fieldOfKey(key);
    if (owner !== undefined) {
      fault(
        [...at, key],
        `${JSON.stringify(key)} of ${field} is the field ${owner}. Use ${owner}.`,
      );
      continue;
    }
    if (taken.has(path))
      fault(
        [...at, key],
        "Astro keeps all of these in Airflow's extra, and this key is given twice. Remove one of the two.",
      );
    const lost = lostMembersFault({
      path: [...at, key],
      stored: parent?.get(path),
      override: parent === undefined ? undefined : member,
    });
    if (lost !== undefined) faults.push(lost);
    patch.set(path, member);
  }
  return faults;
}

/** What to say where a whole map is to be taken away from a deployment. */
export function oneByOne(field: string): string {
  return `Astro keeps each member of ${field} by itself, so they can only be removed one by one: ${field} = { name = null }.`;
}

/** The declared value of a plain key that is set and not shown. */
export function knownExtra(
  { config }: { readonly config: JsonObject },
  key: string,
): JsonValue | undefined {
  const extra = fieldOf(config, "extra");
  return isObject(extra) ? fieldOf(extra, key) : undefined;
}
