/** A piece of a statement. Quoted pieces are told apart from bare ones. */
export interface Piece {
  readonly kind: "string" | "identifier" | "bare" | "punctuation";
  readonly text: string;
}

const pattern =
  /(?<blank>\s+|--[^\n]*|\/\*[\s\S]*?\*\/)|'(?<string>(?:[^']|'')*)'|"(?<identifier>(?:[^"]|"")*)"|(?<bare>[A-Za-z_][A-Za-z0-9_]*|-?\d+)|(?<punctuation>[=(),.;*])/uy;

/** The pieces of a statement, comments and blanks left out. Throws where something is none. */
export function piecesOf(sql: string): readonly Piece[] {
  const pieces: Piece[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < sql.length) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(sql)?.groups;
    if (groups === undefined)
      throw new Refusal(
        `Syntax error at position ${at}: ${sql.slice(at, at + 80)}`,
      );
    for (const kind of [
      "string",
      "identifier",
      "bare",
      "punctuation",
    ] as const) {
      const text = groups[kind];
      if (text === undefined) continue;
      const quote = kind === "string" ? "'" : '"';
      pieces.push({
        kind,
        text:
          kind === "string" || kind === "identifier"
            ? text.split(quote + quote).join(quote)
            : text,
      });
    }
  }
  return pieces;
}

/** What the platform says no with. */
export class Refusal extends Error {}
