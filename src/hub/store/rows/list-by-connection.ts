import { type SelectQueryBuilder, sql } from "kysely";
import type { OwnerFilter, Slice } from "../store";
import type { Tables } from "../tables";
import { behind } from "./behind";

const keyColumns = [
  "connection.owner_kind",
  "connection.owner_name",
  "connection.name",
];

export interface ListByConnectionOptions {
  readonly filter: OwnerFilter;
  readonly slice: Slice;
  /** The column that sorts the rows of one connection: the name of what it is joined to. */
  readonly lastColumn: "workspace.name" | "deployment.name";
}

/** A slice of rows that join connections to something, sorted by the connection's key first. */
export function listByConnection<Row>(
  joined: SelectQueryBuilder<Tables, "connection", Row>,
  { filter, slice, lastColumn }: ListByConnectionOptions,
) {
  const { accountId, owner } = filter;
  const { after, limit } = slice;
  let query = joined.where("connection.account_id", "=", accountId);
  if (owner !== undefined) {
    query = query
      .where("connection.owner_kind", "=", owner.owner_kind)
      .where("connection.owner_name", "=", owner.owner_name);
  }
  if (after !== undefined)
    query = query.where(behind([...keyColumns, lastColumn], after));
  return query
    .orderBy("connection.owner_kind")
    .orderBy("connection.owner_name")
    .orderBy("connection.name")
    .orderBy(sql.ref(lastColumn))
    .limit(limit)
    .execute();
}
