import { PatchbayError } from "../../diagnostics";
import type { JsonObject } from "../../model";
import { toRequestFields, viewOfConnection } from "./airflow-fields";
import { encodeConnection, typeOfStored } from "./translation";

/** What Astro would show of it. */
function stored(type: string, config: JsonObject, secrets: JsonObject = {}) {
  const encoded = encodeConnection({ type, config, secrets }, undefined);
  const fields = toRequestFields(encoded.patch);
  const { password, ...shown } = fields as { password?: string };
  const airflowType = encoded.type.airflowTypeOf(config);
  const setFields = password === undefined ? [] : ["password"];
  const view = viewOfConnection(shown, setFields);
  return { fields, airflowType, ...typeOfStored(airflowType, view) };
}

function refusal(type: string, config: JsonObject, secrets: JsonObject = {}) {
  try {
    encodeConnection({ type, config, secrets }, undefined);
  } catch (error) {
    if (error instanceof PatchbayError) return error;
    throw error;
  }
  throw new Error("it was not refused");
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
  ["amazon-s3", { role_arn: "arn", external_id: "e" }, {}, []],
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
    "generic",
    { conn_type: "ftp", host: "h", port: 21, extra: { passive: true } },
    { password: "p", secret_extra: { key: { part: "s" } } },
    ["password", "secret_extra.key.part"],
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
  expect(JSON.parse(JSON.stringify(read.decoded.config))).toEqual(config);
  expect(read.decoded.secretFields).toEqual(secretFields);
});

test.each<[type: string, config: JsonObject, secrets: JsonObject, at: string]>([
  ["postgresql", { host: "h", ssl_certificate: "c" }, {}, "ssl_certificate"],
  ["postgresql", { parameters: { sslmode: "x" } }, {}, "parameters"],
  ["mysql", { parameters: { connect_timeout: "1" } }, {}, "parameters"],
  ["amazon-s3", { read_only: true }, {}, "read_only"],
  ["elasticsearch", { host: "h" }, {}, "scheme"],
  ["kafka", { topics: ["a"] }, {}, "topics"],
  ["kafka", {}, { secret_properties: { a: "b" } }, "secret_properties"],
  ["kafka", { properties: { "sasl.password": "p" } }, {}, "properties"],
  ["http", { headers: { authorization: "x" } }, {}, "headers"],
  ["http", {}, { secret_headers: { a: "geheim" } }, "secret_headers"],
  ["generic", { conn_type: "a", extra: { patchbay: 1 } }, {}, "patchbay"],
  ["astro:airbyte", { port: "many" }, {}, "port"],
  ["astro:airbyte", { hots: "h" }, {}, "hots"],
  ["astro:airbyte", {}, { token: "geheim" }, "token"],
])("%s cannot hold %j %j", (type, config, secrets, at) => {
  const error = refusal(type, config, secrets);
  expect(error.diagnostics[0]?.path).toContain(at);
  expect(error.message).not.toContain("geheim");
});

test.each([
  ["astro:postgres", { host: "h", login: "l" }, "postgresql"],
  ["generic", { conn_type: "postgres", host: "h" }, "postgresql"],
])("%s %j is to be declared as %s", (type, config, better) => {
  const error = refusal(type, config);
  expect(error.diagnostics[0]?.path).toEqual(["type"]);
  expect(error.message).toContain(better);
});

test("what the catalogue's type cannot say is one of the native type", () => {
  const extra = { cursor: "dictcursor" };
  expect(stored("astro:postgres", { host: "h", extra }).type.name).toBe(
    "astro:postgres",
  );
});
