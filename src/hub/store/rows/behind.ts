import { type RawBuilder, sql, type SqlBool } from "kysely";

/** Whether a row's sort keys come after those of the last row of the page before. */
export function behind(
  columns: readonly string[],
  after: readonly string[],
): RawBuilder<SqlBool> {
  const references = columns.map((column) => sql.ref(column));
  return sql<SqlBool>`(${sql.join(references)}) > (${sql.join(after)})`;
}
