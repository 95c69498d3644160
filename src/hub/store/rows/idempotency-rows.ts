import type { Kysely } from "kysely";
import type { IdempotencyRows } from "../store";
import type { Tables } from "../tables";

export function idempotencyRows(database: Kysely<Tables>): IdempotencyRows {
  return {
    find(key) {
      return database
        .selectFrom("idempotency")
        .selectAll()
        .where("key", "=", key)
        .executeTakeFirst();
    },
    async insert(row) {
      await database.insertInto("idempotency").values(row).execute();
    },
    async removeExpired(now) {
      await database
        .deleteFrom("idempotency")
        .where("expires_at", "<=", now)
        .execute();
    },
  };
}
