import { formatPath } from "../diagnostics";
import type { Value } from "../model";
import { checkFields, type CheckFieldsOptions } from "./index";

type Options = Partial<CheckFieldsOptions> & { readonly type: string };

function check(options: Options) {
  return checkFields({
    config: undefined,
    secrets: undefined,
    secretsPath: "secrets",
    secretsComplete: true,
    ...options,
  });
}

function faults(options: Options): readonly string[] {
  return check(options).map(
    ({ code, path }) => `${code} at ${formatPath(path)}`,
  );
}

function details(options: Options): readonly string[] {
  return check(options).map(({ detail }) => detail);
}

test.each<[string, string, Value, readonly string[]]>([
  [
    "a required field",
    "postgresql",
    { login: "l" },
    ["missing_field at config.host"],
  ],
  [
    "every required field",
    "postgresql",
    {},
    ["missing_field at config.host", "missing_field at config.login"],
  ],
  [
    "a required field that is null",
    "mysql",
    { host: null, login: "l" },
    ["missing_field at config.host"],
  ],
  [
    "a required list",
    "kafka",
    {},
    ["missing_field at config.bootstrap_servers"],
  ],
  ["the URL", "http", {}, ["missing_field at config.base_url"]],
  ["the host", "elasticsearch", {}, ["missing_field at config.host"]],
  ["the Airflow type", "generic", {}, ["missing_field at config.conn_type"]],
  [
    "a field of an object",
    "http",
    { base_url: "https://a.example", body: { content: "x" } },
    ["missing_field at config.body.content_type"],
  ],
  [
    "the password of a login",
    "http",
    { base_url: "https://a.example", login: "l" },
    ["missing_field at secrets.password"],
  ],
  [
    "the role of an external id",
    "amazon-s3",
    { external_id: "x" },
    ["missing_field at config.role_arn"],
  ],
  [
    "the secret half of a key",
    "amazon-s3",
    { access_key_id: "AKIA" },
    ["missing_field at secrets.secret_access_key"],
  ],
  [
    "the credentials of a mechanism",
    "kafka",
    { bootstrap_servers: ["a:1"], sasl_mechanism: "PLAIN" },
    ["missing_field at config.login", "missing_field at secrets.password"],
  ],
  [
    "both ways to sign in",
    "snowflake",
    { account: "a", login: "l" },
    ["missing_field at secrets"],
  ],
  [
    "config altogether",
    "snowflake",
    null,
    [
      "missing_field at config.account",
      "missing_field at config.login",
      "missing_field at secrets",
    ],
  ],
])("%s is missed where it is missing (%s)", (_, type, config, expected) => {
  expect(faults({ type, config })).toEqual(expected);
});

test("a missing field is named with what it is and an example", () => {
  expect(details({ type: "postgresql", config: { login: "l" } })).toEqual([
    'The type postgresql needs "host" (Host), for example "db.example.com". Add it to config.',
  ]);
});

test.each<[string, CheckFieldsOptions["type"], Value]>([
  ["alternatives", "snowflake", { account: "a", login: "l" }],
  [
    "the password of a login",
    "http",
    { base_url: "https://a.example", login: "l" },
  ],
  ["the secret half of a key", "amazon-s3", { access_key_id: "AKIA" }],
])(
  "no secret is missed while the secrets are not managed here: %s",
  (_, type, config) => {
    expect(faults({ type, config, secretsComplete: false })).toEqual([]);
  },
);

test.each<[string, Value, Value, readonly string[]]>([
  [
    "snowflake",
    { account: "a", login: "l" },
    { password: "p", private_key: "k" },
    ["invalid_configuration at secrets.private_key"],
  ],
  [
    "http",
    { base_url: "https://a.example", login: "l" },
    { password: "p", token: "t" },
    ["invalid_configuration at config.login"],
  ],
  [
    "elasticsearch",
    { host: "h", login: "l" },
    { password: "p", api_key: "k" },
    ["invalid_configuration at secrets.api_key"],
  ],
  [
    "amazon-s3",
    { role_arn: "arn:aws:iam::123456789012:role/x", access_key_id: "AKIA" },
    { secret_access_key: "s" },
    ["invalid_configuration at config.access_key_id"],
  ],
])(
  "%s: two ways to sign in exclude each other",
  (type, config, secrets, expected) => {
    expect(faults({ type, config, secrets })).toEqual(expected);
  },
);

test("alternatives are told as a person would", () => {
  const config = { account: "a", login: "l" };
  expect(details({ type: "snowflake", config })).toEqual([
    'The type snowflake needs "password" (password), or "private_key" (key pair). Add one of them to secrets.',
  ]);
  expect(
    details({
      type: "snowflake",
      config,
      secrets: { password: "p", private_key: "k" },
    }),
  ).toEqual([
    '"password" and "private_key" exclude each other. Keep one of them and remove the other.',
  ]);
  expect(
    details({
      type: "snowflake",
      config,
      secrets: { private_key_passphrase: "p" },
    }),
  ).toEqual([
    '"private_key_passphrase" needs "private_key" as well (Private key). Add it to secrets.',
  ]);
});
