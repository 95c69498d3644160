import { type IResolvable, Token, Tokenization } from "./framework";
import {
  type Diagnostic,
  type DiagnosticPath,
  errorDiagnostic,
} from "../diagnostics";
import { KNOWN_AFTER_APPLY, objectOf, type Value } from "../model";
import { isSecret } from "./secret";
import { templateOf } from "./template-text";

/**
 * Data as a user writes it: JSON in which tokens may stand anywhere. Strings
 * are literal text, `${…}` included; only tokens are replaced by Terraform.
 */
export type UserValue =
  | null
  | undefined
  | boolean
  | number
  | string
  | IResolvable
  | readonly UserValue[]
  | UserObject;

/** An object of such data; its keys are fields as the catalogue names them. */
export interface UserObject {
  readonly [field: string]: UserValue;
}

/** A user's value in the two forms in which it is needed, and what is wrong with it. */
export interface ReadValue {
  /** For the Terraform document: escaped, tokens still inside. */
  readonly template: unknown;
  /** For the checks: tokens are `KNOWN_AFTER_APPLY`. */
  readonly value: Value;
  readonly diagnostics: readonly Diagnostic[];
}

/** Deeper than any configuration; what goes further refers to itself. */
const MAX_DEPTH = 64;

/** Reads a value that was given at `path`. What is no data is left out of both forms and reported. */
export function readUserValue(given: unknown, path: DiagnosticPath): ReadValue {
  if (given === null) return known(null);
  if (typeof given === "boolean") return known(given);
  if (typeof given === "string") {
    return Token.isUnresolved(given)
      ? knownAfterApply(templateOf(given))
      : { ...known(given), template: templateOf(given) };
  }
  if (typeof given === "number") return readNumber(given, path);
  if (typeof given !== "object")
    return fault(
      path,
      `A value of type ${typeof given} cannot be written to Terraform.`,
    );
  if (isSecret(given)) return secretOutOfPlace(path);
  if (isTokenObject(given)) return knownAfterApply(given);
  if (path.length > MAX_DEPTH)
    return fault(
      path.slice(0, 3),
      "The value is nested too deeply, or contains itself.",
    );
  return Array.isArray(given) ? readList(given, path) : readObject(given, path);
}

function readNumber(given: number, path: DiagnosticPath): ReadValue {
  // cdktf writes number tokens as special doubles and takes this one number for a map of them.
  if (given === Token.NUMBER_MAP_TOKEN_VALUE)
    return { ...known(given), template: `\${${given}}` };
  if (Token.isUnresolved(given)) return knownAfterApply(given);
  return Number.isFinite(given)
    ? known(given)
    : fault(path, `${given} is not a number that can be written down.`);
}

function readList(given: readonly unknown[], path: DiagnosticPath): ReadValue {
  const items = given.flatMap((item, index) =>
    item === undefined ? [] : [readUserValue(item, [...path, index])],
  );
  return {
    template: items.map((item) => item.template),
    value: items.map((item) => item.value),
    diagnostics: items.flatMap((item) => item.diagnostics),
  };
}

function readObject(given: object, path: DiagnosticPath): ReadValue {
  const prototype: unknown = Object.getPrototypeOf(given);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    return fault(
      path,
      `An object of class ${given.constructor.name} cannot be written to Terraform. Give plain data.`,
    );
  }
  const fields = Object.entries(given).flatMap(
    ([field, part]: [string, unknown]) =>
      part === undefined
        ? []
        : [{ field, read: readUserValue(part, [...path, field]) }],
  );
  const template = Object.fromEntries(
    fields.map(({ field, read }) => [templateOf(field), read.template]),
  );
  return {
    template,
    value: fields.some(({ field }) => Token.isUnresolved(field))
      ? KNOWN_AFTER_APPLY
      : objectOf(fields.map(({ field, read }) => [field, read.value])),
    diagnostics: fields.flatMap(({ read }) => read.diagnostics),
  };
}

/** Resolvables, and the lists and maps that cdktf writes in their place. */
/** Whether it is an object of fields, and nothing that stands for a value. */
export function isPlainObject(given: UserValue): given is UserObject {
  return (
    typeof given === "object" &&
    given !== null &&
    !Array.isArray(given) &&
    !isSecret(given) &&
    !isTokenObject(given)
  );
}

function isTokenObject(given: object): boolean {
  return (
    Tokenization.isResolvable(given) ||
    Token.isUnresolved(given) ||
    (!Array.isArray(given) &&
      Object.keys(given).some((key) => key.startsWith("&{TfToken[")))
  );
}

function known(value: null | boolean | number | string): ReadValue {
  return { template: value, value, diagnostics: [] };
}

function knownAfterApply(template: unknown): ReadValue {
  return { template, value: KNOWN_AFTER_APPLY, diagnostics: [] };
}

function fault(path: DiagnosticPath, detail: string): ReadValue {
  return leftOut(errorDiagnostic({ code: "invalid_field", path, detail }));
}

function secretOutOfPlace(path: DiagnosticPath): ReadValue {
  return leftOut(
    errorDiagnostic({
      code: "secret_in_config",
      path,
      detail:
        "A Secret stands among the plain fields. Move it to the secrets, so that it is neither shown nor stored in clear.",
    }),
  );
}

function leftOut(diagnostic: Diagnostic): ReadValue {
  return {
    template: undefined,
    value: KNOWN_AFTER_APPLY,
    diagnostics: [diagnostic],
  };
}
