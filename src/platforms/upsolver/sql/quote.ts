import { PatchbayError } from "../../../diagnostics";

/** A text literal: `'it''s'`. Rejects with `invalid_field` what no literal can surely hold; `what` says which value it is, never the value. */
export function quoteText(text: string, what: string): string {
  refuseUnsafe(text, "'", { code: "invalid_field", what });
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name, always quoted, so that no word of SQL gets in its way: `"my lake"`. Rejects with `invalid_name`. */
export function quoteName(name: string): string {
  refuseUnsafe(name, '"', {
    code: "invalid_name",
    what: `The name ${JSON.stringify(name)}`,
  });
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Upsolver does not say whether a backslash escapes the character after it. It
 * matters only before a quote and at the end: there, one way of reading ends the
 * literal where the other goes on. Two backslashes are a pair in both ways.
 */
function refuseUnsafe(
  text: string,
  quote: string,
  { code, what }: { code: "invalid_field" | "invalid_name"; what: string },
): void {
  const fault = faultOf(text, quote);
  if (fault === undefined) return;
  throw new PatchbayError({
    code,
    detail: `${what} ${fault}, so it cannot be written into a statement for Upsolver without a doubt about where it ends. Nothing was sent. Choose another value.`,
  });
}

function faultOf(text: string, quote: string): string | undefined {
  if (text.includes("\0")) return "holds a NUL character";
  if (/\p{Surrogate}/u.test(text)) return "holds half of a character";
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
