import type { Kysely } from "kysely";
import type { LinkRows } from "../store";
import type { Tables } from "../tables";
import { behind } from "./behind";

const keyColumns = [
  "connection.owner_kind",
  "connection.owner_name",
  "connection.name",
  "deployment.name",
];

export function linkRows(database: Kysely<Tables>): LinkRows {
  const named = database
    .selectFrom("link")
    .innerJoin("connection", "connection.id", "link.connection_id")
    .innerJoin("deployment", "deployment.id", "link.deployment_id")
    .selectAll("link")
    .select([
      "connection.owner_kind",
      "connection.owner_name",
      "connection.name as connection_name",
      "deployment.name as deployment_name",
    ]);
  return {
    find(connectionId, deploymentId) {
      return database
        .selectFrom("link")
        .selectAll()
        .where("connection_id", "=", connectionId)
        .where("deployment_id", "=", deploymentId)
        .executeTakeFirst();
    },
    list({ accountId, owner }, { after, limit }) {
      let query = named.where("connection.account_id", "=", accountId);
      if (owner !== undefined) {
        query = query
          .where("connection.owner_kind", "=", owner.owner_kind)
          .where("connection.owner_name", "=", owner.owner_name);
      }
      if (after !== undefined) query = query.where(behind(keyColumns, after));
      return query
        .orderBy("connection.owner_kind")
        .orderBy("connection.owner_name")
        .orderBy("connection.name")
        .orderBy("deployment.name")
        .limit(limit)
        .execute();
    },
    listOf(connectionId) {
      return named
        .where("link.connection_id", "=", connectionId)
        .orderBy("deployment.name")
        .execute();
    },
    async insert(row) {
      await database.insertInto("link").values(row).execute();
    },
    async update(row) {
      await database
        .updateTable("link")
        .set(row)
        .where("id", "=", row.id)
        .execute();
    },
    async remove(id) {
      await database.deleteFrom("link").where("id", "=", id).execute();
    },
  };
}
