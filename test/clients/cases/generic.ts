import type { JsonObject } from "../../../src/model";
import type { Call, RealCase } from "./real-case";

const password = "correct-horse-battery-staple";

const of = (
  title: string,
  config: JsonObject & { readonly conn_type: string },
  calls: readonly Call[],
  more: Partial<RealCase> = {},
): RealCase => ({
  title: `${config.conn_type}, ${title}`,
  type: "generic",
  config,
  secrets: { password },
  calls,
  ...more,
});

/** paramiko's, as the hook fills them in. */
const ssh = (given: JsonObject): Call => [
  "paramiko.SSHClient.connect",
  {
    hostname: "ssh.example.com",
    port: 22,
    username: "loader",
    password,
    policy: "RejectPolicy",
    key_type: null,
    known_hosts: [],
    timeout: null,
    compress: true,
    sock: null,
    look_for_keys: true,
    banner_timeout: 30,
    auth_timeout: null,
    ...given,
  },
];

const trino = (given: JsonObject): Call => [
  "trino.dbapi.connect",
  {
    host: "trino.example.com",
    port: 8443,
    user: "loader",
    auth: { username: "loader", password },
    source: "airflow",
    http_scheme: "https",
    catalog: "lake",
    schema: "sales",
    isolation_level: "<IsolationLevel>",
    verify: true,
    session_properties: null,
    client_tags: null,
    timezone: null,
    extra_credential: null,
    roles: null,
    ...given,
  },
];

const aws = (service: string): Call => [
  "HeadObject",
  {
    endpoint: `https://${service}.eu-central-1.amazonaws.com`,
    region: "eu-central-1",
    key: ["AKIAIOSFODNN7EXAMPLE", password, null],
    verify: true,
    Bucket: "acme-landing",
    Key: "a-key",
  },
];

