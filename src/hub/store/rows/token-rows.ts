import type { Kysely } from "kysely";
import type { TokenRows } from "../store";
import type { Tables } from "../tables";

export function tokenRows(database: Kysely<Tables>): TokenRows {
  const named = database
    .selectFrom("token")
    .leftJoin("account", "account.id", "token.account_id")
    .leftJoin("deployment", "deployment.id", "token.deployment_id")
    .selectAll("token")
    .select([
      "account.kind as account_kind",
      "account.name as account_name",
      "deployment.name as deployment_name",
    ]);
  return {
    findByHash(hash) {
      return named.where("token.hash", "=", hash).executeTakeFirst();
    },
    list({ after, limit }) {
      return named
        .$if(after !== undefined, (query) =>
          query.where("token.id", ">", after?.[0] ?? ""),
        )
        .orderBy("token.id")
        .limit(limit)
        .execute();
    },
    async insert(row) {
      await database.insertInto("token").values(row).execute();
    },
    async remove(id) {
      await database.deleteFrom("token").where("id", "=", id).execute();
    },
  };
}
