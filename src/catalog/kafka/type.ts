import type { ConnectionType } from "../connection-type";
import type { ConnectionTypeSchema } from "../field-schema";
import { fieldOf, isList } from "../../model";
import schema from "./schema.json";

export const connectionType: ConnectionType = {
  name: "kafka",
  title: schema.title,
  description: schema.description,
  schema: schema as ConnectionTypeSchema,
  connectionStringFields: ["bootstrap_servers"],
  destinationFields: [
    "bootstrap_servers",
    "security_protocol",
    "sasl_mechanism",
    "ssl_root_certificate",
  ],
  connectionString(config) {
    const servers = fieldOf(config, "bootstrap_servers");
    if (!isList(servers) || servers.length === 0) return undefined;
    return servers.every((server) => typeof server === "string")
      ? `kafka://${servers.join(",")}`
      : undefined;
  },
};
