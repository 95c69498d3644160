import { Secret } from "../../diagnostics";
import type { Connection, JsonObject, Link } from "../../model";
import { openAt } from "../../../test/standins/astro";

/** What is told while planning. Nobody listens at this address: it asks nobody. */
const { connections, links } = openAt("http://127.0.0.1:9");

const owner = { kind: "workspace", name: "analytics" } as const;
const key = { owner, name: "warehouse" };
const postgresql: Connection = {
  ...key,
  type: "postgresql",
  config: { host: "db.example.com", login: "loader", database: "app" },
};

const pathsOf = (faults: ReturnType<NonNullable<typeof connections.check>>) =>
  faults.map(({ path }) => path.join("."));

test.each<[what: string, change: Partial<Connection>, paths: string[]]>([
  ["nothing wrong", {}, []],
  ["a name that Airflow would not take", { name: "a b" }, ["name"]],
  ["a long description", { description: "x".repeat(501) }, ["description"]],
  ["a type that Astro has not", { type: "mongodb" }, ["type"]],
  [
    "fields that Airflow has not, and a name, all at once",
    {
      name: "a b",
      config: { host: "h", login: "l", ssl_root_certificate: "geheim" },
      secrets: new Secret({ ssl_key: "geheim" }),
    },
    ["name", "config.ssl_root_certificate", "secrets.ssl_key"],
  ],
  [
    "auto-link of a deployment's own connection",
    {
      owner: { kind: "deployment", name: "prod" },
      autoLink: true,
      autoLinkExcept: ["staging"],
    },
    ["auto_link", "auto_link_except"],
  ],
  [
    "a key of extra that the type has a field for, in another spelling",
    {
      config: { host: "h", login: "l", extra: { sslMode: "require" } },
      secrets: new Secret({ secret_extra: { sslmode: "geheim" } }),
    },
    ["config.extra.sslMode", "secrets.secret_extra.sslmode"],
  ],
  [
    "a key of extra that is the type's own name of a field, as others write it",
    {
      type: "amazon-s3",
      config: { bucket: "b", extra: { accessKeyId: "AKIA", Region_Name: "r" } },
      secrets: new Secret({
        secret_extra: { "secret-access-key": "geheim" },
      }),
    },
    [
      "config.extra.accessKeyId",
      "config.extra.Region_Name",
      "secrets.secret_extra.secret-access-key",
    ],
  ],
])("of a connection with %s", (_what, change, paths) => {
  const faults = connections.check!({ ...postgresql, ...change });
  expect(pathsOf(faults)).toEqual(paths);
  expect(JSON.stringify(faults)).not.toContain("geheim");
});

const snowflake = {
  type: "snowflake",
  config: {
    account: "a",
    login: "l",
    session_parameters: { QUERY_TAG: "etl", TIMEZONE: "UTC" },
  },
};
const native = {
  type: "astro:airbyte",
  config: { host: "h", extra: { retry: { times: 3, delay: 1 }, plain: 1 } },
};

test.each<
  [
    what: string,
    parent: { readonly type: string; readonly config: JsonObject },
    overrides: JsonObject,
    secrets: JsonObject | undefined,
    paths: string[],
  ]
>([
  ["nothing", postgresql, {}, undefined, []],
  [
    "fields, one taken away",
    postgresql,
    { host: "h", database: null, ssl_mode: "require" },
    { password: "geheim" },
    [],
  ],
  [
    "one secret that takes the place of another, in any order",
    snowflake,
    {},
    { private_key: "geheim", private_key_passphrase: "geheim", password: null },
    [],
  ],
  [
    "fields that Airflow has not",
    postgresql,
    { ssl_certificate: "geheim" },
    { ssl_key: "geheim" },
    ["overrides.ssl_certificate", "override_secrets.ssl_key"],
  ],
  [
    "a default that is taken back",
    postgresql,
    { port: null },
    undefined,
    ["overrides.port"],
  ],
  [
    "all members at once",
    { ...postgresql, config: { ...postgresql.config, parameters: { a: "1" } } },
    { parameters: null },
    undefined,
    ["overrides.parameters"],
  ],
  [
    "a part of what is one value",
    snowflake,
    { session_parameters: { QUERY_TAG: "prod" } },
    undefined,
    ["overrides.session_parameters"],
  ],
  [
    "a member of one value that is taken away",
    snowflake,
    { session_parameters: { QUERY_TAG: "prod", TIMEZONE: null } },
    undefined,
    ["overrides.session_parameters"],
  ],
  [
    "the whole of what is one value",
    snowflake,
    { session_parameters: { QUERY_TAG: "prod", TIMEZONE: "UTC", MORE: "1" } },
    undefined,
    [],
  ],
  [
    "members of extra, which are kept one by one",
    native,
    { extra: { plain: 2 } },
    undefined,
    [],
  ],
  [
    "a part of a member of extra",
    native,
    { extra: { retry: { times: 5 } } },
    undefined,
    ["overrides.extra.retry"],
  ],
  ["an empty text", native, { host: "" }, undefined, ["overrides.host"]],
  ["empty extra", native, { extra: {} }, undefined, ["overrides.extra"]],
  ["all of extra", native, { extra: null }, undefined, ["overrides.extra"]],
  [
    "a secret that the native type has not",
    native,
    {},
    { token: "geheim" },
    ["override_secrets.token"],
  ],
  [
    "a type of the type generic",
    { type: "generic", config: { conn_type: "ftp" } },
    { conn_type: "sftp" },
    undefined,
    ["overrides.conn_type"],
  ],
  [
    "a key among extra and secrets",
    { type: "generic", config: { conn_type: "ftp" } },
    { extra: { key: 1 } },
    { secret_extra: { key: "geheim" } },
    ["override_secrets.secret_extra.key"],
  ],
  [
    "the prefix of a token",
    { type: "http", config: { base_url: "https://h" } },
    { token_prefix: "Token" },
    { token: "geheim" },
    ["overrides.token_prefix"],
  ],
  [
    "anything, of a connection that Astro cannot hold",
    { type: "mongodb", config: {} },
    { host: "h" },
    undefined,
    [],
  ],
])(
  "of a link that overrides %s",
  (_what, parent, overrides, secrets, paths) => {
    const link: Link = {
      connection: key,
      deployment: "prod",
      overrides,
      overrideSecrets: secrets && new Secret(secrets),
    };
    const faults = links!.check!(link, parent);
    expect(pathsOf(faults)).toEqual(paths);
    expect(JSON.stringify(faults)).not.toContain("geheim");
  },
);

test("of a link of a deployment's own connection", () => {
  const connection = { owner: { kind: "deployment", name: "prod" }, name: "a" };
  const link = { connection, deployment: "staging", overrides: {} } as const;
  expect(pathsOf(links!.check!(link as Link, postgresql))).toEqual([
    "connection_id",
  ]);
});

test("what a part of an override would lose is named", () => {
  const [fault] = links!.check!(
    {
      connection: key,
      deployment: "prod",
      overrides: { session_parameters: { QUERY_TAG: "prod" } },
    },
    snowflake,
  );
  expect(fault?.detail).toContain('"TIMEZONE" of the connection would be lost');
});
