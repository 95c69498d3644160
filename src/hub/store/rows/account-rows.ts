import type { Kysely } from "kysely";
import type { AccountRows } from "../store";
import type { Tables } from "../tables";
import { behind } from "./behind";
import {
  connectionsWhere,
  deploymentsWhere,
  usesOf,
  workspacesOf,
} from "./uses";

export function accountRows(database: Kysely<Tables>): AccountRows {
  return {
    find({ kind, name }) {
      return database
        .selectFrom("account")
        .selectAll()
        .where("kind", "=", kind)
        .where("name", "=", name)
        .executeTakeFirst();
    },
    list({ after, limit }) {
      return database
        .selectFrom("account")
        .selectAll()
        .$if(after !== undefined, (query) =>
          query.where(behind(["kind", "name"], after ?? [])),
        )
        .orderBy("kind")
        .orderBy("name")
        .limit(limit)
        .execute();
    },
    async insert(row) {
      await database.insertInto("account").values(row).execute();
    },
    async remove(id) {
      await database.deleteFrom("account").where("id", "=", id).execute();
    },
    async uses(id) {
      return usesOf({
        workspaces: await workspacesOf(database, id),
        deployments: await deploymentsWhere(database, "account_id", id),
        connections: await connectionsWhere(database, "account_id", id),
      });
    },
  };
}
