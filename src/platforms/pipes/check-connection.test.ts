import { formatPath, PatchbayError, Secret } from "../../diagnostics";
import type { Connection, Platform } from "../../model";
import type { PipesStandin } from "../../../test/standins/pipes";
import { openWithStandin } from "../../../test/standins/pipes/open-with-standin";

const acme = { kind: "organization", name: "acme" } as const;
const tenant = { kind: "tenant" } as const;
const analytics = { kind: "workspace", name: "analytics" } as const;

const net: Connection = {
  owner: acme,
  name: "net",
  type: "pipes:net",
  config: {},
};
const warehouse: Connection = {
  owner: acme,
  name: "warehouse",
  type: "snowflake",
  config: { account: "xy12345", login: "reader" },
};

let platform: Platform;
let standin: PipesStandin;
beforeAll(async () => {
  ({ platform, standin } = await openWithStandin());
});
afterAll(() => platform.close());

const told = (connection: Connection) =>
  platform.connections.check!(connection).map(
    ({ code, path }) => `${code} at ${formatPath(path)}`,
  );

const faulty: readonly (readonly [
  what: string,
  connection: Connection,
  faults: readonly string[],
])[] = [
  ["a handle", { ...net, name: "Net-1" }, ["invalid_name at name"]],
  [
    "a text that looks like a hidden secret",
    { ...net, config: { pattern: "a***" } },
    ["unsupported at config.pattern"],
  ],
  [
    "a field on both sides",
    {
      ...net,
      config: { access_key: "x", proxy: { host: "h", user: "u" } },
      secrets: new Secret({ access_key: "y", proxy: { user: "v" } }),
    },
    [
      "conflicting_arguments at config.access_key",
      "conflicting_arguments at config.proxy.user",
    ],
  ],
  [
    "a text on one side that is an object on the other",
    {
      ...net,
      config: { proxy: "http://h" },
      secrets: new Secret({ proxy: { password: "v" } }),
    },
    ["conflicting_arguments at config.proxy"],
  ],
  [
    "a key in extra and in secret_extra",
    {
      ...warehouse,
      config: { ...warehouse.config, extra: { proxy: "h", retries: 3 } },
      secrets: new Secret({ password: "p", secret_extra: { proxy: "q" } }),
    },
    ["conflicting_arguments at config.extra.proxy"],
  ],
  [
    "keys of extra that fields are written to, in any spelling",
    {
      ...warehouse,
      config: { ...warehouse.config, extra: { user: "u", Account: "a" } },
      secrets: new Secret({
        password: "p",
        secret_extra: { privateKey: "q", "private-key-passphrase": "r" },
      }),
    },
    [
      "unsupported at config.extra.user",
      "unsupported at config.extra.Account",
      "unsupported at secrets.secret_extra.privateKey",
      "unsupported at secrets.secret_extra.private-key-passphrase",
    ],
  ],
  [
    "an aggregator, and settings of a Steampipe file",
    {
      ...net,
      type: "pipes:aws",
      config: {
        type: "aggregator",
        connections: ["aws_*"],
        plugin: "aws",
        import_schema: "enabled",
      },
      secrets: new Secret({ options: { cache: true } }),
    },
    [
      "unsupported at config.type",
      "unsupported at config.connections",
      "unsupported at config.plugin",
      "unsupported at config.import_schema",
      "unsupported at secrets.options",
    ],
  ],
  [
    "an aggregator in extra",
    {
      ...warehouse,
      config: { ...warehouse.config, extra: { type: "aggregator" } },
    },
    ["unsupported at config.extra.type"],
  ],
  [
    "a plugin with its publisher",
    { ...net, type: "pipes:turbot/net" },
    ["unsupported at type"],
  ],
  [
    "fields that the plugin does not have",
    {
      ...warehouse,
      config: { ...warehouse.config, database: "d", schema: "s" },
      secrets: new Secret({ password: "p", passcode: "q" }),
    },
    [
      "unsupported at config.database",
      "unsupported at config.schema",
      "unsupported at secrets.passcode",
    ],
  ],
  ["a type", { ...net, type: "kafka" }, ["unsupported at type"]],
  [
    "an owner",
    { ...net, owner: { kind: "user", name: "jane" } },
    ["unsupported at owner"],
  ],
  [
    "a folder with an empty title",
    { ...net, parent: "Production//Databases" },
    ["invalid_field at parent"],
  ],
  [
    "an owner's id as a folder",
    { ...net, parent: `o_${"0".repeat(20)}` },
    ["invalid_field at parent"],
  ],
  [
    "the id that Turbot's provider gives a folder",
    { ...net, parent: `acme/c_${"0".repeat(20)}` },
    ["invalid_field at parent"],
  ],
  [
    "access to see and to change",
    { ...net, access: { view: ["org/acme"], edit: ["user/jane"] } },
    ["unsupported at access.view", "unsupported at access.edit"],
  ],
  [
    "teams and roles",
    { ...net, access: { use: ["team/data", "role/admin"] } },
    ["unsupported at access.use", "unsupported at access.use"],
  ],
  [
    "a name that is no handle",
    { ...net, owner: tenant, access: { use: ["org/Acme Inc."] } },
    ["invalid_field at access.use"],
  ],
  [
    "anybody outside of the organization",
    {
      ...net,
      access: { use: ["org/acme", "org/other", "user/jane", "tenant"] },
    },
    [
      "unsupported at access.use",
      "unsupported at access.use",
      "unsupported at access.use",
    ],
  ],
  [
    "access to what a workspace owns",
    { ...net, owner: analytics, access: { use: [] } },
    ["unsupported at access"],
  ],
  [
    "several things at once",
    { ...net, name: "a__b", config: { type: "x" }, parent: "/a//b" },
    [
      "invalid_name at name",
      "unsupported at config.type",
      "invalid_field at parent",
    ],
  ],
];

