import type { JsonObject } from "../../../src/model";
import { type Call, example, type RealCase } from "./real-case";

/** libpq does what it does by itself for what is null. */
const connect = (given: JsonObject): readonly Call[] => [
  [
    "psycopg.Connection.connect",
    {
      host: "db.example.com",
      port: null,
      dbname: null,
      user: "loader",
      password: null,
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
  type: "postgresql",
  config: { host: "db.example.com", login: "loader", ...config },
  calls: connect(given),
  ...more,
});

const password = "correct-horse-battery-staple";

/** What a deployment of its own sees differently. */
const shared: JsonObject = {
  port: 5433,
  database: "app",
  schema: "public",
  ssl_mode: "require",
  parameters: { application_name: "etl", connect_timeout: "10" },
};
const sharedCall: JsonObject = {
  port: 5433,
  dbname: "app",
  password,
  options: "-c search_path=public",
  sslmode: "require",
  application_name: "etl",
  connect_timeout: "10",
};
const linked = (
  title: string,
  link: NonNullable<RealCase["link"]>,
  given: JsonObject,
) =>
  of(
    title,
    shared,
    { ...sharedCall, ...given },
    { secrets: { password }, link },
  );

/** The call without some of its arguments. */
function without(call: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(call).filter(([name]) => !names.includes(name)),
  );
}

export const postgresql: readonly RealCase[] = [
  of(
    "further keys of extra",
    {
      extra: { connect_timeout: 10, sslrootcert: "/usr/local/airflow/ca.pem" },
    },
    {
      connect_timeout: 10,
      sslrootcert: "/usr/local/airflow/ca.pem",
      sslpassword: "tr0ub4dor-and-3",
    },
    { secrets: { secret_extra: { sslpassword: "tr0ub4dor-and-3" } } },
  ),
  {
    ...example("postgresql", 0),
    calls: connect({
      port: 5432,
      dbname: "app",
      password,
      options: "-c search_path=public",
      sslmode: "verify-full",
      application_name: "etl",
    }),
  },
  {
    ...example("postgresql", 1),
    without: ["ssl_root_certificate", "ssl_certificate", "ssl_key"],
    calls: connect({ host: "10.0.0.7", sslmode: "verify-ca" }),
  },
  {
    ...example("postgresql", 2),
    calls: connect({ dbname: "app", password, sslmode: "require" }),
  },
  of("a host and a login", {}, {}),
  of("an IPv6 address", { host: "fd00::1" }, { host: "fd00::1" }),
  of("a port", { port: 6432 }, { port: 6432 }),
  of("a database with a blank", { database: "my app" }, { dbname: "my app" }),
  of(
    "a schema that libpq would take apart",
    { schema: "my schema\\x" },
    { options: "-c search_path=my\\ schema\\\\x" },
  ),
  of(
    "a password with what URLs and JSON escape",
    {},
    { password: "p@ss:w/%20ö\"'\\n" },
    { secrets: { password: "p@ss:w/%20ö\"'\\n" } },
  ),
  ...["disable", "allow", "prefer", "require", "verify-ca", "verify-full"].map(
    (mode) => of(`ssl_mode ${mode}`, { ssl_mode: mode }, { sslmode: mode }),
  ),
  of(
    "parameters",
    { parameters: { keepalives_idle: "30", target_session_attrs: "any" } },
    { keepalives_idle: "30", target_session_attrs: "any" },
  ),
  of(
    "options of the hook and fields among the parameters",
    {
      parameters: {
        redshift: "true",
        sqlalchemy_query: "x",
        row_factory: "x",
        dbname: "other",
      },
    },
    {},
    { without: ["parameters"] },
  ),
  linked("a link without overrides", { config: {} }, {}),
  linked(
    "another host, port and database",
    { config: { host: "prod.example.com", port: 5999, database: "prod" } },
    { host: "prod.example.com", port: 5999, dbname: "prod" },
  ),
  linked(
    "another schema, mode and login",
    { config: { schema: "sales", ssl_mode: "verify-full", login: "prod" } },
    {
      options: "-c search_path=sales",
      sslmode: "verify-full",
      user: "prod",
    },
  ),
  linked(
    "another password",
    { config: {}, secrets: { password: "prod-password" } },
    { password: "prod-password" },
  ),
  linked(
    "another parameter beside the connection's",
    { config: { parameters: { application_name: "prod" } } },
    { application_name: "prod" },
  ),
  {
    ...linked(
      "a deployment without the schema and a parameter",
      { config: { schema: null, parameters: { connect_timeout: null } } },
      {},
    ),
    calls: connect(without(sharedCall, "options", "connect_timeout")),
  },
  {
    ...of("fields that are taken away by an update", { port: 5433 }, {}),
    before: { config: { host: "db.example.com", login: "loader", ...shared } },
    calls: connect({ port: 5433 }),
  },
];
