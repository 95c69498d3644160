import { KNOWN_AFTER_APPLY, type JsonObject, type JsonValue } from "../model";
import type { FieldSchema } from "./field-schema";
import { listConnectionTypes, soundingPaths } from "./index";
import { soundsSecret } from "./sounds-secret";

const hex = (length: number): string =>
  "0123456789abcdef".repeat(8).slice(0, length);
const letters = (length: number): string =>
  "aB3dEf6hIj9k".repeat(8).slice(0, length);
const jwt = [
  "eyJhbGciOiJIUzI1NiJ9",
  "eyJzdWIiOiIxMjM0NTYifQ",
  letters(43),
].join(".");

test.each<[string, JsonValue]>([
  ["password", "hunter2-hunter2"],
  ["aws_secret_access_key", letters(40)],
  ["sessionToken", "abc"],
  ["jwt__token", "abc"],
  ["private_key_passphrase", "tr0ub4dor-and-3"],
  ["sas_token", "?sv=2022&sig=abc"],
  ["app_key", hex(40)],
  ["account_key", "c2VjcmV0"],
  [
    "sasl.jaas.config",
    'PlainLoginModule required username="a" password="b12345";',
  ],
  ["ssl.keystore.password", "changeit"],
  ["X-Api-Key", "abc"],
  ["Authorization", "Bearer EXAMPLEEXAMPLE"],
  ["Cookie", "sid=EXAMPLE"],
  ["keyfile_dict", { client_email: "loader@acme.example.com" }],
  ["key_json", '{"private_key":"-----BEGIN PRIVATE KEY-----"}'],
  ["connection_string", "AccountName=a;AccountKey=c2VjcmV0"],
  ["dsn", "host=db user=a"],
  ["webhook_url", "https://chat.example.com/hook/1"],
  ["routing_key", hex(32)],
  ["kube_config", { apiVersion: "v1" }],
  ["proxy", "http://user:pa55w0rd@proxy:3128"],
  ["broker", "amqps://svc:s3cr3t@mq/vh"],
  ["pem", "-----BEGIN RSA PRIVATE KEY-----\nMIIE"],
  ["cert_bundle", "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t"],
  ["id", jwt],
  ["value", `ghp_${letters(36)}`],
  ["auth", `glpat-${letters(20)}`],
  ["channel", "hooks.slack.com/services/T/B/X"],
  ["note", "Server=db;User Id=sa;Password=Pa55word!"],
  ["password", 123456],
])("%s = %j sounds like a secret", (name, value) => {
  expect(soundsSecret(name, value)).toBe(true);
  expect(soundingPaths({ [name]: value })).toEqual([[name]]);
  expect(soundingPaths({ list: { deep: { [name]: [value] } } })).toEqual([
    ["list", "deep", name],
  ]);
  expect(soundsSecret("text", JSON.stringify({ a: { [name]: value } }))).toBe(
    true,
  );
});

test.each<[string, JsonValue]>([
  ["aws_access_key_id", "AKIAIOSFODNN7EXAMPLE"],
  ["key_path", "/opt/keys/app.pem"],
  ["credential_config_file", "/etc/gcp/wif.json"],
  ["token_file_path", "/var/run/secrets/token"],
  ["token_endpoint", "https://idp/oauth2/token"],
  ["token_header", "X-Auth-Token"],
  ["token_prefix", "Bearer"],
  ["serverless_token_duration_seconds", 3600],
  ["max_tokens", 4096],
  ["private_key_id", "0123456789abcdef"],
  ["public_key", "ssh-rsa AAAAB3NzaC1yc2E"],
  ["host_key", "ssh-ed25519 AAAAC3NzaC1lZDI1"],
  ["key_secret_name", "gcp-key"],
  ["password_policy", "strict"],
  ["verify_token", true],
  ["primary_key", "order_id"],
  ["partition_key", "customer"],
  ["kms_key_arn", "arn:aws:kms:eu-central-1:123456789012:key/7d6f"],
  ["kms_key_id", "alias/app"],
  ["authenticator", "snowflake"],
  ["headers", { Accept: "application/json" }],
  ["X-Partner", "{{ partner }}"],
  ["Authorization", "Bearer {{ main }}"],
  ["url", "https://user@db:5432/app?sslmode=require"],
  ["ssl.truststore.location", "/etc/ts.jks"],
  ["service_account_email", "loader@acme.iam.gserviceaccount.com"],
  ["secret_manager_region", "eu-central-1"],
  ["ssl_root_certificate", "-----BEGIN CERTIFICATE-----\nMIIE"],
  ["commit", hex(40)],
  ["monkey", "abc"],
  ["bypass", "abc"],
  ["tokenizer", "abc"],
])("%s = %j does not", (name, value) => {
  expect(soundsSecret(name, value)).toBe(false);
  expect(soundingPaths({ [name]: value, deep: { [name]: [value] } })).toEqual(
    [],
  );
  expect(soundsSecret("text", JSON.stringify({ a: { [name]: value } }))).toBe(
    false,
  );
});

