import type { Kysely } from "kysely";
import type { ConnectionRows } from "../store";
import type { ConnectionRow, Tables } from "../tables";
import { behind } from "./behind";
import { visibleConnections } from "./visible-connections";

const keyColumns = ["owner_kind", "owner_name", "name"];

export function connectionRows(database: Kysely<Tables>): ConnectionRows {
  return {
    find(accountId, { owner_kind, owner_name, connection_name }) {
      return database
        .selectFrom("connection")
        .selectAll()
        .where("account_id", "=", accountId)
        .where("owner_kind", "=", owner_kind)
        .where("owner_name", "=", owner_name)
        .where("name", "=", connection_name)
        .executeTakeFirst();
    },
    list({ accountId, owner, type }, { after, limit }) {
      let query = database
        .selectFrom("connection")
        .selectAll()
        .where("account_id", "=", accountId);
      if (owner !== undefined) {
        query = query
          .where("owner_kind", "=", owner.owner_kind)
          .where("owner_name", "=", owner.owner_name);
      }
      if (type !== undefined) query = query.where("type", "=", type);
      if (after !== undefined) query = query.where(behind(keyColumns, after));
      return query
        .orderBy("owner_kind")
        .orderBy("owner_name")
        .orderBy("name")
        .limit(limit)
        .execute();
    },
    async insert(row) {
      await database.insertInto("connection").values(row).execute();
    },
    async update(row: ConnectionRow) {
      await database
        .updateTable("connection")
        .set(row)
        .where("id", "=", row.id)
        .execute();
    },
    async remove(id) {
      await database.deleteFrom("connection").where("id", "=", id).execute();
    },
    listVisible(deployment, slice) {
      return visibleConnections(database, deployment, slice);
    },
  };
}
