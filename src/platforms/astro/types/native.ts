import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import {
  type Checked,
  fieldOf,
  invalid,
  isObject,
  type JsonValue,
  objectOf,
  valid,
} from "../../../model";
import {
  type AirflowPatch,
  extraKeyOf,
  extraPath,
  MASKED,
  standardFields,
} from "../airflow-fields";
import type { AstroType, FieldsToEncode } from "../astro-type";

/** A type of Airflow as it is: host, port, schema, login and extra are plain, password is the secret. */
export function nativeType(airflowType: string): AstroType {
  return {
    name: `astro:${airflowType}`,
    airflowTypeOf: () => airflowType,
    accepts: (stored) => stored === airflowType,
    encode,
    decode: ({ view }) => {
      const config: [string, JsonValue][] = [];
      const extra: [string, JsonValue][] = [];
      for (const [path, value] of view) {
        if (path === "password" || value === MASKED) continue;
        const key = extraKeyOf(path);
        if (key === undefined) config.push([path, value]);
        else extra.push([key, value]);
      }
      if (extra.length > 0) config.push(["extra", objectOf(extra)]);
      const password = view.get("password");
      return {
        config: objectOf(config),
        secretFields:
          password === undefined || password === null ? [] : ["password"],
        rest: [],
      };
    },
    isSecretPath: (path) => path === "password",
  };
}

const plainFields: readonly string[] = standardFields.filter(
  (field) => field !== "password",
);

function encode({
  config,
  secrets,
  parent,
}: FieldsToEncode): Checked<AirflowPatch> {
  const isOverride = parent !== undefined;
  const plainAt = isOverride ? "overrides" : "config";
  const secretAt = isOverride ? "override_secrets" : "secrets";
  const patch = new Map<string, JsonValue>();
  const faults: Diagnostic[] = [];
  for (const [field, value] of Object.entries(config)) {
    const path = [plainAt, field];
    if (field === "extra" && isObject(value)) {
      for (const [key, member] of Object.entries(value))
        patch.set(extraPath(key), member);
    } else if (plainFields.includes(field)) {
      const written = field === "port" ? numberOf(value) : value;
      if (isScalarOf(field, written)) patch.set(field, written);
      else faults.push(wrongKind(path, field));
    } else if (field === "extra") {
      faults.push(wrongKind(path, field));
    } else {
      faults.push(unknownField(path, plainAt));
    }
  }
  const given = secrets ?? {};
  for (const field of Object.keys(given))
    if (field !== "password")
      faults.push(unknownField([secretAt, field], secretAt));
  const password = fieldOf(given, "password");
  if (password !== undefined) {
    if (isScalarOf("password", password)) patch.set("password", password);
    else faults.push(wrongKind([secretAt, "password"], "password"));
  }
  return faults.length > 0 ? invalid(...faults) : valid(patch);
}

function numberOf(value: JsonValue): JsonValue {
  return typeof value === "string" && /^\d{1,5}$/.test(value)
    ? Number(value)
    : value;
}

function isScalarOf(field: string, value: JsonValue): boolean {
  if (value === null) return true;
  return field === "port"
    ? typeof value === "number" && Number.isInteger(value)
    : typeof value === "string";
}

function wrongKind(path: readonly string[], field: string): Diagnostic {
  const kinds: Readonly<Record<string, string>> = {
    port: "a whole number",
    extra: "an object",
  };
  return errorDiagnostic({
    code: "invalid_field",
    path,
    detail: `The field ${field} of a native type of Astro has to be ${kinds[field] ?? "a text"}.`,
  });
}

function unknownField(path: readonly string[], at: string): Diagnostic {
  const isSecret = at === "secrets" || at === "override_secrets";
  return errorDiagnostic({
    code: "unknown_field",
    path,
    detail: isSecret
      ? "A native type of Astro has one secret, password. The type generic keeps further ones, in secret_extra."
      : `A native type of Astro has the fields ${plainFields.join(", ")} and extra; everything else belongs into extra.`,
  });
}
