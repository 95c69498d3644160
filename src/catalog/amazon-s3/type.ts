import type { ConnectionType } from "../connection-type";
import type { ConnectionTypeSchema } from "../field-schema";
import { textField } from "../url-text";
import schema from "./schema.json";

export const connectionType: ConnectionType = {
  name: "amazon-s3",
  title: schema.title,
  description: schema.description,
  schema: schema as ConnectionTypeSchema,
  connectionStringFields: ["bucket", "prefix"],
  destinationFields: ["endpoint_url"],
  connectionString(config) {
    const bucket = textField(config, "bucket");
    return bucket === undefined
      ? undefined
      : `s3://${bucket}/${textField(config, "prefix") ?? ""}`;
  },
};
