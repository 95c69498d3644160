import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import {
  fieldOf,
  isList,
  isObject,
  type JsonObject,
  type JsonValue,
  leafPaths,
  objectOf,
} from "../../../model";
import {
  type AirflowView,
  extraKeyOf,
  extraPath,
  MASKED,
} from "./airflow-fields";
import type {
  AstroType,
  DecodedFields,
  EncodedFields,
  FieldsToEncode,
} from "./astro-type";
import { lostMembersFault } from "./lost-members";
import { oneByOne } from "./table-encoding";

/**
 * Any type of Airflow. A key of extra of our own marks it, so that it is read
 * back as what was declared, and names the other keys that are secret: Astro
 * itself shows extra in clear and cannot tell.
 */
export const generic: AstroType = {
  name: "generic",
  airflowTypeOf: (config) => String(fieldOf(config, "conn_type") ?? ""),
  accepts: (_stored, view) => isMark(view.get(MARK)),
  encode,
  decode: ({ airflowType, view, parent }) =>
    decode(parent === undefined ? airflowType : undefined, view, parent),
  isSecretPath: (path, views) =>
    path === "password" || secretPathsOf(views).has(path),
};

/** Where the mark is. */
export const MARK = extraPath("patchbay");

interface Mark extends JsonObject {
  readonly type: "generic";
  readonly secret_extra: readonly string[];
}

function isMark(value: JsonValue | typeof MASKED | undefined): value is Mark {
  return (
    value !== undefined &&
    value !== MASKED &&
    isObject(value) &&
    fieldOf(value, "type") === "generic" &&
    isList(fieldOf(value, "secret_extra"))
  );
}

/** The secret keys of extra, as the marks name them. */
function secretPathsOf(
  views: readonly (AirflowView | undefined)[],
): ReadonlySet<string> {
  return new Set(
    views.flatMap((view) => {
      const mark = view?.get(MARK);
      return isMark(mark)
        ? mark.secret_extra.map((key) => extraPath(String(key)))
        : [];
    }),
  );
}

function encode(fields: FieldsToEncode): EncodedFields {
  const { config, secrets, current, parent } = fields;
  const isOverride = parent !== undefined;
  const patch = new Map<string, JsonValue>();
  const faults: Diagnostic[] = [];
  const fault = (path: readonly string[], detail: string) =>
    faults.push(errorDiagnostic({ code: "unsupported", path, detail }));
  const plainAt = isOverride ? "overrides" : "config";
  const secretAt = isOverride ? "override_secrets" : "secrets";
  const setMembers = (value: JsonValue, at: readonly string[]) => {
    if (!isObject(value)) {
      fault(at, oneByOne(at.slice(1).join(".")));
      return;
    }
    for (const [key, member] of Object.entries(value)) {
      const path = extraPath(key);
      if (path === MARK)
        fault(
          [...at, key],
          'On Astro, the key "patchbay" of extra is kept for Patchbay. Choose another name.',
        );
      if (patch.has(path))
        fault(
          [...at, key],
          "Astro keeps extra and secret_extra in one object, and this key is in both. Choose another name for one of them.",
        );
      const lost = lostMembersFault({
        path: [...at, key],
        stored: parent?.get(path),
        override: isOverride ? member : undefined,
      });
      if (lost !== undefined) faults.push(lost);
      patch.set(path, member);
    }
  };

  for (const [field, value] of Object.entries(config)) {
    if (field === "extra") setMembers(value, [plainAt, field]);
    else if (field !== "conn_type") patch.set(field, value);
    else if (isOverride)
      fault(
        [plainAt, field],
        "A deployment sees the connection's own type. Remove conn_type from the overrides.",
      );
  }
  const held = secretPathsOf([
    secrets === undefined ? current : undefined,
    parent,
  ]);
  for (const path of patch.keys())
    if (held.has(path))
      fault(
        [plainAt, "extra", extraKeyOf(path) ?? ""],
        "The connection has this key among its secrets, in secret_extra. Move it there, or choose another name.",
      );

  const plain = new Set(patch.keys());
  for (const [field, value] of Object.entries(secrets ?? {})) {
    if (field === "secret_extra") setMembers(value, [secretAt, field]);
    else patch.set(field, value);
  }
  const secretKeys =
    secrets === undefined
      ? [...secretPathsOf([current])]
      : [...patch.keys()].filter((path) => !plain.has(path));
  markSecrets(patch, secretKeys, isOverride);
  return { patch, faults };
}

/** Overrides have a mark only where they have secrets that it has to name. */
function markSecrets(
  patch: Map<string, JsonValue>,
  secretPaths: readonly string[],
  isOverride: boolean,
): void {
  const keys = secretPaths.flatMap((path) => extraKeyOf(path) ?? []);
  if (isOverride && keys.length === 0) return;
  const mark: Mark = { type: "generic", secret_extra: keys.sort() };
  patch.set(MARK, mark);
}

/** `airflowType` is undefined for overrides, which do not name it. */
function decode(
  airflowType: string | undefined,
  view: AirflowView,
  parent: AirflowView | undefined,
): DecodedFields {
  const secretPaths = secretPathsOf([view, parent]);
  const config: [string, JsonValue][] =
    airflowType === undefined ? [] : [["conn_type", airflowType]];
  const secrets: [string, JsonValue][] = [];
  const extra: [string, JsonValue][] = [];
  const secretExtra: [string, JsonValue][] = [];
  for (const [path, value] of view) {
    const key = extraKeyOf(path);
    const isSecret = path === "password" || secretPaths.has(path);
    if (path === MARK || (value === MASKED && !isSecret)) continue;
    // What stands in for a secret is never shown: only its name is.
    const shown = value === MASKED ? true : value;
    if (isSecret && key === undefined) secrets.push([path, shown]);
    else if (isSecret) secretExtra.push([key ?? "", shown]);
    else if (key !== undefined) extra.push([key, shown]);
    else config.push([path, shown]);
  }
  if (extra.length > 0) config.push(["extra", objectOf(extra)]);
  if (secretExtra.length > 0)
    secrets.push(["secret_extra", objectOf(secretExtra)]);
  return {
    config: objectOf(config),
    secretFields: leafPaths(objectOf(secrets)),
    rest: [],
  };
}
