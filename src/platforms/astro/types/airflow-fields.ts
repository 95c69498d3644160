import {
  isObject,
  type JsonObject,
  type JsonValue,
  objectOf,
} from "../../../model";

/**
 * The fields of an Airflow connection, flat: `host`, `port`, `schema`, `login`,
 * `password`, and each key of extra as `extra.KEY`. The same form serves what is
 * to be written (null removes a field) and what Astro shows.
 */
export type AirflowPatch = ReadonlyMap<string, JsonValue>;

/** Stands for a value that is set and not shown. */
export const MASKED: unique symbol = Symbol("masked");

/** What Astro shows. In overrides, null is a field that the deployment does without. */
export type AirflowView = ReadonlyMap<string, JsonValue | typeof MASKED>;

/** The fields besides extra, as the API calls them. */
export const standardFields = [
  "host",
  "port",
  "schema",
  "login",
  "password",
] as const;

const EXTRA = "extra.";

export function extraPath(key: string): string {
  return `${EXTRA}${key}`;
}

/** The key in extra, or undefined for another field. */
export function extraKeyOf(path: string): string | undefined {
  return path.startsWith(EXTRA) ? path.slice(EXTRA.length) : undefined;
}

/** Reads a connection as Astro answers it, with the names of the fields that are set there. */
export function viewOfConnection(
  connection: JsonObject,
  setFields: readonly string[],
): AirflowView {
  const view = shownFields(connection);
  for (const [path, value] of view) if (isEmpty(path, value)) view.delete(path);
  for (const path of setFields.map(withoutPrefix))
    if (!view.has(path) && mayBeMasked(path)) view.set(path, MASKED);
  return view;
}

/** Reads overrides; a field that is set and empty is one that the deployment does without. */
export function viewOfOverrides(
  overrides: JsonObject,
  setFields: readonly string[],
): AirflowView {
  const view = shownFields(overrides);
  const set = new Set(setFields.map(withoutPrefix));
  for (const [path, value] of [...view]) {
    if (!isEmpty(path, value)) continue;
    if (path === "password" || (!set.has(path) && value !== null))
      view.delete(path);
    else view.set(path, null);
  }
  for (const path of set) {
    if (view.has(path)) continue;
    if (mayBeMasked(path)) view.set(path, MASKED);
    else if ((standardFields as readonly string[]).includes(path))
      view.set(path, null);
  }
  return view;
}

/** With the values of the plain fields that are there and not shown, where the declaration tells them. */
export function filledView(
  view: AirflowView,
  declared: AirflowPatch | undefined,
): AirflowView {
  if (declared === undefined) return view;
  return new Map(
    [...view].map(([path, value]) => [
      path,
      value === MASKED && path !== "password"
        ? (declared.get(path) ?? MASKED)
        : value,
    ]),
  );
}

/** How a connection that was made of the patch would be read. Secrets are in it, as they were written. */
export function viewOfWrittenConnection(patch: AirflowPatch): AirflowView {
  return viewOfConnection(toRequestFields(patch), []);
}

/** How overrides that were made of the patch would be read. A password that was taken away is not set. */
export function viewOfWrittenOverrides(patch: AirflowPatch): AirflowView {
  const set = [...patch].flatMap(([path, value]) =>
    path === "password" && value === null ? [] : [path],
  );
  return viewOfOverrides(toRequestFields(patch), set);
}

/** The fields as the API takes them; what is null is sent as the empty value of its kind. */
export function toRequestFields(patch: AirflowPatch): JsonObject {
  const extra: [string, JsonValue][] = [];
  const fields: [string, JsonValue][] = [];
  for (const [path, value] of patch) {
    const key = extraKeyOf(path);
    if (key !== undefined) extra.push([key, value]);
    else fields.push([path, value ?? (path === "port" ? 0 : "")]);
  }
  return objectOf([
    ...fields,
    ...(extra.length === 0
      ? []
      : [["extra", objectOf(extra)] as [string, JsonObject]]),
  ]);
}

function shownFields(
  fields: JsonObject,
): Map<string, JsonValue | typeof MASKED> {
  const shown = new Map<string, JsonValue | typeof MASKED>();
  for (const name of standardFields) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value !== undefined && value !== null) shown.set(name, value);
  }
  const extra = Object.hasOwn(fields, "extra") ? fields["extra"] : undefined;
  if (isObject(extra))
    for (const [key, value] of Object.entries(extra))
      shown.set(extraPath(key), value);
  return shown;
}

/** Nothing was given: the API has no other way to say so. An empty text in extra is a value. */
function isEmpty(path: string, value: JsonValue | typeof MASKED): boolean {
  if (extraKeyOf(path) !== undefined) return value === null;
  return value === "" || (path === "port" && value === 0);
}

function mayBeMasked(path: string): boolean {
  return path === "password" || extraKeyOf(path) !== undefined;
}

/** The names are relative to the connection; one that is not is read as if it were. */
function withoutPrefix(path: string): string {
  return path.replace(/^connection\./, "");
}
