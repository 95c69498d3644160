import type { PipesType } from "./pipes-type";

/** The plugin reads a whole account, so it knows no database and no schema. */
export const snowflake: PipesType = {
  type: "snowflake",
  plugin: "snowflake",
  fields: {
    account: "account",
    region: "region",
    login: "user",
    role: "role",
    warehouse: "warehouse",
    password: "password",
    private_key: "private_key",
    private_key_passphrase: "private_key_passphrase",
  },
  otherFields:
    "Its Snowflake plugin reads the whole account. Remove the field, or name the database in the query.",
};
