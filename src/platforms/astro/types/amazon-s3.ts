import { fieldOf, isObject, type JsonValue, objectOf } from "../../../model";
import { tableType } from "./table-type";

const notOfAirflow =
  "Airflow's connections have no such field; give it to the task instead.";

/** Airflow's `aws`, which serves all of Amazon's services. */
export const amazonS3 = tableType({
  name: "amazon-s3",
  airflowType: "aws",
  fields: {
    access_key_id: { path: "login" },
    secret_access_key: { path: "password" },
    session_token: { path: "extra.aws_session_token" },
    region: { path: "extra.region_name" },
    endpoint_url: { path: "extra.endpoint_url" },
    role_arn: { path: "extra.role_arn" },
    external_id: within("extra.assume_role_kwargs", "ExternalId"),
    bucket: within("extra.service_config", "s3", "bucket_name"),
  },
  unsupported: {
    prefix: notOfAirflow,
    kms_key_arn: notOfAirflow,
    customer_encryption_key: notOfAirflow,
  },
  fixed: {
    read_only:
      "Airflow's connections have no such field. Remove it; a role that may only read makes the connection read-only.",
  },
});

/** A value inside of objects that hold nothing else. */
function within(path: string, ...keys: readonly string[]) {
  return {
    path,
    encode: (value: JsonValue): JsonValue =>
      [...keys]
        .reverse()
        .reduce<JsonValue>((inner, key) => objectOf([[key, inner]]), value),
    decode: (value: JsonValue): JsonValue | undefined =>
      keys.reduce<JsonValue | undefined>(
        (outer, key) =>
          isObject(outer) && Object.keys(outer).length === 1
            ? fieldOf(outer, key)
            : undefined,
        value,
      ),
  };
}
