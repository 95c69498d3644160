import type { ConnectionType } from "../connection-type";
import type { ConnectionTypeSchema } from "../field-schema";
import { textField, urlText } from "../url-text";
import schema from "./schema.json";

export const connectionType: ConnectionType = {
  name: "postgresql",
  title: schema.title,
  description: schema.description,
  schema: schema as ConnectionTypeSchema,
  connectionStringFields: ["host", "port", "database", "login"],
  destinationFields: ["host", "port", "ssl_mode", "ssl_root_certificate"],
  connectionString(config) {
    const host = textField(config, "host");
    if (host === undefined) return undefined;
    return urlText({
      scheme: "postgresql",
      login: textField(config, "login"),
      host,
      port: textField(config, "port"),
      path: [textField(config, "database")],
    });
  },
};
