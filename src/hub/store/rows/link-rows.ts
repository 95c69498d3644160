import type { Kysely } from "kysely";
import type { LinkRows } from "../store";
import type { Tables } from "../tables";
import { listByConnection } from "./list-by-connection";

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
    list(filter, slice) {
      return listByConnection(named, {
        filter,
        slice,
        lastColumn: "deployment.name",
      });
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
