import { equalInMeaning } from "../../../catalog";
import { PatchbayError } from "../../../diagnostics";
import type { JsonObject } from "../../../model";
import { toRequestFields, viewOfConnection } from "./airflow-fields";
import { declaredAs, encodeConnection, shownAs } from "./translation";

/** What Astro would show of it. */
function stored(type: string, config: JsonObject, secrets: JsonObject = {}) {
  const encoded = encodeConnection({ type, config, secrets });
  if (!encoded.ok) throw new PatchbayError(encoded.diagnostics);
  const fields = toRequestFields(encoded.value.patch);
  const { password, ...shown } = fields as { password?: string };
  const airflowType = encoded.value.type.airflowTypeOf(config);
  const setFields = password === undefined ? [] : ["password"];
  const view = viewOfConnection(shown, setFields);
  return {
    fields,
    airflowType,
    ...shownAs(airflowType, view, declaredAs(type, config, secrets)),
  };
}

function refusal(
  type: string,
  config: JsonObject,
  secrets?: JsonObject,
): PatchbayError {
  const encoded = encodeConnection({ type, config, secrets });
  if (encoded.ok) throw new Error("it was not refused");
  return new PatchbayError(encoded.diagnostics);
}

test.each<[type: string, config: JsonObject, secrets: JsonObject, string[]]>([
  [
    "postgresql",
    { host: "h", login: "l", schema: "my schema\\", parameters: { a: "1" } },
    { password: "s" },
    ["password"],
  ],
  [
    "mysql",
    { host: "h", login: "l", charset: "utf8mb4", ssl_mode: "verify_ca" },
    {},
    [],
  ],
  [
    "snowflake",
    { account: "a", login: "l", session_parameters: { QUERY_TAG: "t" } },
    { private_key: "k", private_key_passphrase: "p" },
    ["private_key", "private_key_passphrase"],
  ],
  ["snowflake", { account: "a", login: "l" }, { password: "p" }, ["password"]],
  [
    "amazon-s3",
    { bucket: "acme", region: "eu-central-1", access_key_id: "AKIA" },
    { secret_access_key: "s", session_token: "t" },
    ["secret_access_key", "session_token"],
  ],
  [
    "amazon-s3",
    {
      bucket: "acme",
      role_arn: "arn:aws:iam::123456789012:role/etl",
      external_id: "external",
    },
    {},
    [],
  ],
  [
    "elasticsearch",
    { host: "h", scheme: "https", verify_tls: false, timeout_seconds: 3 },
    { api_key: "k" },
    ["api_key"],
  ],
  [
    "kafka",
    {
      bootstrap_servers: ["a:1", "b:2"],
      security_protocol: "SASL_SSL",
      login: "l",
      properties: { "client.id": "etl" },
    },
    { password: "p", secret_properties: { "ssl.key.password": "s" } },
    ["password", "secret_properties.ssl.key.password"],
  ],
  [
    "http",
    {
      base_url: "https://api.example.com/v2",
      headers: { Accept: "text/csv" },
      verify_tls: true,
    },
    { token: "t" },
    ["token"],
  ],
  [
    "http",
    { base_url: "https://api.example.com", token_prefix: "Token" },
    { token: "t" },
    ["token"],
  ],
  [
    "http",
    { base_url: "https://api.example.com", token_prefix: "" },
    { token: "t" },
    ["token"],
  ],
  [
    "generic",
    { conn_type: "postgres", host: "h", extra: { sslcert: "/c.pem" } },
    { secret_extra: { sslpassword: "s" } },
    ["secret_extra.sslpassword"],
  ],
  [
    "generic",
    { conn_type: "ftp", host: "h", port: 21, extra: { passive: true } },
    { password: "p", secret_extra: { key: { part: "s" } } },
    ["password", "secret_extra.key.part"],
  ],
  [
    "astro:kafka",
    { extra: { "group.id": "etl" } },
    { extra: { "sasl.password": "p" } },
    ["extra.sasl.password"],
  ],
  [
    "astro:airbyte",
    { host: "h", port: 8000, extra: { a: { b: [1] } } },
    { password: "p" },
    ["password"],
  ],
])("%s is read back as declared: %j", (type, config, secrets, secretFields) => {
  const read = stored(type, config, secrets);
  expect(read.type.name).toBe(type);
  expect(equalInMeaning(type, read.decoded.config, config)).toBe(true);
  expect(read.decoded.secretFields).toEqual(secretFields);
});

