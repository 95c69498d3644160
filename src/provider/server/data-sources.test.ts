import { Secret } from "../../diagnostics";
import {
  createMemoryPlatform,
  everyCapability,
  type MemoryPlatform,
} from "../../testing";
import { dataSources } from "../data-sources";
import { recordOfSchema, schemaType } from "../schema/schema-type";
import { toValue } from "../state/values";
import {
  containsUnknown,
  type CtyRecord,
  type CtyValue,
  decodeDynamicValue,
  encodeDynamicValue,
  UNKNOWN,
} from "../wire";
import { codesOf, SimulatedCore } from "./core-fixture";

const acme = { kind: "organization", name: "acme" } as const;
const key = { owner: acme, name: "warehouse" };
const id = "organization/acme/warehouse";
type Given = Readonly<Record<string, CtyValue>>;

async function setUp(
  capabilities = everyCapability,
): Promise<{ core: SimulatedCore; platform: MemoryPlatform }> {
  const platform = createMemoryPlatform({
    organization: "acme",
    capabilities: everyCapability,
  });
  const management = platform.inventoryManagement!;
  await management.createWorkspace({ owner: acme, name: "science" });
  await management.createWorkspace({ owner: acme, name: "analytics" });
  for (const [name, workspace] of [
    ["staging", "analytics"],
    ["prod", "analytics"],
    ["lab", "science"],
  ] as const)
    await management.createDeployment({ owner: acme, name, workspace });
  await platform.connections.create({
    ...key,
    type: "postgresql",
    config: { host: "db", login: "x" },
    secrets: new Secret({ password: "planted" }),
    access: { view: ["user/jane"] },
  });
  await platform.connections.create({
    owner: acme,
    name: "auto",
    type: "generic",
    config: { conn_type: "ftp" },
    autoLink: true,
  });
  await platform.attachments!.create({
    connection: key,
    workspace: "analytics",
  });
  await platform.attachments!.create({
    connection: { owner: acme, name: "auto" },
    workspace: "science",
  });
  await platform.links!.create({
    connection: key,
    deployment: "prod",
    overrides: { schema: "PROD" },
    overrideSecrets: new Secret({ ssl_key: "planted" }),
  });
  const features = capabilities.features;
  const { usage, inventory, ...rest } = platform;
  const core = new SimulatedCore({
    platforms: [
      {
        name: "hub",
        title: "Hub",
        description: "",
        capabilities,
        settings: [],
        open: () =>
          Promise.resolve({
            ...rest,
            ...(features.includes("usage") ? { usage } : {}),
            ...(features.includes("inventory") ? { inventory } : {}),
            name: "hub",
            capabilities,
          }),
      },
    ],
    provider: { organization: "acme" },
  });
  await core.configure();
  return { core, platform };
}

async function look(core: SimulatedCore, name: string, given: Given = {}) {
  const { schema } = dataSources.get(name)!;
  const config = encodeDynamicValue(
    schemaType(schema),
    recordOfSchema(schema, given),
  );
  const signal = new AbortController().signal;
  const validated = await core.service.validateDataResourceConfig!(
    { typeName: name, config },
    signal,
  );
  if ((validated.diagnostics ?? []).length > 0)
    return { codes: codesOf(validated.diagnostics), state: undefined };
  const answer = await core.service.readDataSource!(
    { typeName: name, config },
    signal,
  );
  const state = decodeDynamicValue(
    schemaType(schema),
    answer.state,
  ) as CtyRecord | null;
  if (state !== null) expect(containsUnknown(state)).toBe(false);
  return {
    codes: codesOf(answer.diagnostics),
    state:
      state === null
        ? undefined
        : (JSON.parse(JSON.stringify(toValue(state))) as Record<
            string,
            unknown
          >),
  };
}

test.each<[name: string, given: Given, state: unknown]>([
  [
    "patchbay_connection",
    { id },
    {
      id,
      name: "warehouse",
      owner: "organization/acme",
      type: "postgresql",
      config: { host: "db", login: "x" },
      secret_fields: ["password"],
      access: { view: ["user/jane"], use: null, edit: null },
    },
  ],
  ["patchbay_connection", { name: "warehouse" }, { id }],
  [
    "patchbay_connection",
    { name: "warehouse", owner: "organization/acme" },
    { id },
  ],
  [
    "patchbay_connections",
    {},
    {
      connections: [
        { name: "auto", type: "generic" },
        { name: "warehouse", type: "postgresql", status: "unknown" },
      ],
    },
  ],
  ["patchbay_connections", { type: "postgresql" }, { connections: [{ id }] }],
  ["patchbay_connections", { owner: "user/jane" }, { connections: [] }],
  [
    "patchbay_connection_usage",
    { connection_id: id },
    {
      workspaces: [{ workspace: "analytics", through: "attachment" }],
      deployments: [
        { deployment: "prod", workspace: "analytics", through: "link" },
      ],
    },
  ],
  [
    "patchbay_effective_connection",
    { connection_id: id, deployment: "prod" },
    {
      effective: { host: "db", login: "x", schema: "PROD" },
      secret_fields: ["password", "ssl_key"],
    },
  ],
  [
    "patchbay_effective_connection",
    { connection_id: "organization/acme/auto", deployment: "lab" },
    { effective: { conn_type: "ftp" } },
  ],
  [
    "patchbay_workspace",
    { name: "analytics" },
    { id: "organization/acme/workspace/analytics" },
  ],
  [
    "patchbay_workspaces",
    {},
    { workspaces: [{ name: "analytics" }, { name: "science" }] },
  ],
  [
    "patchbay_deployment",
    { name: "prod" },
    { id: "organization/acme/deployment/prod", workspace: "analytics" },
  ],
  [
    "patchbay_deployments",
    {},
    { deployments: [{ name: "lab" }, { name: "prod" }, { name: "staging" }] },
  ],
  [
    "patchbay_deployments",
    { workspace: "science" },
    { deployments: [{ name: "lab", workspace: "science" }] },
  ],
])("%s finds what is asked for with %j", async (name, given, state) => {
  const { core } = await setUp();
  const answer = await look(core, name, given);
  expect(answer.codes).toEqual([]);
  expect(answer.state).toMatchObject(state as object);
  expect(JSON.stringify(answer.state)).not.toContain("planted");
});

