import type { ConnectionType } from "../connection-type";
import type { ConnectionTypeSchema } from "../field-schema";
import { textField, urlText } from "../url-text";
import schema from "./schema.json";

export const connectionType: ConnectionType = {
  name: "snowflake",
  title: schema.title,
  description: schema.description,
  schema: schema as ConnectionTypeSchema,
  connectionStringFields: [
    "account",
    "region",
    "login",
    "database",
    "schema",
    "warehouse",
    "role",
  ],
  destinationFields: ["account", "region"],
  connectionString(config) {
    const account = textField(config, "account");
    if (account === undefined) return undefined;
    const region = textField(config, "region");
    const database = textField(config, "database");
    return urlText({
      scheme: "snowflake",
      login: textField(config, "login"),
      host: region === undefined ? account : `${account}.${region}`,
      // A schema without its database would read as the database.
      path: [
        database,
        database === undefined ? undefined : textField(config, "schema"),
      ],
      query: {
        warehouse: textField(config, "warehouse"),
        role: textField(config, "role"),
      },
    });
  },
};