test.each<
  [
    type: string,
    config: JsonObject,
    secrets: JsonObject | undefined,
    path: string,
  ]
>([
  [
    "postgresql",
    { host: "h", ssl_certificate: "c" },
    undefined,
    "config.ssl_certificate",
  ],
  [
    "postgresql",
    { parameters: { sslmode: "x" } },
    {},
    "config.parameters.sslmode",
  ],
  [
    "postgresql",
    { parameters: { sslcert: "x" } },
    {},
    "config.parameters.sslcert",
  ],
  [
    "postgresql",
    { host: "h", login: "l", parameters: {} },
    {},
    "config.parameters",
  ],
  [
    "mysql",
    { parameters: { connect_timeout: "1" } },
    {},
    "config.parameters.connect_timeout",
  ],
  ...["local_infile", "patchbay"].map(
    (key): [string, JsonObject, JsonObject, string] => [
      "mysql",
      { parameters: { [key]: "1" } },
      {},
      `config.parameters.${key}`,
    ],
  ),
  [
    "mysql",
    { parameters: { client: "pymysql" } },
    {},
    "config.parameters.client",
  ],
  [
    "mysql",
    { charset: "utf8mb4", parameters: { client: "mysql-connector-python" } },
    {},
    "config.charset",
  ],
  [
    "postgresql",
    { parameters: { dbname: "x" } },
    {},
    "config.parameters.dbname",
  ],
  [
    "postgresql",
    { parameters: { sqlalchemy_query: "x" } },
    {},
    "config.parameters.sqlalchemy_query",
  ],
  ["amazon-s3", { read_only: true }, {}, "config.read_only"],
  ["amazon-s3", { prefix: "orders/" }, undefined, "config.prefix"],
  ["kafka", { topics: ["a"] }, {}, "config.topics"],
  [
    "kafka",
    { properties: { error_cb: "a.b" } },
    {},
    "config.properties.error_cb",
  ],
  [
    "kafka",
    {},
    { secret_properties: { a: "b" } },
    "secrets.secret_properties.a",
  ],
  [
    "kafka",
    { bootstrap_servers: ["h:1"] },
    { secret_properties: {} },
    "secrets.secret_properties",
  ],
  [
    "kafka",
    { properties: { "sasl.password": "geheim" } },
    {},
    "config.properties.sasl.password",
  ],
  [
    "kafka",
    { properties: { "ssl.key.password": "geheim" } },
    {},
    "config.properties.ssl.key.password",
  ],
  [
    "http",
    { headers: { authorization: "x" } },
    {},
    "config.headers.authorization",
  ],
  ["http", { headers: { verify: "x" } }, {}, "config.headers.verify"],
  ["http", { base_url: "https://h", headers: {} }, {}, "config.headers"],
  ["http", { token_header: "X-Token" }, undefined, "config.token_header"],
  ["http", {}, { token: "geheim heimlich" }, "secrets.token"],
  ["http", {}, { secret_headers: { a: "geheim" } }, "secrets.secret_headers"],
  ["http", { body: { content: "geheim" } }, undefined, "config.body"],
  [
    "generic",
    { conn_type: "a", extra: { key: 1 } },
    { secret_extra: { key: "geheim" } },
    "secrets.secret_extra.key",
  ],
  ["generic", { conn_type: "a", extra: {} }, {}, "config.extra"],
  ["astro:airbyte", { port: "8000" }, {}, "config.port"],
  ["astro:airbyte", { port: 0 }, {}, "config.port"],
  ["astro:airbyte", { host: "" }, {}, "config.host"],
  ["astro:airbyte", { extra: {} }, {}, "config.extra"],
  ["astro:airbyte", { extra: "{}" }, {}, "config.extra"],
  ["astro:airbyte", { hots: "h" }, {}, "config.hots"],
  ["astro:airbyte", {}, { token: "geheim" }, "secrets.token"],
  [
    "astro:http",
    { host: "h", extra: { Authorization: "geheim" } },
    {},
    "config.extra.Authorization",
  ],
  ["pipes:github", {}, {}, "type"],
])("%s cannot hold %j %j", (type, config, secrets, path) => {
  const error = refusal(type, config, secrets);
  expect(error.diagnostics.map((fault) => fault.path.join("."))).toEqual([
    path,
  ]);
  expect(error.message).not.toContain("geheim");
});

