import type { PlatformExpectations } from "../../../src/testing";

const common = {
  owner: { kind: "organization", name: "acme" },
  unusualNames: [
    "a b",
    "ä ö \u{1F418}",
    "100%",
    "back\\slash",
    'quo"te',
    "o'clock",
    "select",
    "__proto__",
    "constructor",
    "a; DROP CONNECTION b --",
  ],
  concurrencyTokens: false,
} as const;

const login = {
  secrets: { password: "first-sample-password" },
  secretFields: ["password"],
  otherSecrets: { password: "second-sample-password" },
  secretsRemovable: false,
};

/** A type of the catalogue, all of whose fields can be altered. */
export const upsolverPostgresqlExpectations: PlatformExpectations = {
  ...common,
  sample: {
    type: "postgresql",
    config: {
      host: "db.example.com",
      port: 5432,
      database: "app",
      schema: "public",
      login: "loader",
      ssl_mode: "verify-full",
    },
    ...login,
  },
  otherValues: {
    host: "other.example.com",
    port: 6432,
    database: "o'ther & more",
    schema: "private",
    login: "o'brien",
    ssl_mode: "require",
  },
  optionalFields: ["port", "database", "schema", "ssl_mode"],
};

/** A type of the catalogue, one of whose fields cannot be altered. */
export const upsolverKafkaExpectations: PlatformExpectations = {
  ...common,
  sample: {
    type: "kafka",
    config: {
      bootstrap_servers: [
        "kafka-1.example.com:9092",
        "kafka-2.example.com:9092",
      ],
      security_protocol: "SSL",
      topics: ["orders"],
      properties: { "client.id": "etl" },
    },
    secrets: {
      secret_properties: { "ssl.keystore.password": "first-sample-password" },
    },
    secretFields: ["secret_properties.ssl.keystore.password"],
    otherSecrets: {
      secret_properties: { "ssl.keystore.password": "second-sample-password" },
    },
  },
  otherValues: {
    topics: ["payments", "orders"],
    security_protocol: "PLAINTEXT",
    properties: { "client.id": "o'ther", "fetch.min.bytes": "1" },
  },
  replacingValues: { bootstrap_servers: ["kafka-3.example.com:9092"] },
  optionalFields: ["security_protocol", "properties"],
};

/** One of Upsolver's own types. */
export const upsolverNativeExpectations: PlatformExpectations = {
  ...common,
  sample: {
    type: "upsolver:MONGODB",
    config: {
      CONNECTION_STRING: "mongodb+srv://db.example.com/app",
      USER_NAME: "loader",
      TIMEOUT: 4,
    },
    ...login,
    secrets: { PASSWORD: "first-sample-password" },
    secretFields: ["PASSWORD"],
    otherSecrets: { PASSWORD: "second-sample-password" },
  },
  otherValues: {
    CONNECTION_STRING: "mongodb+srv://other.example.com/app",
    USER_NAME: "reader",
    TIMEOUT: 5,
  },
  optionalFields: [],
};
