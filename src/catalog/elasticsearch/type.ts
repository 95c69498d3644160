import type { ConnectionType } from "../connection-type";
import type { ConnectionTypeSchema } from "../field-schema";
import { textField, urlText } from "../url-text";
import schema from "./schema.json";

export const connectionType: ConnectionType = {
  name: "elasticsearch",
  title: schema.title,
  description: schema.description,
  schema: schema as ConnectionTypeSchema,
  connectionStringFields: ["scheme", "host", "port", "index", "login"],
  destinationFields: [
    "host",
    "port",
    "scheme",
    "verify_tls",
    "ssl_root_certificate",
  ],
  connectionString(config) {
    const host = textField(config, "host");
    if (host === undefined) return undefined;
    return urlText({
      scheme: textField(config, "scheme") ?? "https",
      login: textField(config, "login"),
      host,
      port: textField(config, "port"),
      path: [textField(config, "index")],
    });
  },
};