test.each<[type: string, config: JsonObject, secrets: JsonObject]>([
  ["astro:postgres", { host: "db", login: "l" }, { password: "geheim" }],
  ["astro:elasticsearch", { host: "h" }, {}],
  ["astro:http", { login: "l" }, {}],
  ["astro:snowflake", { extra: { account: "a" } }, {}],
  ["generic", { conn_type: "postgres", host: "h", login: "l", port: 1 }, {}],
  ["generic", { conn_type: "http", extra: { timeout: 30 } }, {}],
  ["generic", { conn_type: "http" }, { secret_extra: { Cookie: "geheim" } }],
])(
  "%s %j is held as declared, whatever the catalogue has",
  (type, config, secrets) => {
    const there = stored(type, config, secrets);
    expect(there.type.name).toBe(type);
    expect(plain(there.decoded.config)).toEqual(config);
    expect(there.airflowType).toBe(config["conn_type"] ?? type.slice(6));
    // Nothing but what was declared is stored: hooks hand extra to their clients.
    expect(plain(there.fields["extra"])).toEqual(
      config["extra"] ?? secrets["secret_extra"],
    );
  },
);

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

test("what the catalogue's type cannot say is one of the native type", () => {
  const extra = { cursor: "dictcursor" };
  expect(stored("astro:postgres", { host: "h", extra }).type.name).toBe(
    "astro:postgres",
  );
});

test.each<[airflowType: string, config: JsonObject]>([
  [
    "mysql",
    {
      host: "h",
      login: "l",
      extra: { client: "mysql-connector-python", charset: "utf8mb4" },
    },
  ],
  ["postgres", { host: "a.example.com,b.example.com", login: "l" }],
  ["postgres", { host: "without-a-login" }],
  ["http", { host: "ftp://example.com" }],
  ["elasticsearch", { host: "https://search.example.com" }],
  ["snowflake", { login: "l", extra: { account: "a.snowflakecomputing.com" } }],
])(
  "what the rules of the catalogue's type do not allow is one of the native type: %s %j",
  (airflowType, config) => {
    const type = `astro:${airflowType}`;
    expect(stored(type, config).type.name).toBe(type);
  },
);

test("the secrets of a type stay secrets where it is shown as the native one", () => {
  const fields = { extra: { Authorization: "Bearer geheim", cert: "/c.pem" } };
  const view = viewOfConnection({ host: "h", ...fields }, ["password"]);
  const { type, decoded } = shownAs("http", view, undefined);
  expect(type.name).toBe("astro:http");
  expect(JSON.parse(JSON.stringify(decoded))).toEqual({
    config: { host: "h", extra: { cert: "/c.pem" } },
    secretFields: ["extra.Authorization", "password"],
  });
});

test("a secret that is not given may be there already, so that nothing is said of it", () => {
  const config = { base_url: "https://example.com", token_prefix: "Token" };
  expect(
    encodeConnection({ type: "http", config, secrets: undefined }).ok,
  ).toBe(true);
});
