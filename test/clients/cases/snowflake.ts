import { generateKeyPairSync } from "node:crypto";
import type { JsonObject } from "../../../src/model";
import { type Call, example, type RealCase } from "./real-case";

const connect = (given: JsonObject): readonly Call[] => [
  [
    "snowflake.connector.connect",
    {
      account: "xy12345",
      region: "",
      user: "loader",
      password: "correct-horse-battery-staple",
      database: "",
      schema: "",
      warehouse: "",
      role: "",
      session_parameters: null,
      authenticator: "snowflake",
      application: "AIRFLOW",
      ...given,
    },
  ],
];

/** The key takes the place of the password. */
const withKey = (given: JsonObject): readonly Call[] =>
  connect(given).map(([name, { password: _password, ...others }]) => [
    name,
    {
      ...others,
      private_key: {
        base64: privateKey
          .export({ type: "pkcs8", format: "der" })
          .toString("base64"),
      },
    },
  ]);

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const clearKey = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const passphrase = "tr0ub4dor-and-3";
const encryptedKey = privateKey
  .export({
    type: "pkcs8",
    format: "pem",
    cipher: "aes-256-cbc",
    passphrase,
  })
  .toString();

const password = "correct-horse-battery-staple";

const of = (
  title: string,
  config: JsonObject,
  given: JsonObject,
  more: Partial<RealCase> = {},
): RealCase => ({
  title,
  type: "snowflake",
  config: { account: "xy12345", login: "loader", ...config },
  secrets: { password },
  calls: connect(given),
  ...more,
});

export const snowflake: readonly RealCase[] = [
  of(
    "further keys of extra",
    { extra: { proxy_host: "proxy.example.com", proxy_port: 3128 } },
    {
      proxy_host: "proxy.example.com",
      proxy_port: 3128,
      proxy_password: "s3cret",
    },
    { secrets: { password, secret_extra: { proxy_password: "s3cret" } } },
  ),
  {
    ...example("snowflake", 0),
    calls: connect({
      region: "eu-central-1",
      database: "DEMO",
      schema: "PUBLIC",
      warehouse: "LOADING",
      role: "LOADER",
      session_parameters: { QUERY_TAG: "etl" },
    }),
  },
  {
    ...example("snowflake", 1, { private_key: encryptedKey }),
    calls: withKey({
      account: "acme-analytics",
      database: "DEMO",
      warehouse: "LOADING",
    }),
  },
  {
    ...example("snowflake", 2),
    calls: connect({
      region: "eu-central-1",
      user: "steampipe",
      role: "READER",
      warehouse: "SMALL",
    }),
  },
  of("an account and a password", {}, {}),
  of(
    "an account with its cloud",
    { account: "xy12345.west-europe.azure" },
    { account: "xy12345.west-europe.azure" },
  ),
  of("a schema", { schema: "my schema" }, { schema: "my schema" }),
  of("a database", { database: "Demo" }, { database: "Demo" }),
  of(
    "a key that is not encrypted",
    {},
    {},
    {
      secrets: { private_key: clearKey },
      calls: withKey({}),
    },
  ),
  of(
    "overrides of every kind",
    {
      database: "DEV",
      schema: "PUBLIC",
      warehouse: "SMALL",
      role: "READER",
      session_parameters: { QUERY_TAG: "dev" },
    },
    {
      account: "acme-prod",
      region: "us-east-1",
      user: "prod",
      password: "prod-password",
      database: "PROD",
      schema: "SALES",
      warehouse: "LARGE",
      role: "LOADER",
      session_parameters: { QUERY_TAG: "prod" },
    },
    {
      link: {
        config: {
          account: "acme-prod",
          region: "us-east-1",
          login: "prod",
          database: "PROD",
          schema: "SALES",
          warehouse: "LARGE",
          role: "LOADER",
          session_parameters: { QUERY_TAG: "prod" },
        },
        secrets: { password: "prod-password" },
      },
    },
  ),
  of(
    "a deployment without schema and role",
    { schema: "PUBLIC", role: "READER", warehouse: "SMALL" },
    { warehouse: "SMALL" },
    { link: { config: { schema: null, role: null } } },
  ),
  of(
    "a password that a key takes the place of by an update",
    {},
    {},
    {
      secrets: {
        private_key: encryptedKey,
        private_key_passphrase: passphrase,
      },
      before: {
        config: { account: "xy12345", login: "loader" },
        secrets: { password },
      },
      calls: withKey({}),
    },
  ),
];
