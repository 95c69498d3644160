import { type IResolvable, Token, Tokenization } from "./framework";
import {
  type Diagnostic,
  type DiagnosticPath,
  errorDiagnostic,
} from "../diagnostics";
import { KNOWN_AFTER_APPLY, objectOf, type Value } from "../model";
import { isSecret, type Secret } from "./secret";
import { templateOf } from "./template-text";

/** Secret fields as the catalogue names them; in overrides, null removes a field. */
export interface SecretFields {
  readonly [field: string]: SecretValue;
}
export type SecretValue =
  Secret | null | undefined | SecretFields | readonly SecretValue[];

/** Secret fields as Terraform gets them, and what is wrong with them. */
export interface ReadSecrets {
  /** Those that the state keeps. */
  readonly stored?: unknown;
  /** Those that only the provider sees. */
  readonly writeOnly?: unknown;
  /** For the checks: which fields are given, none with its value. */
  readonly value: Value | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the secret fields that were given at `path`. */
export function readSecretFields(
  fields: SecretFields | undefined,
  path: DiagnosticPath,
): ReadSecrets {
  if (fields === undefined) return { value: undefined, diagnostics: [] };
  const read = readSecretValue(fields, path);
  const stored = holdsSecret(read.stored) ? read.stored : undefined;
  const writeOnly =
    holdsSecret(read.writeOnly) || stored === undefined
      ? read.writeOnly
      : undefined;
  const mixed = stored !== undefined && writeOnly !== undefined;
  return {
    stored,
    // An empty object says "no secrets", which differs from saying nothing.
    writeOnly: stored === undefined ? (writeOnly ?? {}) : writeOnly,
    value: read.value,
    diagnostics: mixed
      ? [...read.diagnostics, mixedSides(path)]
      : read.diagnostics,
  };
}

function mixedSides(path: DiagnosticPath): Diagnostic {
  return errorDiagnostic({
    code: "conflicting_arguments",
    path,
    detail:
      "Some of these secrets are kept in the state, others are not. Terraform takes all of them one way: pass { storeInState: true } to every one or to none.",
  });
}

/** Whether it holds more than removals. */
function holdsSecret(template: unknown): boolean {
  if (template === null || template === undefined) return false;
  if (typeof template !== "object" || Tokenization.isResolvable(template))
    return true;
  return Object.values(template).some(holdsSecret);
}

interface ReadSecretValue {
  readonly stored: unknown;
  readonly writeOnly: unknown;
  readonly value: Value;
  readonly diagnostics: readonly Diagnostic[];
}

function readSecretValue(
  given: unknown,
  path: DiagnosticPath,
): ReadSecretValue {
  // A removal is no secret: it is said on the side where the secrets are.
  if (given === null)
    return { stored: null, writeOnly: null, value: null, diagnostics: [] };
  if (isSecret(given))
    return given.isLiteral
      ? literal(path)
      : {
          ...reference(given.toTemplate(), given.storeInState),
          diagnostics: given.doubts(path),
        };
  if (isToken(given))
    return reference(
      typeof given === "string" ? templateOf(given) : given,
      false,
    );
  if (typeof given !== "object" || given === null) return literal(path);
  return Array.isArray(given) ? readList(given, path) : readObject(given, path);
}

function readObject(given: object, path: DiagnosticPath): ReadSecretValue {
  const parts = Object.entries(given).flatMap(
    ([field, part]: [string, unknown]) =>
      part === undefined
        ? []
        : [{ field, read: readSecretValue(part, [...path, field]) }],
  );
  const side = (name: "stored" | "writeOnly") => {
    const entries = parts.flatMap(({ field, read }) =>
      read[name] === undefined
        ? []
        : [[templateOf(field), read[name]] as const],
    );
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  };
  return {
    stored: side("stored"),
    writeOnly: side("writeOnly"),
    value: objectOf(parts.map(({ field, read }) => [field, read.value])),
    diagnostics: parts.flatMap(({ read }) => read.diagnostics),
  };
}

/** A list stays in one piece: on the side of the state as soon as one of its items is. */
function readList(
  given: readonly unknown[],
  path: DiagnosticPath,
): ReadSecretValue {
  const items = given.map((item, index) =>
    readSecretValue(item, [...path, index]),
  );
  const templates = items.map((item) => item.stored ?? item.writeOnly);
  const inState = items.some((item) => holdsSecret(item.stored));
  return {
    stored: inState ? templates : undefined,
    writeOnly: inState ? undefined : templates,
    value: items.map((item) => item.value),
    diagnostics: items.flatMap((item) => item.diagnostics),
  };
}

function reference(template: unknown, storeInState: boolean): ReadSecretValue {
  return {
    stored: storeInState ? template : undefined,
    writeOnly: storeInState ? undefined : template,
    value: KNOWN_AFTER_APPLY,
    diagnostics: [],
  };
}

/** Left out of the document even where nobody validates. */
function literal(path: DiagnosticPath): ReadSecretValue {
  return {
    stored: undefined,
    writeOnly: undefined,
    value: KNOWN_AFTER_APPLY,
    diagnostics: [
      errorDiagnostic({
        code: "literal_secret",
        path,
        detail:
          'A literal stands where a secret belongs; it would be in clear in the code and in cdk.tf.json. Refer to it instead: Secret.fromVariable(this, "NAME") takes it from the environment variable TF_VAR_NAME. Secret.unsafePlainText(…) says that this value may be read by anybody.',
      }),
    ],
  };
}

function isToken(given: unknown): given is string | IResolvable {
  return typeof given === "string"
    ? Token.isUnresolved(given)
    : Tokenization.isResolvable(given);
}
