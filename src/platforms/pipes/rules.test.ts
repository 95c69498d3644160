import { Secret } from "../../diagnostics";
import type { JsonObject, KnownAs } from "../../model";
import { soundingSecrets } from "../../catalog";
import { pipesRules } from "./rules";

const shown = (plugin: string, config: JsonObject, known?: KnownAs) =>
  pipesRules.shown!(new Secret<unknown>({ plugin, config }), known);
const as = (
  type: string,
  config: JsonObject = {},
  secretFields: readonly string[] = [],
): KnownAs => ({ type, config, secretFields });

describe("what Pipes stores is shown", () => {
  const stored = { account: "xy12345", user: "u", browser_auth: true };

  test("as the type that is known, where that is the same plugin", () => {
    expect(shown("snowflake", stored, as("snowflake"))).toMatchObject({
      type: "snowflake",
      config: { account: "xy12345", login: "u", extra: { browser_auth: true } },
    });
    expect(shown("snowflake", stored, as("pipes:snowflake"))).toMatchObject({
      type: "pipes:snowflake",
      config: stored,
    });
  });

  test("as what it is, where something else is known", () => {
    for (const known of ["pipes:aws", "kafka", "astro:snowflake"])
      expect(shown("snowflake", stored, as(known)).type).toBe("snowflake");
    expect(shown("net", {}, as("snowflake")).type).toBe("pipes:net");
  });

  test.each<readonly [type: string, config: JsonObject]>([
    ["snowflake", stored],
    ["snowflake", { account: "xy12345", user: "u", password: "***" }],
    // The catalogue's type needs a login.
    ["pipes:snowflake", { account: "xy12345" }],
    [
      "pipes:snowflake",
      { account: "xy12345.snowflakecomputing.com", user: "u" },
    ],
    ["pipes:snowflake", { account: "xy12345", user: "u", type: "aggregator" }],
  ])("as %s, where nothing is known, of %j", (type, config) => {
    expect(shown("snowflake", config).type).toBe(type);
  });

  test("with what is masked among the secrets, at any depth", () => {
    const config = {
      host: "h",
      app_key: "***",
      gone: null,
      hosts: ["a", "<redacted>"],
      proxy: { host: "p", auth: { pin: "••••" } },
      only: { pin: "****" },
    };
    expect(shown("net", config)).toEqual({
      type: "pipes:net",
      config: { host: "h", proxy: { host: "p" } },
      secretFields: ["app_key", "hosts", "only.pin", "proxy.auth.pin"],
    });
    expect(
      shown(
        "snowflake",
        { account: "xy12345", user: "u", password: "***", pin: "***" },
        as("snowflake", {}, ["private_key"]),
      ),
    ).toMatchObject({
      config: { account: "xy12345", login: "u" },
      // Nobody says that one that is not shown at all is gone.
      secretFields: ["password", "private_key", "secret_extra.pin"],
    });
  });

  test("without the secrets of the type, should Pipes show them", () => {
    expect(
      shown("snowflake", {
        account: "xy12345",
        user: "u",
        password: "a-secret-of-the-test",
      }),
    ).toEqual({
      type: "snowflake",
      config: { account: "xy12345", login: "u" },
      secretFields: ["password"],
    });
  });

  test("as it was declared, where it is masked and was declared as plain", () => {
    const known = as("pipes:net", { pattern: "a-z", deep: { pattern: "b" } });
    expect(
      shown("net", { pattern: "***", deep: { pattern: "***", x: 1 } }, known),
    ).toEqual({
      type: "pipes:net",
      config: { pattern: "a-z", deep: { pattern: "b", x: 1 } },
      secretFields: undefined,
    });
  });
});

/** What the vendor's own sample files call the credentials of their plugins. */
const credentials: readonly (readonly [plugin: string, config: JsonObject])[] =
  [
    ["datadog", { app_key: "v1" }],
    ["vercel", { access_token: "v1" }],
    ["linkedin", { access_token: "v1" }],
    ["auth0", { api_token: "v1" }],
    ["duo", { skey: "v1" }],
    ["ovh", { application_secret: "v1" }],
    ["gcp", { impersonate_access_token: "v1" }],
    ["kubernetes", { kubeconfig: "v1" }],
    ["config", { url: "https://user:v1@example.com/a.yml" }],
    ["postgres", { connection_string: "postgres://u:v1@db/x" }],
    ["net", { proxy: { auth: { password: "v1" } } }],
    ["tls", { key: "-----BEGIN RSA PRIVATE KEY-----\nMIIB" }],
    ["aws", { secret_key: "v1" }],
    ["azure", { client_secret: "v1" }],
    ["azure", { certificate_password: "v1" }],
    ["imap", { password: "v1" }],
    ["slack", { token: "v1" }],
    ["trello", { api_key: "v1" }],
    ["salesforce", { private_key: "v1" }],
  ];

test.each(credentials)("the plugin %s has a secret in %j", (plugin, config) => {
  const { type, config: plain } = shown(plugin, config);
  expect(soundingSecrets(type, plain)).toHaveLength(1);
});

test.each<JsonObject>([
  { token_url: "https://example.com/token" },
  { key_vault_name: "vault" },
  { private_key_id: "abc" },
  { access_key_id: "AKIA" },
  { private_key_path: "/keys/a.pem" },
  { regions: ["us-east-1"], default_region: "us-east-1" },
])("nothing in %j is a secret", (config) => {
  expect(soundingSecrets("pipes:x", config)).toEqual([]);
});
