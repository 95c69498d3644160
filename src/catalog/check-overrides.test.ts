import { formatPath } from "../diagnostics";
import { KNOWN_AFTER_APPLY, type Value } from "../model";
import { checkOverrides, type CheckOverridesOptions } from "./index";

type Options = Partial<CheckOverridesOptions> & { readonly type: string };

function check(options: Options) {
  return checkOverrides({
    config: undefined,
    overrides: undefined,
    overrideSecrets: undefined,
    overrideSecretsPath: "override_secrets",
    ...options,
  });
}

function faults(options: Options): readonly string[] {
  return check(options).map(
    ({ code, path }) => `${code} at ${formatPath(path)}`,
  );
}

const snowflake = {
  type: "snowflake",
  config: { account: "a", login: "l", schema: "PUBLIC" },
};
const http = {
  type: "http",
  config: {
    base_url: "https://a.example",
    body: { content_type: "text/plain", content: "x" },
  },
};

test.each<[string, Options]>([
  ["no overrides", snowflake],
  ["another value", { ...snowflake, overrides: { schema: "PROD" } }],
  ["a new field", { ...snowflake, overrides: { role: "LOADER" } }],
  ["a field removed", { ...snowflake, overrides: { schema: null } }],
  [
    "a field removed that is not there",
    { ...snowflake, overrides: { role: null } },
  ],
  [
    "a part of a map",
    { ...http, overrides: { headers: { Accept: "text/plain", Gone: null } } },
  ],
  ["a part of an object", { ...http, overrides: { body: { content: "y" } } }],
  ["a whole object removed", { ...http, overrides: { body: null } }],
  [
    "a number as text",
    {
      type: "mysql",
      config: { host: "h", login: "l" },
      overrides: { port: "3307" },
    },
  ],
  ["another secret", { ...snowflake, overrideSecrets: { password: "p" } }],
  [
    "another kind of secret",
    { ...snowflake, overrideSecrets: { password: null, private_key: "k" } },
  ],
  [
    "a required field that is known after apply",
    { ...snowflake, overrides: { account: KNOWN_AFTER_APPLY } },
  ],
  [
    "overrides that are known after apply",
    {
      ...snowflake,
      overrides: KNOWN_AFTER_APPLY,
      overrideSecrets: KNOWN_AFTER_APPLY,
    },
  ],
  [
    "a config that is known after apply",
    { ...snowflake, config: KNOWN_AFTER_APPLY, overrides: { account: null } },
  ],
  [
    "anything of a native type",
    { type: "astro:airbyte", overrides: { a: [1], b: null } },
  ],
])("%s is right", (_, options) => {
  expect(faults(options)).toEqual([]);
});

