/** A part of a statement that Upsolver shows. */
export type Token =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "name"; readonly value: string }
  | { readonly kind: "word"; readonly value: string }
  | { readonly kind: "symbol"; readonly value: string };

/**
 * Takes a statement apart: texts, quoted names, symbols, and every other run of
 * characters as a word. Comments and blanks are left out. Undefined where a
 * literal or a comment has no end.
 */
export function tokensOf(sql: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    const rest = sql.slice(at, at + 2);
    const character = sql[at]!;
    if (/\s/.test(character)) {
      at += 1;
    } else if (rest === "--") {
      const end = sql.indexOf("\n", at);
      at = end < 0 ? sql.length : end + 1;
    } else if (rest === "/*") {
      const end = sql.indexOf("*/", at + 2);
      if (end < 0) return undefined;
      at = end + 2;
    } else if (character === "'" || character === '"') {
      const quoted = quotedAt(sql, at);
      if (quoted === undefined) return undefined;
      tokens.push({
        kind: character === "'" ? "text" : "name",
        value: quoted.value,
      });
      at = quoted.end;
    } else if ("(),=;".includes(character)) {
      tokens.push({ kind: "symbol", value: character });
      at += 1;
    } else {
      const word = /^[^\s'"(),=;]+/.exec(sql.slice(at))![0];
      tokens.push({ kind: "word", value: word });
      at += word.length;
    }
  }
  return tokens;
}

/** A doubled quote stands for one. */
function quotedAt(
  sql: string,
  start: number,
): { readonly value: string; readonly end: number } | undefined {
  const quote = sql[start]!;
  let value = "";
  for (let at = start + 1; at < sql.length; at++) {
    if (sql[at] !== quote) {
      value += sql[at]!;
    } else if (sql[at + 1] === quote) {
      value += quote;
      at += 1;
    } else {
      return { value, end: at + 1 };
    }
  }
  return undefined;
}