test.each<[string, boolean]>([
  ["app_key", true],
  ["APIKey", true],
  ["apiKey", true],
  ["SASL_PASSWORD", true],
  ["next_token", false],
  ["nextPageToken", false],
  ["refresh_token", true],
  ["access_token", true],
  ["accessKeyIDs", false],
  ["pem", false],
  ["kubeConfig", true],
  ["adsn", false],
  ["databaseDSN", true],
  ["", false],
  ["--", false],
  ["constructor", false],
])("by its name alone, %s: %s", (name, expected) => {
  expect(soundsSecret(name, undefined)).toBe(expected);
});

test.each<[string, string, boolean]>([
  ["a password's own words for nothing", "none", false],
  ["a password that a platform has hidden", "***", false],
  ["an empty one", "", false],
])("%s is no secret", (_, text, expected) => {
  expect(soundsSecret("password", text)).toBe(expected);
});

test.each<[string, boolean]>([
  ["postgres://u:<password>@db/app", false],
  ["postgres://u:***@db/app", false],
  ["postgres://u:{{password}}@db/app", false],
  ["https://api.example.com/?token={{ main }}", false],
  ["https://api.example.com/?token=abcdef", true],
  ["Password=;Server=db", false],
  ["https://b.s3.amazonaws.com/k?X-Amz-Signature=0123456789", true],
  ["https://discord.com/api/webhooks/123/abc", true],
  ["https://acme.webhook.office.com/webhookb2/1@2/IncomingWebhook/3", true],
  ["https://p.westus.logic.azure.com/workflows/1?sv=1.0&sig=abc", true],
  ["https://p.westus.logic.azure.com/workflows/1", false],
  ["LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t", false],
  ["LS0tLS1CRUdJTiBQVUJMSUMgS0VZLS0tLS0", false],
  ["PuTTY-User-Key-File-3: ssh-ed25519", true],
  [`a${jwt}`, false],
  [`token ${jwt}`, true],
  ["Basic dXNlcjpwYXNz", true],
  ["Basic", false],
  ["sk-short", false],
  [`sk-ant-${letters(30)}`, true],
  [`AIza${letters(35)}`, true],
  [`dapi${hex(32)}`, true],
  [`abc8Q~${letters(34)}`, true],
  [`${letters(14)}.atlasv1.${letters(60)}`, true],
  [`SG.${letters(22)}.${letters(43)}`, true],
  [`see ghp_${letters(36)}`, false],
  [`ghp_${letters(36)}\n`, true],
  ["[1, 2]", false],
  ['[{"client_secret":"abc"}]', true],
  ["{not json", false],
])("by its value alone, %j: %s", (value, expected) => {
  expect(soundsSecret("value", value)).toBe(expected);
});

test("numbers are secrets under a password's name only, booleans and nulls never", () => {
  expect(soundsSecret("token", 5)).toBe(false);
  expect(soundsSecret("max_password", 5)).toBe(false);
  expect(soundsSecret("client_secret", 5)).toBe(true);
  expect(soundsSecret("password", true)).toBe(false);
  expect(soundsSecret("password", null)).toBe(false);
});

test("an object is a secret by its own name, and its fields by theirs, in the object's order", () => {
  const object: JsonObject = {
    b: { password: "abc", host: "db", inner: { app_key: "abc" } },
    credentials: { host: "db", password: "abc" },
    a: [{ user: "u" }, { user: "u", passphrase: "abc" }],
    ["__proto__x"]: "{{ name }}",
    text: '{"host":"db","nested":"{\\"token\\":\\"abc\\"}"}',
  };
  expect(soundsSecret("b", object["b"])).toBe(false);
  expect(soundingPaths(object)).toEqual([
    ["b", "password"],
    ["b", "inner", "app_key"],
    ["credentials"],
    ["a"],
    ["text"],
  ]);
});

