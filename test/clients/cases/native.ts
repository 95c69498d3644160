import type { JsonObject } from "../../../src/model";
import type { Call, RealCase } from "./real-case";

const password = "correct-horse-battery-staple";

const of = (
  airflowType: string,
  title: string,
  config: JsonObject,
  calls: readonly Call[],
  more: Partial<RealCase> = {},
): RealCase => ({
  title,
  type: `astro:${airflowType}`,
  config,
  secrets: { password },
  calls,
  ...more,
});

/** What the catalogue's types cannot say, as Airflow's own. */
export const native: readonly RealCase[] = [
  of(
    "postgres",
    "certificates in files",
    {
      host: "db.example.com",
      login: "loader",
      extra: {
        sslmode: "verify-full",
        sslrootcert: "/usr/local/airflow/ca.pem",
        sslcert: "/usr/local/airflow/cert.pem",
        sslkey: "/usr/local/airflow/key.pem",
      },
    },
    [
      [
        "psycopg.Connection.connect",
        {
          host: "db.example.com",
          port: null,
          dbname: null,
          user: "loader",
          password,
          sslmode: "verify-full",
          sslrootcert: "/usr/local/airflow/ca.pem",
          sslcert: "/usr/local/airflow/cert.pem",
          sslkey: "/usr/local/airflow/key.pem",
        },
      ],
    ],
  ),
  of(
    "mysql",
    "certificates in files",
    {
      host: "mysql.example.com",
      login: "reporting",
      extra: { ssl: { ca: "/usr/local/airflow/ca.pem" } },
    },
    [
      [
        "MySQLdb.connect",
        {
          host: "mysql.example.com",
          port: 3306,
          db: "",
          user: "reporting",
          passwd: password,
          ssl: { ca: "/usr/local/airflow/ca.pem" },
        },
      ],
    ],
  ),
  of(
    "http",
    "a host without a scheme, and options of the hook",
    {
      host: "api.example.com",
      port: 8443,
      schema: "https",
      extra: { timeout: 30, max_redirects: 3 },
    },
    [
      [
        "requests",
        {
          method: "GET",
          url: "https://api.example.com:8443/things",
          headers: {},
          verify: true,
          cert: null,
          proxies: {},
          stream: false,
          timeout: 30,
          allow_redirects: true,
        },
      ],
    ],
    { secrets: {} },
  ),
  of(
    "elasticsearch",
    "a root certificate in a file",
    {
      host: "search.example.com",
      port: 9200,
      schema: "https",
      extra: { ca_certs: "/etc/ssl/certs/ca-certificates.crt" },
    },
    [
      [
        "Elasticsearch",
        {
          "": ["https://search.example.com:9200/"],
          ca_certs: "/etc/ssl/certs/ca-certificates.crt",
        },
      ],
    ],
    { secrets: {} },
  ),
  of(
    "mongo",
    "a number in extra",
    {
      host: "db.example.com",
      login: "loader",
      extra: { connectTimeoutMS: 30 },
    },
    [
      [
        "MongoClient",
        {
          uri: `mongodb://loader:${password}@db.example.com`,
          connectTimeoutMS: 30,
        },
      ],
    ],
  ),
  of(
    "redis",
    "overrides in a deployment",
    { host: "cache.example.com", port: 6379, extra: { db: 1, ssl: true } },
    [
      [
        "Redis",
        {
          host: "prod.example.com",
          port: 6380,
          username: null,
          password: "prod-password",
          db: 2,
          ssl: true,
          driver_info: "<DriverInfo>",
        },
      ],
    ],
    {
      link: {
        config: { host: "prod.example.com", port: 6380, extra: { db: 2 } },
        secrets: { password: "prod-password" },
      },
    },
  ),
];
