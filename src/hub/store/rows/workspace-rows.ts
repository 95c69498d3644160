import type { Kysely } from "kysely";
import type { WorkspaceRows } from "../store";
import type { Tables } from "../tables";
import {
  connectionsAttachedTo,
  connectionsWhere,
  deploymentsWhere,
  usesOf,
} from "./uses";

export function workspaceRows(database: Kysely<Tables>): WorkspaceRows {
  return {
    find(accountId, name) {
      return database
        .selectFrom("workspace")
        .selectAll()
        .where("account_id", "=", accountId)
        .where("name", "=", name)
        .executeTakeFirst();
    },
    list(accountId, { after, limit }) {
      return database
        .selectFrom("workspace")
        .selectAll()
        .where("account_id", "=", accountId)
        .$if(after !== undefined, (query) =>
          query.where("name", ">", after?.[0] ?? ""),
        )
        .orderBy("name")
        .limit(limit)
        .execute();
    },
    async insert(row) {
      await database.insertInto("workspace").values(row).execute();
    },
    async rename(id, name) {
      await database
        .updateTable("workspace")
        .set({ name })
        .where("id", "=", id)
        .execute();
      await database
        .updateTable("connection")
        .set({ owner_name: name })
        .where("workspace_id", "=", id)
        .execute();
    },
    async remove(id) {
      await database.deleteFrom("workspace").where("id", "=", id).execute();
    },
    async uses(id) {
      return usesOf({
        deployments: await deploymentsWhere(database, "workspace_id", id),
        connections: await connectionsWhere(database, "workspace_id", id),
        attachments: await connectionsAttachedTo(database, id),
      });
    },
  };
}
