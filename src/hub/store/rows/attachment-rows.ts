import type { Kysely } from "kysely";
import type { AttachmentRows } from "../store";
import type { Tables } from "../tables";
import { listByConnection } from "./list-by-connection";

export function attachmentRows(database: Kysely<Tables>): AttachmentRows {
  const named = database
    .selectFrom("attachment")
    .innerJoin("connection", "connection.id", "attachment.connection_id")
    .innerJoin("workspace", "workspace.id", "attachment.workspace_id")
    .selectAll("attachment")
    .select([
      "connection.owner_kind",
      "connection.owner_name",
      "connection.name as connection_name",
      "workspace.name as workspace_name",
    ]);
  return {
    find(connectionId, workspaceId) {
      return database
        .selectFrom("attachment")
        .selectAll()
        .where("connection_id", "=", connectionId)
        .where("workspace_id", "=", workspaceId)
        .executeTakeFirst();
    },
    list(filter, slice) {
      return listByConnection(named, {
        filter,
        slice,
        lastColumn: "workspace.name",
      });
    },
    listOf(connectionId) {
      return named
        .where("attachment.connection_id", "=", connectionId)
        .orderBy("workspace.name")
        .execute();
    },
    async insert(row) {
      await database.insertInto("attachment").values(row).execute();
    },
    async remove(id) {
      await database.deleteFrom("attachment").where("id", "=", id).execute();
    },
  };
}