test.each<[string, Options, readonly string[]]>([
  [
    "an unknown field",
    { ...snowflake, overrides: { shema: "PROD" } },
    ["unknown_field at overrides.shema"],
  ],
  [
    "an unknown field that it removes",
    { ...snowflake, overrides: { shema: null } },
    ["unknown_field at overrides.shema"],
  ],
  [
    "an unknown field of an object",
    { ...http, overrides: { body: { contnt: "x" } } },
    ["unknown_field at overrides.body.contnt"],
  ],
  [
    "a secret field",
    { ...snowflake, overrides: { password: "x" } },
    ["secret_in_config at overrides.password"],
  ],
  [
    "a plain field among the secrets",
    {
      ...snowflake,
      overrideSecrets: { schema: "PROD" },
      overrideSecretsPath: "override_secrets_wo",
    },
    ["plain_field_in_secrets at override_secrets_wo.schema"],
  ],
  [
    "a required field removed",
    { ...snowflake, overrides: { account: null } },
    ["missing_field at overrides.account"],
  ],
  [
    "a required part removed",
    { ...http, overrides: { body: { content: null } } },
    ["missing_field at overrides.body.content"],
  ],
  [
    "a new object without a required part",
    {
      ...http,
      config: { base_url: "https://a.example" },
      overrides: { body: { content: "x" } },
    },
    ["missing_field at overrides.body.content_type"],
  ],
  [
    "a wrong type",
    { ...snowflake, overrides: { warehouse: ["WH"] } },
    ["invalid_field at overrides.warehouse"],
  ],
  [
    "a wrong type in a map",
    { ...http, overrides: { headers: { a: [] } } },
    ["invalid_field at overrides.headers.a"],
  ],
  [
    "a wrong secret",
    { ...snowflake, overrideSecrets: { password: 1.5e300 } },
    ["invalid_field at override_secrets.password"],
  ],
  [
    "an alternative beside the connection's",
    {
      type: "amazon-s3",
      config: { role_arn: "arn:aws:iam::123456789012:role/x" },
      overrides: { access_key_id: "AKIA" },
    },
    ["invalid_configuration at overrides.access_key_id"],
  ],
  [
    "an alternative beside the connection's, the other way round",
    {
      type: "amazon-s3",
      config: { access_key_id: "AKIA" },
      overrides: { role_arn: "arn:aws:iam::123456789012:role/x" },
    },
    ["invalid_configuration at overrides.role_arn"],
  ],
  [
    "an alternative beside the connection's secret",
    {
      ...snowflake,
      secrets: { password: "p" },
      overrideSecrets: { private_key: "k" },
    },
    ["invalid_configuration at override_secrets.private_key"],
  ],
  [
    "what another field needs",
    {
      type: "amazon-s3",
      config: {
        role_arn: "arn:aws:iam::123456789012:role/x",
        external_id: "x",
      },
      overrides: { role_arn: null },
    },
    ["missing_field at overrides.role_arn"],
  ],
  [
    "no object",
    { ...snowflake, overrides: "PROD", overrideSecrets: [] },
    ["invalid_field at overrides", "invalid_field at override_secrets"],
  ],
  [
    "no object, for a native type",
    { type: "pipes:github", overrides: [] },
    ["invalid_field at overrides"],
  ],
])("%s is a fault of the link", (_, options, expected) => {
  expect(faults(options)).toEqual(expected);
});

test.each<[string, Value]>([
  ["a field that is missing", { login: "l" }],
  ["a field that is invalid", { account: "a", login: [] }],
  ["a field that does not exist", { account: "a", login: "l", foo: 1 }],
])(
  "what is wrong with the connection itself is not repeated: %s",
  (_, config) => {
    expect(
      faults({ type: "snowflake", config, overrides: { schema: "PROD" } }),
    ).toEqual([]);
  },
);

test("without the connection's config each override is checked by itself", () => {
  expect(
    faults({ type: "snowflake", overrides: { account: null, schema: "PROD" } }),
  ).toEqual([]);
  expect(
    faults({ type: "http", overrides: { body: { content: "x" }, login: "l" } }),
  ).toEqual([]);
  expect(
    faults({
      type: "snowflake",
      overrides: { shema: "x", role: [], password: "x" },
      overrideSecrets: { role: "x" },
    }),
  ).toEqual([
    "unknown_field at overrides.shema",
    "secret_in_config at overrides.password",
    "plain_field_in_secrets at override_secrets.role",
    "invalid_field at overrides.role",
  ]);
});

test("messages speak of overrides, and of null as the way to remove a field", () => {
  const details = (options: Options) =>
    check(options).map(({ detail }) => detail);
  expect(details({ ...snowflake, overrides: { account: null } })).toEqual([
    'The type snowflake needs "account" (Account), for example "xy12345". A link cannot remove it: leave it out of overrides, or give it a value there.',
  ]);
  expect(
    details({ ...snowflake, overrides: { password: "hunter2-secret" } }),
  ).toEqual([
    '"password" is a secret field. Move it to override_secrets (stored in the state) or override_secrets_wo (never stored).',
  ]);
  expect(
    details({
      ...snowflake,
      secrets: { password: "p" },
      overrideSecrets: { private_key: "k" },
    }),
  ).toEqual([
    '"password" and "private_key" exclude each other. Keep one of them and remove the other. A null here removes a field of the connection for this deployment. For example: password = null.',
  ]);
});
