import type { ConnectionType } from "../connection-type";
import type { ConnectionTypeSchema } from "../field-schema";
import { textField } from "../url-text";
import schema from "./schema.json";

export const connectionType: ConnectionType = {
  name: "http",
  title: schema.title,
  description: schema.description,
  schema: schema as ConnectionTypeSchema,
  connectionStringFields: ["base_url"],
  destinationFields: ["base_url", "verify_tls"],
  connectionString(config) {
    const url = textField(config, "base_url");
    // A URL that holds a login or parameters is invalid here, and may hold a secret.
    return url === undefined || /[@?#]/.test(url) ? undefined : url;
  },
};
