import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import {
  type Checked,
  fieldOf,
  invalid,
  isList,
  isObject,
  type JsonObject,
  type JsonValue,
  leafPaths,
  objectOf,
  valid,
} from "../../../model";
import {
  type AirflowPatch,
  type AirflowView,
  extraKeyOf,
  extraPath,
  MASKED,
} from "../airflow-fields";
import type { AstroType, DecodedFields, FieldsToEncode } from "../astro-type";

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

const MARK = extraPath("patchbay");

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

function encode(fields: FieldsToEncode): Checked<AirflowPatch> {
  const { config, secrets, current, parent } = fields;
  const isOverride = parent !== undefined;
  const patch = new Map<string, JsonValue>();
  const faults: Diagnostic[] = [];
  const fault = (path: readonly string[], detail: string) =>
    faults.push(errorDiagnostic({ code: "unsupported", path, detail }));
  const plainAt = isOverride ? "overrides" : "config";
  const secretAt = isOverride ? "override_secrets" : "secrets";

  for (const [field, value] of Object.entries(config)) {
    if (field === "extra")
      setMembers({ patch, value, at: [plainAt, field], fault });
    else if (field !== "conn_type") patch.set(field, value);
    else if (isOverride)
      fault(
        [plainAt, field],
        "A deployment sees the connection's own type. Remove conn_type here.",
      );
  }
  if (patch.has(MARK))
    fault(
      [plainAt, "extra", "patchbay"],
      'On Astro, the key "patchbay" of extra is kept for Patchbay. Choose another name.',
    );

  const secretKeys = new Set<string>();
  if (secrets === undefined) {
    for (const path of secretPathsOf([current]))
      secretKeys.add(extraKeyOf(path) ?? "");
  }
  for (const [field, value] of Object.entries(secrets ?? {})) {
    if (field !== "secret_extra") {
      patch.set(field, value);
      continue;
    }
    const members = new Map<string, JsonValue>();
    setMembers({ patch: members, value, at: [secretAt, field], fault });
    for (const [path, member] of members) {
      if (patch.has(path))
        fault(
          [secretAt, field, extraKeyOf(path) ?? ""],
          "Astro keeps extra and secret_extra in one object, and this key is in both. Choose another name for one of them.",
        );
      patch.set(path, member);
      secretKeys.add(extraKeyOf(path) ?? "");
    }
  }
  if (!isOverride || secretKeys.size > 0) {
    const mark: Mark = {
      type: "generic",
      secret_extra: [...secretKeys].sort(),
    };
    patch.set(MARK, mark);
  }
  return faults.length > 0 ? invalid(...faults) : valid(patch);
}

function setMembers(options: {
  readonly patch: Map<string, JsonValue>;
  readonly value: JsonValue;
  readonly at: readonly string[];
  readonly fault: (path: readonly string[], detail: string) => void;
}): void {
  const { patch, value, at, fault } = options;
  if (!isObject(value)) {
    fault(
      at,
      "Astro keeps each member of extra by itself, so they can only be removed one by one: extra = { name = null }.",
    );
    return;
  }
  for (const [key, member] of Object.entries(value))
    patch.set(extraPath(key), member);
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