test("what is not known yet is no text", () => {
  const value = KNOWN_AFTER_APPLY as unknown as JsonValue;
  expect(soundsSecret("password", value)).toBe(false);
});

/** What the catalogue marks as secret and its name does not say: maps of secrets, which are named after what they hold. */
const secretMaps = ["secret_headers", "tokens"];

test("the catalogue's names agree with the rule, so that one name is secret everywhere or nowhere", () => {
  const disagreeing = listConnectionTypes().flatMap(({ name: type, schema }) =>
    [...fieldsOf(schema)]
      .filter(
        ([field, { writeOnly = false }]) =>
          soundsSecret(field, undefined) !== writeOnly,
      )
      .map(([field]) => `${type}: ${field}`),
  );
  expect(disagreeing.sort()).toEqual(
    secretMaps.map((field) => `http: ${field}`),
  );
});

/** The named fields outside secret ones. */
function* fieldsOf(schema: FieldSchema): Generator<[string, FieldSchema]> {
  for (const [field, part] of Object.entries(schema.properties ?? {})) {
    yield [field, part];
    if (part.writeOnly !== true) yield* fieldsOf(part);
  }
}

describe("takes time in proportion to what it is given", () => {
  const adversarial: readonly [string, string][] = [
    ["x://", ":"],
    ["x://", "a:"],
    ["", "x://u:"],
    ["", "-----BEGIN "],
    ["-----BEGIN ", "A "],
    ["", "eyJaaaaaaaaaa"],
    ["", "eyJaaaaaaaaaa.a"],
    ["", "eyJaaaaaaaaaa.eyJaaaaaaaaaa."],
    ["bearer", " "],
    ["", "bearer "],
    ["", "password="],
    ["", "password=<"],
    ["", ";sig=a"],
    ["", "hooks.slack.com/services/ "],
    ["", ".logic.azure.com"],
    ["", "discord.com/api/webhooks/1"],
    ["ghp_", "a "],
    ["", "a.atlasv1."],
    ["SG.", "a."],
    ["{{ ", "a"],
    ["a", "-"],
    ["", "{{"],
    ["", "["],
    ["", '{"a":'],
    ["", " "],
    ["", "*a"],
  ];
  const ofLength = (length: number, start: string, part: string): string =>
    (start + part.repeat(length / part.length)).slice(0, length);

  test.each(adversarial)("text: %j and many %j", (start, part) => {
    expectLinear((length) => {
      const text = ofLength(length, start, part);
      return () => soundsSecret("value", text);
    });
  });

  test.each([
    ["", "aB"],
    ["", "_"],
    ["", "AB"],
    ["", "api_key_x"],
    ["", "As"],
  ])("name: %j and many %j", (start, part) => {
    expectLinear((length) => {
      const name = ofLength(length, start, part);
      return () => soundsSecret(name, "a");
    });
  });

  test("objects and lists in each other, and JSON that is as deep", () => {
    expectLinear((length) => {
      let deep: JsonValue = "a";
      for (let depth = 0; depth < length / 20; depth++) {
        deep = depth % 2 === 0 ? { a: deep } : [deep];
      }
      const text = `${'{"a":['.repeat(length / 8)}1${"]}".repeat(length / 8)}`;
      const object: JsonObject = { deep, text };
      return () => soundingPaths(object);
    });
  });
});

/** A quarter of a megabyte against one: four times the time where it is linear, sixteen where it is not. No machine's speed is part of it; the least of several tries, since others work on the same machine. */
function expectLinear(build: (length: number) => () => unknown): void {
  const half = build(256 * 1024);
  const two = build(1024 * 1024);
  let short = Infinity;
  let long = Infinity;
  for (let tries = 0; tries < 10; tries++) {
    short = Math.min(short, timeOf(half));
    long = Math.min(long, timeOf(two));
    if (long <= 11 * Math.max(short, 0.5)) return;
  }
  expect(long / short).toBeLessThanOrEqual(11);
}

/** The processor's time: what others on the machine do is no part of it. */
function timeOf(run: () => unknown): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
