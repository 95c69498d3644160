import { type Piece, piecesOf, Refusal } from "./statement-lexer";

export type Literal = string | number | boolean | readonly string[];

export type Statement =
  | {
      readonly kind: "create" | "alter";
      readonly type: string;
      readonly name: string;
      readonly options: ReadonlyMap<string, Literal>;
    }
  | { readonly kind: "drop"; readonly name: string; readonly ifExists: boolean }
  | { readonly kind: "show"; readonly name: string }
  | { readonly kind: "select"; readonly name: string | undefined };

/** Reads the statements about connections that there are. Throws a `Refusal` for everything else. */
export function readStatement(sql: string): Statement {
  const reader = new PieceReader(piecesOf(sql));
  const statement = statementOf(reader);
  reader.skip(";");
  if (!reader.done()) throw reader.syntaxError();
  return statement;
}

function statementOf(reader: PieceReader): Statement {
  if (reader.skip("CREATE")) return changeOf("create", reader);
  if (reader.skip("ALTER")) return changeOf("alter", reader);
  if (reader.skip("DROP")) return dropOf(reader);
  if (reader.skip("SHOW")) {
    reader.expect("CREATE");
    reader.expect("CONNECTION");
    return { kind: "show", name: reader.name() };
  }
  if (reader.skip("SELECT")) return selectOf(reader);
  throw reader.syntaxError();
}

function changeOf(kind: "create" | "alter", reader: PieceReader): Statement {
  const type = reader.bare().toUpperCase();
  reader.expect("CONNECTION");
  const name = reader.name();
  const options = new Map<string, Literal>();
  while (!reader.done() && !reader.at(";")) {
    if (kind === "alter") reader.expect("SET");
    const option = reader.bare().toUpperCase();
    reader.expect("=");
    if (options.has(option))
      throw new Refusal(`Option ${option} is given twice`);
    options.set(option, literalOf(reader));
  }
  return { kind, type, name, options };
}

function dropOf(reader: PieceReader): Statement {
  if (!reader.at("CONNECTION")) reader.bare();
  reader.expect("CONNECTION");
  const ifExists = reader.skip("IF");
  if (ifExists) reader.expect("EXISTS");
  return { kind: "drop", name: reader.name(), ifExists };
}

function selectOf(reader: PieceReader): Statement {
  reader.expect("NAME");
  reader.expect("FROM");
  const path = [reader.name()];
  while (reader.skip(".")) path.push(reader.name());
  if (path.join(".").toLowerCase() !== "system.information_schema.connections")
    throw new Refusal(`Table ${path.join(".")} does not exist`);
  if (!reader.skip("WHERE")) return { kind: "select", name: undefined };
  reader.expect("NAME");
  reader.expect("=");
  return { kind: "select", name: reader.string() };
}

function literalOf(reader: PieceReader): Literal {
  if (reader.skip("(")) {
    const items = [reader.string()];
    while (reader.skip(",")) items.push(reader.string());
    reader.expect(")");
    return items;
  }
  if (reader.skip("INTERVAL")) {
    const amount = reader.string();
    return `INTERVAL '${amount}' ${reader.bare().toUpperCase()}`;
  }
  const { kind, text } = reader.next();
  if (kind === "string" || kind === "identifier") return text;
  if (kind === "punctuation") throw reader.syntaxError();
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

class PieceReader {
  readonly #pieces: readonly Piece[];
  #position = 0;

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  done(): boolean {
    return this.#position >= this.#pieces.length;
  }

  at(word: string): boolean {
    const piece = this.#pieces[this.#position];
    return (
      piece !== undefined &&
      (piece.kind === "bare" || piece.kind === "punctuation") &&
      piece.text.toUpperCase() === word
    );
  }

  skip(word: string): boolean {
    if (!this.at(word)) return false;
    this.#position += 1;
    return true;
  }

  expect(word: string): void {
    if (!this.skip(word)) throw this.syntaxError();
  }

  next(): Piece {
    const piece = this.#pieces[this.#position++];
    if (piece === undefined) throw this.syntaxError();
    return piece;
  }

  bare(): string {
    return this.#of("bare");
  }

  string(): string {
    return this.#of("string");
  }

  name(): string {
    const piece = this.next();
    if (piece.kind !== "identifier" && piece.kind !== "bare")
      throw this.syntaxError();
    return piece.text;
  }

  /** As databases do: it quotes what it could not read, secrets included. */
  syntaxError(): Refusal {
    const near = this.#pieces
      .slice(Math.max(0, this.#position - 2), this.#position + 2)
      .map(({ text }) => text);
    return new Refusal(`Syntax error near: ${near.join(" ")}`);
  }

  #of(kind: Piece["kind"]): string {
    const piece = this.next();
    if (piece.kind !== kind) throw this.syntaxError();
    return piece.text;
  }
}
