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
    "secrets in config of a native type",
    { ...net, config: { token: "x", api_key: "y", timeout: 5 } },
    ["secret_in_config at config.token", "secret_in_config at config.api_key"],
  ],
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
    "a plugin that the catalogue has a type for",
    { ...net, type: "pipes:snowflake", config: { account: "a", user: "u" } },
    ["unsupported at type"],
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
    { ...net, name: "a__b", config: { token: "x" }, parent: "/a//b" },
    [
      "invalid_name at name",
      "secret_in_config at config.token",
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

test("what is wrong with a plugin's name is told with the right one", () => {
  const words = platform.connections.check!({
    ...net,
    type: "pipes:snowflake",
    config: { account: "a", user: "u" },
  })[0]?.detail;
  expect(words).toContain('type = "snowflake"');
  expect(words).toContain('"login" for "user"');
});

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
