import type { Kysely } from "kysely";
import type { MetadataRows } from "../store";
import type { Tables } from "../tables";

export function metadataRows(database: Kysely<Tables>): MetadataRows {
  return {
    async find(name) {
      const row = await database
        .selectFrom("metadata")
        .select("value")
        .where("name", "=", name)
        .executeTakeFirst();
      return row?.value;
    },
    async insert(name, value) {
      await database.insertInto("metadata").values({ name, value }).execute();
    },
  };
}
