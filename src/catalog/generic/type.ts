import type { ConnectionType } from "../connection-type";
import type { ConnectionTypeSchema } from "../field-schema";
import { textField, urlText } from "../url-text";
import schema from "./schema.json";

export const connectionType: ConnectionType = {
  name: "generic",
  title: schema.title,
  description: schema.description,
  schema: schema as ConnectionTypeSchema,
  connectionStringFields: ["conn_type", "host", "port", "schema", "login"],
  destinationFields: ["conn_type", "host", "port", "schema", "login"],
  connectionString(config) {
    const scheme = textField(config, "conn_type");
    if (scheme === undefined) return undefined;
    // Airflow allows a URL as the host; what it may hold before an "@" or after a "?" is not shown.
    const host = (textField(config, "host") ?? "")
      .replace(/^[^/]*:\/\//, "")
      .replace(/[?#].*$/s, "");
    return urlText({
      scheme,
      login: textField(config, "login"),
      host: host.slice(host.lastIndexOf("@") + 1),
      port: textField(config, "port"),
      path: [textField(config, "schema")],
    });
  },
};
