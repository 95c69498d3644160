import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import { refuse } from "../../kit";

/** A text literal: `'it''s'`. Rejects with the faults of the text; `what` says which value it is, never the value. */
export function quoteText(text: string, what: string): string {
  refuse(textFaults(text, what));
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name, always quoted, so that no word of SQL gets in its way: `"my lake"`. Rejects with the faults of the name. */
export function quoteName(name: string): string {
  refuse(nameFaults(name));
  return `"${name.replaceAll('"', '""')}"`;
}

/** What no text literal can surely hold, as `invalid_field`. */
export function textFaults(text: string, what: string): readonly Diagnostic[] {
  return faults(faultOf(text, "'"), { code: "invalid_field", what });
}

/** What no quoted name can surely hold, as `invalid_name`. */
export function nameFaults(name: string): readonly Diagnostic[] {
  return faults(faultOf(name, '"'), {
    code: "invalid_name",
    what: `The name ${JSON.stringify(name)}`,
  });
}

/** What no text should hold, wherever it is written, as `invalid_field`. */
export function characterFaults(
  text: string,
  what: string,
): readonly Diagnostic[] {
  return faults(badCharacter(text), { code: "invalid_field", what });
}

function faults(
  fault: string | undefined,
  { code, what }: { code: "invalid_field" | "invalid_name"; what: string },
): readonly Diagnostic[] {
  if (fault === undefined) return [];
  return [
    errorDiagnostic({
      code,
      detail: `${what} ${fault}, so it cannot be written into a statement for Upsolver without a doubt about where it ends. Choose another one.`,
    }),
  ];
}

/**
 * Upsolver does not say whether a backslash escapes the character after it. It
 * matters only before a quote and at the end: there, one way of reading ends the
 * literal where the other goes on. Two backslashes are a pair in both ways.
 */
function faultOf(text: string, quote: string): string | undefined {
  const bad = badCharacter(text);
  if (bad !== undefined) return bad;
  for (const { 0: run, index } of text.matchAll(/\\+/g)) {
    const next = text[index + run.length];
    if (run.length % 2 === 0 || (next !== undefined && next !== quote))
      continue;
    return next === undefined
      ? "ends with a backslash"
      : `holds a backslash before a ${quote}`;
  }
  return undefined;
}

function badCharacter(text: string): string | undefined {
  if (text.includes("\0")) return "holds a NUL character";
  return /\p{Surrogate}/u.test(text) ? "holds half of a character" : undefined;
}