test.each(faulty)(
  "Pipes is not asked about %s",
  async (_what, connection, faults) => {
    expect(told(connection)).toEqual(faults);
    for (const call of [
      platform.connections.create(connection),
      platform.connections.update(net, connection),
      platform.verification!.verify(connection),
    ])
      expect(await failureOf(call)).toEqual(
        platform.connections.check!(connection),
      );
    expect(standin.requests()).toEqual([]);
  },
);

test.each<readonly [what: string, connection: Connection]>([
  ["without anything", net],
  ["whose secrets are not looked at", warehouse],
  ["whose secrets are none", { ...net, secrets: new Secret({}) }],
  [
    "with both sides of one object",
    {
      ...net,
      config: { proxy: { host: "h" } },
      secrets: new Secret({ proxy: { password: "p" } }),
    },
  ],
  [
    "of a plugin with a field that the catalogue does not have",
    {
      ...net,
      type: "pipes:snowflake",
      config: { account: "a", browser_auth: true },
    },
  ],
  [
    "of a plugin that the catalogue has a type for",
    { ...net, type: "pipes:snowflake", config: { account: "a", user: "u" } },
  ],
  [
    "of the catalogue with further fields of the plugin",
    {
      ...warehouse,
      config: { ...warehouse.config, extra: { ignore_error_codes: ["X"] } },
      secrets: new Secret({ password: "p", secret_extra: { pin: "q" } }),
    },
  ],
  ["of a plugin of somebody else's", { ...net, type: "pipes:acme/net_2" }],
  ["at the top level", { ...net, parent: "/" }],
  ["in a folder", { ...net, parent: "/Production/Data bases/" }],
  ["in a folder by its id", { ...net, parent: `c_${"v".repeat(20)}` }],
  [
    "for its whole organization",
    { ...net, access: { use: ["org/acme"], edit: [] } },
  ],
  [
    "of the tenant, for everybody",
    {
      ...net,
      owner: tenant,
      access: { use: ["org/a1", "user/jane-d", "tenant"] },
    },
  ],
])("a connection %s has no faults", (_what, connection) => {
  expect(told(connection)).toEqual([]);
});

test("a workspace needs the provider's organization", async () => {
  const nobodys = await openWithStandin({}, { organization: undefined });
  expect(
    nobodys.platform.connections.check!({ ...net, owner: analytics }),
  ).toMatchObject([{ code: "missing_argument", path: ["owner"] }]);
  expect(nobodys.platform.connections.check!(net)).toEqual([]);
  await nobodys.platform.close();
});

test.each([
  ["pipes:turbot/aws", "pipes:aws"],
  ["pipes:turbot/aws@latest", "pipes:aws"],
  ["pipes:aws@0.76.0", "pipes:aws"],
  ["pipes:AWS", "pipes:aws"],
  ["pipes: aws", "pipes:aws"],
  ["pipes:aws ", "pipes:aws"],
  ["pipes:aws/", "pipes:aws"],
  ["pipes:hub.steampipe.io/plugins/turbot/aws@latest", "pipes:aws"],
  ["pipes:https://hub.steampipe.io/plugins/acme/net", "pipes:acme/net"],
  ["pipes:us-docker.pkg.dev/steampipe/plugins/turbot/aws@1", "pipes:aws"],
])("the type %j is refused: write %j", (type, right) => {
  expect(platform.connections.check!({ ...net, type })).toMatchObject([
    { code: "unsupported", path: ["type"] },
  ]);
  expect(platform.connections.check!({ ...net, type })[0]?.detail).toContain(
    `Write type = "${right}"`,
  );
});

test.each(["pipes:", "pipes:a/b/c", "pipes:a b", "pipes:@1"])(
  "the type %j is refused, though nobody knows what was meant",
  (type) => {
    expect(told({ ...net, type })).toEqual(["unsupported at type"]);
  },
);

test.each([
  "public",
  "default",
  "internal",
  "information_schema",
  "pg_catalog",
  "pg_x",
  "steampipe_x",
  "steampipe_internal",
])("the name %j is not given to a connection: it is reserved", (name) => {
  expect(told({ ...net, name })).toEqual(["invalid_name at name"]);
});

test.each(["publics", "pg", "steampipe", "my_pg_db", "defaults"])(
  "the name %j only sounds like a reserved one",
  (name) => {
    expect(told({ ...net, name })).toEqual([]);
  },
);

test("no value of a field is repeated", () => {
  const value = "a-secret-of-the-test***";
  const faults = platform.connections.check!({
    ...net,
    config: { token: value, other: value },
    secrets: new Secret({ other: value }),
  });
  expect(faults.length).toBeGreaterThan(2);
  expect(JSON.stringify(faults)).not.toContain(value);
});

async function failureOf(promise: Promise<unknown>) {
  const thrown: unknown = await promise.catch((error: unknown) => error);
  if (thrown instanceof PatchbayError) return thrown.diagnostics;
  throw new Error(`It did not fail with a diagnostic: ${String(thrown)}`);
}
