import { Secret } from "../../diagnostics";
import type { Connection, JsonObject } from "../../model";
import type { CatalogueTypeName } from "./options/catalogue-types";

interface FullConnection {
  readonly type: CatalogueTypeName;
  readonly config: JsonObject;
  readonly secrets: JsonObject;
}

const password = { password: "passwordgeheim" };
const database = { host: "db.example.com", login: "loader" };

/** Of each type those with as many fields as it can have at once, none of them at the catalogue's default. */
const declarations: readonly FullConnection[] = [
  {
    type: "amazon-s3",
    config: {
      bucket: "acme-landing",
      prefix: "orders/",
      read_only: true,
      role_arn: "arn:aws:iam::123456789012:role/loader",
      external_id: "acme",
      kms_key_arn: "arn:aws:kms:eu-central-1:123456789012:key/1",
    },
    secrets: {},
  },
  {
    type: "amazon-s3",
    config: { access_key_id: "AKIAIOSFODNN7EXAMPLE" },
    secrets: {
      secret_access_key: "accessgeheim",
      customer_encryption_key: "encryptiongeheim",
    },
  },
  {
    type: "elasticsearch",
    config: {
      host: "search.example.com",
      port: 9300,
      scheme: "http",
      cluster_name: "logs",
      login: "reader",
    },
    secrets: password,
  },
  {
    type: "kafka",
    config: {
      bootstrap_servers: ["kafka-1.example.com:9092"],
      security_protocol: "SASL_SSL",
      sasl_mechanism: "SCRAM-SHA-512",
      login: "loader",
      topics: ["orders"],
      properties: { "client.id": "etl" },
    },
    secrets: {
      ...password,
      secret_properties: { "ssl.keystore.password": "keystoregeheim" },
    },
  },
  {
    type: "mysql",
    config: {
      ...database,
      port: 3307,
      database: "app",
      ssl_mode: "verify_identity",
    },
    secrets: password,
  },
  {
    type: "postgresql",
    config: {
      ...database,
      port: 5433,
      database: "app",
      schema: "public",
      ssl_mode: "verify-full",
    },
    secrets: password,
  },
  {
    type: "snowflake",
    config: {
      account: "xy12345",
      region: "eu-central-1",
      login: "loader",
      database: "DEMO",
      schema: "PUBLIC",
      warehouse: "WH",
      role: "LOADER",
      session_parameters: { QUERY_TAG: "etl" },
    },
    secrets: password,
  },
];

export const fullConnections: readonly Connection[] = declarations.map(
  ({ type, config, secrets }) => ({
    owner: { kind: "organization", name: "acme" },
    name: "full",
    type,
    config,
    secrets: new Secret(secrets),
  }),
);
