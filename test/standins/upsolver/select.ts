import type { PieceReader } from "./piece-reader";
import { Refusal } from "./statement-lexer";

/** A question about one table: as much of SELECT as the vendor's clients say. */
export interface Select {
  readonly columns: "*" | readonly SelectedColumn[];
  /** `system.information_schema.jobs`, in small letters. */
  readonly table: string;
  /** All of them have to hold. */
  readonly where: readonly { readonly column: string; readonly is: string }[];
  /** GROUP BY with the numbers of columns: each row once. */
  readonly grouped: boolean;
  readonly limit: number | undefined;
}

interface SelectedColumn {
  readonly title: string;
  readonly value:
    | { readonly column: string }
    | { readonly text: string }
    | { readonly number: string };
}

/** The rows of a table, with the columns that it has. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string | undefined>>[];
}

/** What is answered. */
export interface Grid {
  readonly columns: readonly {
    readonly name: string;
    readonly clazz: string;
  }[];
  /** Everything is a text, as in the SDK's samples. */
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Reads what comes after the word SELECT. */
export function readSelect(reader: PieceReader): Select {
  const columns = columnsOf(reader);
  reader.expect("FROM");
  const table = reader.path(() => reader.word());
  // dbt's adapter asks for `… jobs limit1`, which is an alias.
  if (reader.skip("AS") || !isClause(reader)) reader.word();
  const where = reader.skip("WHERE") ? conditionsOf(reader) : [];
  const grouped = reader.skip("GROUP");
  if (grouped) {
    reader.expect("BY");
    do reader.bare();
    while (reader.skip(","));
  }
  const limit = reader.skip("LIMIT") ? Number(reader.bare()) : undefined;
  return {
    columns,
    table: table.join(".").toLowerCase(),
    where,
    grouped,
    limit,
  };
}

function isClause(reader: PieceReader): boolean {
  return (
    reader.done() ||
    ["WHERE", "GROUP", "LIMIT", ";"].some((word) => reader.at(word))
  );
}

function columnsOf(reader: PieceReader): Select["columns"] {
  if (reader.skip("*")) return "*";
  const columns: SelectedColumn[] = [];
  do {
    const text = reader.trySkip("string");
    const piece = text ?? reader.word();
    const isNumber = text === undefined && /^\d+$/.test(piece);
    const title = reader.skip("AS") ? reader.word() : piece;
    columns.push({
      title,
      value:
        text !== undefined
          ? { text }
          : isNumber
            ? { number: piece }
            : { column: piece.toLowerCase() },
    });
  } while (reader.skip(","));
  return columns;
}

function conditionsOf(reader: PieceReader): Select["where"] {
  const conditions: { column: string; is: string }[] = [];
  do {
    const column = reader.word().toLowerCase();
    reader.expect("=");
    conditions.push({ column, is: reader.string() });
  } while (reader.skip("AND"));
  return conditions;
}

/** Throws a `Refusal` where the table has no such column. */
export function runSelect(select: Select, table: Table): Grid {
  const { where, grouped, limit } = select;
  const known = (column: string) => {
    if (table.columns.includes(column)) return column;
    throw new Refusal(`Column ${column} does not exist`);
  };
  for (const { column } of where) known(column);
  const columns: readonly SelectedColumn[] =
    select.columns === "*"
      ? table.columns.map((column) => ({ title: column, value: { column } }))
      : select.columns;
  const cells = columns.map(
    ({ value }) =>
      (row: Table["rows"][number]): string | null => {
        if ("text" in value) return value.text;
        if ("number" in value) return value.number;
        return row[value.column] ?? null;
      },
  );
  for (const { value } of columns) if ("column" in value) known(value.column);
  const rows = table.rows
    .filter((row) => where.every(({ column, is }) => row[column] === is))
    .map((row) => cells.map((cell) => cell(row)));
  const once = new Map(rows.map((row) => [JSON.stringify(row), row]));
  return {
    columns: columns.map(({ title, value }) => ({
      name: title,
      clazz: "number" in value ? "NumberColumnType" : "StringColumnType",
    })),
    rows: (grouped ? [...once.values()] : rows).slice(0, limit),
  };
}
