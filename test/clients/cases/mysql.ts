import type { JsonObject } from "../../../src/model";
import { type Call, example, type RealCase } from "./real-case";

const connect = (given: JsonObject): readonly Call[] => [
  [
    "MySQLdb.connect",
    {
      host: "mysql.example.com",
      port: 3306,
      db: "",
      user: "reporting",
      passwd: "",
      ...given,
    },
  ],
];

const of = (
  title: string,
  config: JsonObject,
  given: JsonObject,
  more: Partial<RealCase> = {},
): RealCase => ({
  title,
  type: "mysql",
  config: { host: "mysql.example.com", login: "reporting", ...config },
  calls: connect(given),
  ...more,
});

const password = "correct-horse-battery-staple";

export const mysql: readonly RealCase[] = [
  of(
    "further keys of extra, of which the hook passes over what it does not know",
    { extra: { ssl: { ca: "/usr/local/airflow/ca.pem" } } },
    { ssl: { ca: "/usr/local/airflow/ca.pem" } },
    { secrets: { secret_extra: { note: "s3cret" } } },
  ),
  {
    ...example("mysql", 0),
    without: ["parameters"],
    calls: connect({
      db: "shop",
      passwd: password,
      charset: "utf8mb4",
      ssl_mode: "VERIFY_IDENTITY",
    }),
  },
  { ...example("mysql", 1), calls: connect({}) },
  {
    ...example("mysql", 2),
    calls: connect({ db: "shop", passwd: password }),
  },
  of("a port", { port: 3307 }, { port: 3307 }),
  of("a database", { database: "my shop" }, { db: "my shop" }),
  of(
    "a password with what URLs and JSON escape",
    {},
    { passwd: "p@ss:w/%20ö\"'" },
    { secrets: { password: "p@ss:w/%20ö\"'" } },
  ),
  of("a character set", { charset: "latin1" }, { charset: "latin1" }),
  ...["disabled", "preferred", "required", "verify_ca", "verify_identity"].map(
    (mode) =>
      of(
        `ssl_mode ${mode}`,
        { ssl_mode: mode },
        { ssl_mode: mode.toUpperCase() },
      ),
  ),
  of(
    "a socket and a cursor",
    { parameters: { unix_socket: "/tmp/mysql.sock", cursor: "dictcursor" } },
    { unix_socket: "/tmp/mysql.sock", cursorclass: "<class DictCursor>" },
  ),
  of(
    "the other client",
    {
      database: "shop",
      port: 3307,
      parameters: { client: "mysql-connector-python" },
    },
    {},
    {
      secrets: { password },
      calls: [
        [
          "mysql.connector.connect",
          {
            host: "mysql.example.com",
            port: 3307,
            database: "shop",
            user: "reporting",
            password,
          },
        ],
      ],
    },
  ),
  of(
    "what the hook does not hand to the other client",
    {
      charset: "utf8mb4",
      ssl_mode: "required",
      parameters: { client: "mysql-connector-python" },
    },
    {},
    {
      without: ["charset", "ssl_mode"],
      calls: [
        [
          "mysql.connector.connect",
          {
            host: "mysql.example.com",
            port: 3306,
            database: "",
            user: "reporting",
            password: "",
          },
        ],
      ],
    },
  ),
  of(
    "a client that the hook does not know",
    { parameters: { client: "pymysql" } },
    {},
    { without: ["parameters"] },
  ),
  of(
    "an option that the hook takes from the task only",
    { parameters: { local_infile: "1" } },
    {},
    { without: ["parameters"] },
  ),
  of(
    "certificates as text",
    {
      ssl_mode: "verify_ca",
      ssl_root_certificate: "-----BEGIN CERTIFICATE-----",
      ssl_certificate: "-----BEGIN CERTIFICATE-----",
    },
    { ssl_mode: "VERIFY_CA" },
    {
      secrets: { ssl_key: "-----BEGIN PRIVATE KEY-----" },
      without: ["ssl_root_certificate", "ssl_certificate", "ssl_key"],
    },
  ),
  of(
    "overrides of every kind",
    { database: "shop", charset: "utf8mb4", ssl_mode: "required" },
    {
      host: "prod.example.com",
      port: 3310,
      db: "prod",
      user: "prod",
      passwd: "prod-password",
      charset: "latin1",
      ssl_mode: "VERIFY_IDENTITY",
    },
    {
      secrets: { password },
      link: {
        config: {
          host: "prod.example.com",
          port: 3310,
          database: "prod",
          login: "prod",
          charset: "latin1",
          ssl_mode: "verify_identity",
        },
        secrets: { password: "prod-password" },
      },
    },
  ),
  of(
    "a deployment without the database and the character set",
    { database: "shop", charset: "utf8mb4", port: 3310 },
    { port: 3310 },
    { link: { config: { database: null, charset: null } } },
  ),
];
