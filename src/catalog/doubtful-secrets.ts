import {
  type Diagnostic,
  type DiagnosticPath,
  warningDiagnostic,
} from "../diagnostics";
import { isList, isObject, type Value } from "../model";

/**
 * A warning for each secret that is hardly meant as it is: what a file or a
 * shell adds to one, and what stands where one has still to be filled in. Only
 * where a secret is, never which; what is not known yet is taken as it comes.
 */
export function doubtfulSecrets(
  value: Value,
  path: DiagnosticPath,
): readonly Diagnostic[] {
  if (typeof value === "string") return doubtfulSecret(value, path);
  if (isList(value))
    return value.flatMap((item, index) =>
      doubtfulSecrets(item, [...path, index]),
    );
  return isObject(value)
    ? Object.entries(value).flatMap(([field, part]) =>
        doubtfulSecrets(part, [...path, field]),
      )
    : [];
}

/** The same of one text. */
export function doubtfulSecret(
  text: string,
  path: DiagnosticPath,
): readonly Diagnostic[] {
  const doubt = doubtOf(text);
  return doubt === undefined
    ? []
    : [warningDiagnostic({ code: "doubtful_secret", path, detail: doubt })];
}

function doubtOf(text: string): string | undefined {
  const inner = text.trim();
  if (inner === "")
    return text === ""
      ? undefined
      : "The secret consists of nothing but blanks and line breaks. Check where its value comes from.";
  if (placeholder.test(inner))
    return "The secret looks like a placeholder that was never filled in. Give the secret itself.";
  if (inner === text || hasBlanksOfItsOwn(inner)) return undefined;
  return /[\r\n]$/.test(text)
    ? "The secret ends in a line break, as what is read from a file or printed by a command often does, and it is sent with it. Take it away, unless it belongs to the secret."
    : "The secret begins or ends with a blank or a line break, and it is sent with it. Take it away, unless it belongs to the secret.";
}

/** Keys and certificates end in a line break, and JSON may stand between blanks. */
function hasBlanksOfItsOwn(inner: string): boolean {
  return /[\r\n]/.test(inner) || /^(?:[{[]|-----BEGIN )/.test(inner);
}

/** The whole value: a password may have such words in it. */
const placeholder =
  /^(?:(?:todo|tbd|fixme)(?::.*)?|(?:change|replace|fill)[ _-]?me|<[^<>]*>|\.{3}|…|x{3,}|\*{3,})$/i;