export const generic: readonly RealCase[] = [
  of(
    "with numbers in extra",
    {
      conn_type: "postgres",
      host: "db.example.com",
      port: 5432,
      schema: "app",
      login: "loader",
      extra: { sslmode: "require", connect_timeout: 10, keepalives: 1 },
    },
    [
      [
        "psycopg.Connection.connect",
        {
          host: "db.example.com",
          port: 5432,
          dbname: "app",
          user: "loader",
          password,
          sslmode: "require",
          connect_timeout: 10,
          keepalives: 1,
        },
      ],
    ],
  ),
  of(
    "with a passphrase among the secrets",
    {
      conn_type: "postgres",
      host: "db.example.com",
      login: "loader",
      extra: { sslmode: "verify-full", sslkey: "/usr/local/airflow/key.pem" },
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
          sslkey: "/usr/local/airflow/key.pem",
          sslpassword: "tr0ub4dor-and-3",
        },
      ],
    ],
    { secrets: { password, secret_extra: { sslpassword: "tr0ub4dor-and-3" } } },
  ),
  of(
    "with certificates and a reading cursor",
    {
      conn_type: "mysql",
      host: "mysql.example.com",
      login: "loader",
      extra: {
        ssl: { ca: "/usr/local/airflow/ca.pem" },
        cursor: "sscursor",
      },
    },
    [
      [
        "MySQLdb.connect",
        {
          host: "mysql.example.com",
          port: 3306,
          db: "",
          user: "loader",
          passwd: password,
          ssl: { ca: "/usr/local/airflow/ca.pem" },
          cursorclass: "<class SSCursor>",
        },
      ],
    ],
  ),
  of(
    "with a time-out as a number and a secret header",
    {
      conn_type: "http",
      host: "https://api.example.com",
      extra: { timeout: 30, verify: false, Accept: "text/csv" },
    },
    [
      [
        "requests",
        {
          method: "GET",
          url: "https://api.example.com/things",
          headers: { Accept: "text/csv", "X-Api-Key": "s3cret" },
          verify: false,
          cert: null,
          proxies: {},
          stream: false,
          timeout: 30,
          allow_redirects: true,
        },
      ],
    ],
    { secrets: { secret_extra: { "X-Api-Key": "s3cret" } } },
  ),
  of(
    "with numbers and its password among the secrets",
    {
      conn_type: "kafka",
      extra: {
        "bootstrap.servers": "kafka-1.example.com:9092",
        "security.protocol": "SASL_SSL",
        "sasl.mechanism": "PLAIN",
        "sasl.username": "loader",
        "socket.timeout.ms": 5000,
        "enable.ssl.certificate.verification": true,
      },
    },
    [
      [
        "AdminClient",
        {
          "bootstrap.servers": "kafka-1.example.com:9092",
          "security.protocol": "SASL_SSL",
          "sasl.mechanism": "PLAIN",
          "sasl.username": "loader",
          "sasl.password": password,
          "socket.timeout.ms": 5000,
          "enable.ssl.certificate.verification": true,
        },
      ],
    ],
    { secrets: { secret_extra: { "sasl.password": password } } },
  ),
  of(
    "with options of the client",
    {
      conn_type: "elasticsearch",
      host: "search.example.com",
      port: 9243,
      schema: "https",
      login: "reader",
      extra: { ca_certs: "/etc/ssl/certs/ca-certificates.crt", max_retries: 5 },
    },
    [
      [
        "Elasticsearch",
        {
          "": ["https://search.example.com:9243/"],
          basic_auth: ["reader", password],
          ca_certs: "/etc/ssl/certs/ca-certificates.crt",
          max_retries: 5,
        },
      ],
    ],
  ),
  of(
    "with a warehouse and a host of its own",
    {
      conn_type: "snowflake",
      login: "loader",
      schema: "PUBLIC",
      extra: {
        account: "xy12345",
        warehouse: "LOADING",
        host: "xy12345.privatelink.snowflakecomputing.com",
        port: 443,
      },
    },
    [
      [
        "snowflake.connector.connect",
        {
          account: "xy12345",
          region: "",
          user: "loader",
          password,
          database: "",
          schema: "PUBLIC",
          warehouse: "LOADING",
          role: "",
          session_parameters: null,
          authenticator: "snowflake",
          application: "AIRFLOW",
          host: "xy12345.privatelink.snowflakecomputing.com",
          port: 443,
        },
      ],
    ],
  ),
  of(
    "with a number in extra",
    {
      conn_type: "mongo",
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
    "with TLS, port and database",
    {
      conn_type: "mongo",
      host: "db.example.com",
      port: 27018,
      schema: "app",
      login: "loader",
      extra: { tls: true, authSource: "admin" },
    },
    [
      [
        "MongoClient",
        {
          uri: `mongodb://loader:${password}@db.example.com:27018/app`,
          tls: true,
          authSource: "admin",
        },
      ],
    ],
  ),
  of(
    "with TLS",
    {
      conn_type: "redshift",
      host: "dw.example.com",
      port: 5439,
      schema: "dev",
      login: "loader",
      extra: { ssl: true, sslmode: "verify-full", timeout: 30 },
    },
    [
      [
        "redshift_connector.connect",
        {
          host: "dw.example.com",
          port: 5439,
          database: "dev",
          user: "loader",
          password,
          ssl: true,
          sslmode: "verify-full",
          timeout: 30,
        },
      ],
    ],
  ),
  of(
    "with a key and a bucket",
    {
      conn_type: "aws",
      login: "AKIAIOSFODNN7EXAMPLE",
      extra: {
        region_name: "eu-central-1",
        config_kwargs: { retries: { max_attempts: 3 } },
        service_config: { s3: { bucket_name: "acme-landing" } },
      },
    },
    [aws("s3")],
  ),
  of(
    "with a place for results",
    {
      conn_type: "athena",
      login: "AKIAIOSFODNN7EXAMPLE",
      schema: "sales",
      extra: {
        region_name: "eu-central-1",
        s3_staging_dir: "s3://acme-athena/",
        work_group: "primary",
      },
    },
    [
      [
        "pyathena.connect",
        {
          key: ["AKIAIOSFODNN7EXAMPLE", password, null],
          schema_name: "sales",
          region_name: "eu-central-1",
          s3_staging_dir: "s3://acme-athena/",
          work_group: "primary",
        },
      ],
    ],
  ),
  of(
    "with a database's number and TLS",
    {
      conn_type: "redis",
      host: "cache.example.com",
      port: 6380,
      login: "loader",
      extra: { db: 2, ssl: true, ssl_cert_reqs: "required" },
    },
    [
      [
        "Redis",
        {
          host: "cache.example.com",
          port: 6380,
          username: "loader",
          password,
          db: 2,
          ssl: true,
          ssl_cert_reqs: "required",
          driver_info: "<DriverInfo>",
        },
      ],
    ],
  ),
  of(
    "with what the hook has an option for",
    {
      conn_type: "ssh",
      host: "ssh.example.com",
      port: 2222,
      login: "loader",
      extra: { no_host_key_check: true, compress: false, conn_timeout: 10 },
    },
    [
      ssh({
        port: 2222,
        policy: "AutoAddPolicy",
        compress: false,
        timeout: 10,
      }),
    ],
  ),
  of(
    "with the defaults of the hook",
    { conn_type: "sftp", host: "ssh.example.com", login: "loader" },
    [ssh({})],
  ),
  of(
    "with TLS from the start",
    {
      conn_type: "smtp",
      host: "mail.example.com",
      port: 465,
      login: "loader",
      extra: { disable_tls: true, timeout: 5 },
    },
    [
      [
        "SMTP_SSL",
        {
          host: "mail.example.com",
          port: 465,
          timeout: 5,
          context: "<SSLContext>",
        },
      ],
      ["login", { user: "loader", password }],
    ],
  ),
  of(
    "the catalogue's example",
    {
      conn_type: "ftp",
      host: "ftp.example.com",
      port: 21,
      schema: "exports",
      login: "loader",
      extra: {
        passive: true,
        paths: ["/in", "/out"],
        retry: { times: 3 },
      },
    },
    [
      ["connect", { "": ["ftp.example.com", 21] }],
      ["login", { "": ["loader", password] }],
      ["set_pasv", { "": [true] }],
    ],
    {
      example: 0,
      secrets: { password, secret_extra: { private_key: "tr0ub4dor-and-3" } },
    },
  ),
  of(
    "the catalogue's example, which needs a token besides",
    { conn_type: "slack", extra: { channel: "#data" } },
    [["WebClient", { token: "xoxb-1" }]],
    { example: 1, secrets: { password: "xoxb-1" } },
  ),
  of(
    "with a time-out and a server of its own",
    {
      conn_type: "slack",
      extra: { timeout: 30, base_url: "https://slack.example.com/api/" },
    },
    [
      [
        "WebClient",
        {
          token: "xoxb-1",
          timeout: 30,
          base_url: "https://slack.example.com/api/",
        },
      ],
    ],
    { secrets: { password: "xoxb-1" } },
  ),
  of(
    "with TLS and a catalog",
    {
      conn_type: "trino",
      host: "trino.example.com",
      port: 8443,
      schema: "sales",
      login: "loader",
      extra: { protocol: "https", catalog: "lake", client_tags: ["etl"] },
    },
    [trino({ client_tags: ["etl"] })],
  ),
  of(
    "with a token among the secrets",
    {
      conn_type: "trino",
      host: "trino.example.com",
      port: 8443,
      schema: "sales",
      login: "loader",
      extra: {
        protocol: "https",
        catalog: "lake",
        auth: "jwt",
        verify: false,
      },
    },
    [trino({ auth: { token: "j.w.t" }, verify: false })],
    { secrets: { secret_extra: { jwt__token: "j.w.t" } } },
  ),
  of(
    "a file that is only read",
    {
      conn_type: "sqlite",
      host: "/usr/local/airflow/some.db",
      extra: { mode: "ro" },
    },
    [
      [
        "sqlite3.connect",
        { "": ["file:/usr/local/airflow/some.db?mode=ro"], uri: true },
      ],
    ],
    { secrets: {} },
  ),
  of(
    "with a warehouse, a catalog and a token",
    {
      conn_type: "databricks",
      host: "adb-1.2.azuredatabricks.net",
      extra: {
        http_path: "/sql/1.0/warehouses/abc",
        catalog: "main",
        schema: "sales",
      },
    },
    [
      [
        "databricks.sql.connect",
        {
          host: "adb-1.2.azuredatabricks.net",
          http_path: "/sql/1.0/warehouses/abc",
          token: password,
          catalog: "main",
          schema: "sales",
          session_configuration: null,
          http_headers: null,
        },
      ],
    ],
  ),
  of(
    "with an account's key among the secrets",
    { conn_type: "wasb", login: "acme", extra: { connection_timeout: 5 } },
    [
      [
        "BlobServiceClient",
        {
          account_url: "https://acme.blob.core.windows.net/",
          credential: "a2V5",
          connection_timeout: 5,
          shared_access_key: "a2V5",
        },
      ],
    ],
    { secrets: { secret_extra: { shared_access_key: "a2V5" } } },
  ),
  of(
    "overrides of every kind",
    {
      conn_type: "mongo",
      host: "dev.example.com",
      login: "dev",
      schema: "dev",
      extra: { connectTimeoutMS: 30, tls: true, replicaSet: "rs0" },
    },
    [
      [
        "MongoClient",
        {
          uri: "mongodb://prod:prod-password@prod.example.com:27018/prod",
          connectTimeoutMS: 60,
          tls: true,
        },
      ],
    ],
    {
      link: {
        config: {
          host: "prod.example.com",
          port: 27018,
          login: "prod",
          schema: "prod",
          extra: { connectTimeoutMS: 60, replicaSet: null },
        },
        secrets: { password: "prod-password" },
      },
    },
  ),
  of(
    "another secret key of extra in a deployment",
    {
      conn_type: "kafka",
      extra: {
        "bootstrap.servers": "kafka-1.example.com:9092",
        "sasl.username": "loader",
      },
    },
    [
      [
        "AdminClient",
        {
          "bootstrap.servers": "kafka-1.example.com:9092",
          "sasl.username": "loader",
          "sasl.password": "prod-password",
          "client.id": "prod",
        },
      ],
    ],
    {
      secrets: { secret_extra: { "sasl.password": password } },
      link: {
        config: { extra: { "client.id": "prod" } },
        secrets: { secret_extra: { "sasl.password": "prod-password" } },
      },
    },
  ),
  of(
    "keys of extra that are taken away by an update",
    {
      conn_type: "mongo",
      host: "db.example.com",
      login: "loader",
      extra: { tls: true },
    },
    [
      [
        "MongoClient",
        { uri: `mongodb://loader:${password}@db.example.com`, tls: true },
      ],
    ],
    {
      before: {
        config: {
          conn_type: "mongo",
          host: "db.example.com",
          login: "loader",
          extra: { tls: true, connectTimeoutMS: 30 },
        },
        secrets: {
          password,
          secret_extra: { tlsCertificateKeyFilePassword: "x" },
        },
      },
    },
  ),
];
