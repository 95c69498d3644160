import { PieceReader } from "./piece-reader";
import { readSelect, type Select } from "./select";
import { piecesOf, Refusal } from "./statement-lexer";

export type Literal = string | number | boolean | readonly string[];

export type Statement =
  | {
      readonly kind: "create" | "alter";
      readonly type: string;
      readonly name: string;
      readonly options: ReadonlyMap<string, Literal>;
    }
  | { readonly kind: "drop"; readonly name: string; readonly ifExists: boolean }
  | {
      readonly kind: "drop view";
      /** Its name, and what it is in before it. */
      readonly path: readonly string[];
      readonly ifExists: boolean;
    }
  | {
      readonly kind: "show";
      readonly what: "CONNECTION" | "JOB";
      readonly name: string;
    }
  | { readonly kind: "select"; readonly select: Select };

export interface ReaderOptions {
  /** Whether names are folded to small letters, quoted or not. @default false */
  readonly foldsNames?: boolean;
}

/** Reads the statements about connections that there are, and what the vendor's clients ask besides. Throws a `Refusal` for everything else. */
export function readStatement(
  sql: string,
  { foldsNames = false }: ReaderOptions = {},
): Statement {
  const reader = new PieceReader(piecesOf(sql), foldsNames);
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
    const what = reader.skip("JOB") ? "JOB" : "CONNECTION";
    if (what === "CONNECTION") reader.expect(what);
    return { kind: "show", what, name: reader.name() };
  }
  if (reader.skip("SELECT"))
    return { kind: "select", select: readSelect(reader) };
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
  const isView = reader.skip("MATERIALIZED");
  if (isView) reader.expect("VIEW");
  else {
    // The type may be said.
    if (!reader.at("CONNECTION")) reader.bare();
    reader.expect("CONNECTION");
  }
  const ifExists = reader.skip("IF");
  if (ifExists) reader.expect("EXISTS");
  return isView
    ? { kind: "drop view", path: reader.path(() => reader.name()), ifExists }
    : { kind: "drop", name: reader.name(), ifExists };
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
  if (kind === "string") return text;
  // Another connection.
  if (kind === "identifier") return reader.folded(text);
  if (kind === "punctuation") throw reader.syntaxError();
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return /^-?\d+$/.test(text) ? Number(text) : text;
}