test("patchbay_connection_types names fields and secrets of every type", async () => {
  const { core } = await setUp();
  const { state } = await look(core, "patchbay_connection_types");
  const types = state!["types"] as {
    name: string;
    config_fields: string[];
    secret_fields: string[];
  }[];
  expect(types.map(({ name }) => name)).toContain("snowflake");
  expect(types.find(({ name }) => name === "postgresql")).toMatchObject({
    secret_fields: ["password", "secret_extra", "ssl_key"],
  });
});

test.each<[name: string, given: Given, code: string]>([
  ["patchbay_connection", {}, "missing_argument"],
  ["patchbay_connection", { id, name: "warehouse" }, "conflicting_arguments"],
  ["patchbay_connection", { id: "warehouse" }, "invalid_id"],
  ["patchbay_connection", { name: "missing" }, "not_found"],
  ["patchbay_connection", { name: "a " }, "invalid_name"],
  ["patchbay_connection", { name: "x", owner: "acme" }, "invalid_owner"],
  ["patchbay_connections", { owner: "acme" }, "invalid_owner"],
  [
    "patchbay_connection_usage",
    { connection_id: "organization/acme/missing" },
    "not_found",
  ],
  [
    "patchbay_effective_connection",
    { connection_id: id, deployment: "staging" },
    "not_found",
  ],
  [
    "patchbay_effective_connection",
    { connection_id: "x", deployment: "prod" },
    "invalid_id",
  ],
  ["patchbay_workspace", { name: "missing" }, "not_found"],
  ["patchbay_deployment", { name: "" }, "not_found"],
  ["patchbay_deployment", {}, "missing_argument"],
])("%s with %j is a diagnostic of the code %s", async (name, given, code) => {
  const { core } = await setUp();
  expect((await look(core, name, given)).codes).toEqual([code]);
});

test.each([
  "patchbay_connection_usage",
  "patchbay_workspaces",
  "patchbay_deployment",
])("%s says so where the platform cannot tell", async (name) => {
  const { core } = await setUp({ ...everyCapability, features: ["links"] });
  expect(
    (await look(core, name, { connection_id: id, name: "prod" })).codes,
  ).toEqual(["unsupported"]);
});

test("nothing can be looked up while the provider block is not known", async () => {
  const { core } = await setUp();
  await core.configure({ organization: UNKNOWN });
  expect(
    (await look(core, "patchbay_connections", { owner: "tenant" })).codes,
  ).toEqual(["not_known_yet"]);
});

test("a look-up that fails is told as the platform told it", async () => {
  const { core, platform } = await setUp();
  platform.failNext({ method: "connections.list", code: "rate_limited" });
  expect((await look(core, "patchbay_connections")).codes).toEqual([
    "rate_limited",
  ]);
});

test("a moved block is refused politely", async () => {
  const { core } = await setUp();
  const answer = await core.service.moveResourceState!(
    {
      sourceProviderAddress: "registry.terraform.io/turbot/pipes",
      sourceTypeName: "pipes_connection",
      sourceSchemaVersion: 0,
      targetTypeName: "patchbay_connection",
      sourcePrivate: new Uint8Array(),
      sourceIdentitySchemaVersion: 0,
    },
    new AbortController().signal,
  );
  expect(codesOf(answer.diagnostics)).toEqual(["move_refused"]);
});

test("functions are called by name with their arguments, and an unknown one is no bug", async () => {
  const { core } = await setUp();
  const signal = new AbortController().signal;
  expect(
    await core.service.callFunction!(
      { name: "missing", arguments: [] },
      signal,
    ),
  ).toEqual({ error: { text: "There is no function missing." } });
  expect(
    Object.keys((await core.service.getFunctions!({}, signal)).functions ?? {}),
  ).toEqual(["effective"]);
});
