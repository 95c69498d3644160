import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import {
  isObject,
  type JsonObject,
  type JsonValue,
  objectOf,
} from "../../../model";
import {
  extraKeyOf,
  extraPath,
  MASKED,
  standardFields,
} from "./airflow-fields";
import type {
  AstroType,
  DecodedFields,
  EncodedFields,
  FieldsToDecode,
  FieldsToEncode,
} from "./astro-type";
import { oneByOne, splitSecret } from "./free-fields";
import { lostMembersFault } from "./lost-members";

/**
 * A type of Airflow as it is: host, port, schema, login and extra are plain,
 * password is the secret. `isSecretInExtra` says which paths in extra are secret
 * nevertheless, because the catalogue's type of the same name keeps secrets there.
 */
export function nativeType(
  airflowType: string,
  isSecretInExtra: (path: string) => boolean,
): AstroType {
  const isSecretPath = (path: string) =>
    path === "password" || isSecretInExtra(path);
  return {
    name: `astro:${airflowType}`,
    airflowTypeOf: () => airflowType,
    encode: (fields) => encode(fields, isSecretInExtra),
    decode: (fields) => decode(fields, isSecretPath),
    isSecretPath,
  };
}

function decode(
  { view, known }: FieldsToDecode,
  isSecretPath: (path: string) => boolean,
): DecodedFields {
  const config: [string, JsonValue][] = [];
  const extra: [string, JsonValue][] = [];
  const secretFields: string[] = [];
  for (const [path, value] of view) {
    const key = extraKeyOf(path);
    if (isSecretPath(path) || value === MASKED) {
      if (value !== null && (key !== undefined || path === "password"))
        secretFields.push(path);
      continue;
    }
    if (key === undefined) {
      config.push([path, value]);
      continue;
    }
    const parts = splitSecret(path, value, known?.secretFields ?? []);
    secretFields.push(...parts.names);
    if (parts.plain !== undefined) extra.push([key, parts.plain]);
  }
  if (extra.length > 0) config.push(["extra", objectOf(extra)]);
  return { config: objectOf(config), secretFields: secretFields.sort() };
}

const plainFields: readonly string[] = standardFields.filter(
  (field) => field !== "password",
);

function encode(
  { config, secrets, parent }: FieldsToEncode,
  isSecretInExtra: (path: string) => boolean,
): EncodedFields {
  const isOverride = parent !== undefined;
  const plainAt = isOverride ? "overrides" : "config";
  const secretAt = isOverride ? "override_secrets" : "secrets";
  const patch = new Map<string, JsonValue>();
  const faults: Diagnostic[] = [];
  const setExtra = (members: JsonObject, at: string) => {
    for (const [key, member] of Object.entries(members)) {
      const path = [at, "extra", key];
      if (at !== secretAt && isSecretInExtra(extraPath(key)))
        faults.push(misplacedInExtra(path, secretAt));
      if (patch.has(extraPath(key))) faults.push(givenTwice(path));
      const lost = lostMembersFault({
        path,
        stored: parent?.get(extraPath(key)),
        override: isOverride ? member : undefined,
      });
      if (lost !== undefined) faults.push(lost);
      patch.set(extraPath(key), member);
    }
  };
  for (const [field, value] of Object.entries(config)) {
    const path = [plainAt, field];
    if (field === "extra" && isObject(value)) {
      setExtra(value, plainAt);
    } else if (field === "extra" && value === null) {
      faults.push(
        errorDiagnostic({ code: "unsupported", path, detail: oneByOne(field) }),
      );
    } else if (field === "extra") {
      faults.push(wrongKind(path, field));
    } else if (!plainFields.includes(field)) {
      faults.push(unknownField(path, plainAt));
    } else if (isScalarOf(field, value)) {
      patch.set(field, value);
    } else {
      faults.push(wrongKind(path, field));
    }
  }
  for (const [field, value] of Object.entries(secrets ?? {})) {
    const path = [secretAt, field];
    if (field === "extra" && isObject(value)) setExtra(value, secretAt);
    else if (field !== "password") faults.push(unknownField(path, secretAt));
    else if (isScalarOf(field, value)) patch.set(field, value);
    else faults.push(wrongKind(path, field));
  }
  return { patch, faults };
}

function isScalarOf(field: string, value: JsonValue): boolean {
  if (value === null) return true;
  return field === "port"
    ? typeof value === "number" &&
        Number.isInteger(value) &&
        value >= 1 &&
        value <= 65_535
    : typeof value === "string";
}

function wrongKind(path: readonly string[], field: string): Diagnostic {
  const kinds: Readonly<Record<string, string>> = {
    port: "a whole number from 1 to 65535, without quotes",
    extra: "an object of fields",
  };
  return errorDiagnostic({
    code: "invalid_field",
    path,
    detail: `The field ${field} of a native type of Astro has to be ${kinds[field] ?? "a text"}.`,
  });
}

function misplacedInExtra(
  path: readonly string[],
  secretAt: string,
): Diagnostic {
  const name = JSON.stringify(path.at(-1));
  return errorDiagnostic({
    code: "secret_in_config",
    path,
    detail: `${name} of extra is a secret. Move it to extra among the secrets: ${secretAt} = { extra = { ${name} = … } }.`,
  });
}

function givenTwice(path: readonly string[]): Diagnostic {
  return errorDiagnostic({
    code: "unsupported",
    path,
    detail:
      "Airflow has one extra, and this key is given both as a plain field and as a secret. Remove one of the two.",
  });
}

function unknownField(path: readonly string[], at: string): Diagnostic {
  const isSecret = at === "secrets" || at === "override_secrets";
  return errorDiagnostic({
    code: "unknown_field",
    path,
    detail: isSecret
      ? "The secrets of a native type of Astro are password and, in extra, whatever keys are secret."
      : `A native type of Astro has the fields ${plainFields.join(", ")} and extra; everything else belongs into extra.`,
  });
}
