import { type DiagnosticCode, PatchbayError, Secret } from "../diagnostics";
import { type Connection, objectOf } from "../model";
import type { EmbeddedHub } from "./embedded-hub";
import {
  acme,
  addInventory,
  collect,
  openTemporaryHub,
  postgres,
} from "./hub-fixture";

let hub: EmbeddedHub;
let api: EmbeddedHub["api"];
let now: number;

beforeEach(async () => {
  now = 0;
  hub = await openTemporaryHub({ clock: () => now });
  api = hub.api;
  await addInventory(hub);
});
afterEach(() => hub.close());

const account = acme;
const warehouse = postgres("warehouse");

async function refusal(work: Promise<unknown>): Promise<PatchbayError> {
  const outcome = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (outcome instanceof PatchbayError) return outcome;
  throw new Error("expected a PatchbayError");
}

function create(connection: Connection) {
  return api.connections.create({ account, connection });
}
function attach(workspace: string, connection: Connection = warehouse) {
  return api.attachments.create({
    account,
    attachment: { connection, workspace },
  });
}
function link(deployment: string, connection: Connection = warehouse) {
  return api.links.create({
    account,
    link: { connection, deployment, overrides: {} },
  });
}
function change(connection: Connection, concurrencyToken?: string) {
  return api.connections.update({
    account,
    key: connection,
    connection,
    concurrencyToken,
  });
}

describe("connections", () => {
  test("are shown as declared, secrets only by name", async () => {
    const created = await create({
      ...warehouse,
      description: "Sales",
      autoLinkExcept: ["b", "a", "a"],
    });
    expect(created).toMatchObject({
      name: "warehouse",
      type: "postgresql",
      description: "Sales",
      config: { host: "db.example.com", port: 5432 },
      secretFields: ["password"],
      secretsVersion: 1,
      autoLink: false,
      autoLinkExcept: ["a", "b"],
      status: "unknown",
    });
    expect(created.platformId).toMatch(/^conn_/);
    expect(await api.connections.tryFind({ account, key: warehouse })).toEqual(
      created,
    );
    expect(JSON.stringify(created)).not.toContain("not-a-real-password");
  });

  test.each<
    [string, Partial<Connection>, DiagnosticCode, readonly (string | number)[]]
  >([
    ["an unknown type", { type: "postgres" }, "unknown_type", ["type"]],
    [
      "another platform's type",
      { type: "pipes:github" },
      "unsupported",
      ["type"],
    ],
    [
      "an unknown field",
      { config: { ...warehouse.config, prot: 1 } },
      "unknown_field",
      ["config", "prot"],
    ],
    [
      "a secret in config",
      { config: { ...warehouse.config, password: "x" } },
      "secret_in_config",
      ["config", "password"],
    ],
    ["a name that ends with a blank", { name: "a " }, "invalid_name", ["name"]],
    [
      "a name that no address can hold",
      { name: ".." },
      "invalid_name",
      ["name"],
    ],
    [
      "an owner elsewhere",
      { owner: { kind: "user", name: "jane" } },
      "invalid_owner",
      ["owner"],
    ],
    ["a tenant", { owner: { kind: "tenant" } }, "invalid_owner", ["owner"]],
    [
      "a workspace that is not there",
      { owner: { kind: "workspace", name: "nowhere" } },
      "not_found",
      ["owner"],
    ],
  ])("with %s are refused", async (_, fault, code, path) => {
    const { diagnostics } = await refusal(create({ ...warehouse, ...fault }));
    expect(diagnostics).toContainEqual(expect.objectContaining({ code, path }));
    expect(
      await collect((page) => api.connections.list({ account, ...page })),
    ).toEqual([]);
  });

  test("have a name that is unique under their owner, by case", async () => {
    await create(warehouse);
    expect((await refusal(create(warehouse))).has("already_exists")).toBe(true);
    await create({ ...warehouse, name: "Warehouse" });
    await create({
      ...warehouse,
      owner: { kind: "workspace", name: "analytics" },
    });
    await create({ ...warehouse, owner: { kind: "deployment", name: "prod" } });
    const all = await api.connections.list({ account });
    expect(all.items.map(({ owner, name }) => [owner.kind, name])).toEqual([
      ["deployment", "warehouse"],
      ["organization", "Warehouse"],
      ["organization", "warehouse"],
      ["workspace", "warehouse"],
    ]);
  });

  test("are refused when the update is based on an older state", async () => {
    const { concurrencyToken } = await create(warehouse);
    const second = await change(
      { ...warehouse, description: "mine" },
      concurrencyToken,
    );
    expect(second.concurrencyToken).not.toBe(concurrencyToken);
    expect(
      (
        await refusal(
          change({ ...warehouse, description: "theirs" }, concurrencyToken),
        )
      ).has("conflict"),
    ).toBe(true);
    const deletion = api.connections.delete({
      account,
      key: warehouse,
      concurrencyToken,
    });
    expect((await refusal(deletion)).has("conflict")).toBe(true);
    expect(
      (await api.connections.tryFind({ account, key: warehouse }))?.description,
    ).toBe("mine");
  });

  test("made again under the same name do not take an older token", async () => {
    const { concurrencyToken } = await create(warehouse);
    await api.connections.delete({ account, key: warehouse });
    await create(warehouse);
    expect(
      (await refusal(change(warehouse, concurrencyToken))).has("conflict"),
    ).toBe(true);
  });

  test("are renamed in place, and attachments and links follow", async () => {
    await create(warehouse);
    await attach("analytics");
    await link("prod");
    const renamed = { ...warehouse, name: "lake" };
    await api.connections.update({
      account,
      key: warehouse,
      connection: renamed,
    });
    expect(
      await api.connections.tryFind({ account, key: warehouse }),
    ).toBeUndefined();
    const found = await api.links.tryFind({
      account,
      key: { connection: renamed, deployment: "prod" },
    });
    expect(found?.connection.name).toBe("lake");
    await create(warehouse);
    const taken = api.connections.update({
      account,
      key: warehouse,
      connection: renamed,
    });
    expect((await refusal(taken)).has("already_exists")).toBe(true);
  });

  test("keep their type and their owner", async () => {
    await create(warehouse);
    const update = (connection: Connection) =>
      api.connections.update({ account, key: warehouse, connection });
    expect(
      (await refusal(update({ ...warehouse, type: "mysql" }))).has(
        "unsupported",
      ),
    ).toBe(true);
    const owner = { kind: "workspace", name: "analytics" } as const;
    expect(
      (await refusal(update({ ...warehouse, owner }))).has("invalid_owner"),
    ).toBe(true);
  });

  test("have a status that is reported without changing what is declared", async () => {
    const { concurrencyToken } = await create(warehouse);
    const options = {
      account,
      key: warehouse,
      status: "error",
      message: "timeout",
    } as const;
    expect(await api.connections.setStatus(options)).toMatchObject({
      status: "error",
      statusMessage: "timeout",
      concurrencyToken,
    });
  });

  test("are converted to the form that their type prescribes", async () => {
    const created = await create({
      ...warehouse,
      config: { ...warehouse.config, port: "5433", schema: null },
    });
    expect(created.config).toMatchObject({ port: 5433 });
    expect(created.config).not.toHaveProperty("schema");
  });

  test("take any key in native config", async () => {
    const config = objectOf([["__proto__", "x"]]);
    const created = await create({ ...warehouse, type: "hub:own", config });
    expect(Object.entries(created.config)).toEqual([["__proto__", "x"]]);
  });
});

describe("the version of secrets", () => {
  test.each<
    [
      string,
      Secret<Record<string, string>> | undefined,
      number,
      readonly string[],
    ]
  >([
    ["stays when nothing is said about them", undefined, 1, ["password"]],
    [
      "stays when they are equal",
      new Secret({ password: "not-a-real-password" }),
      1,
      ["password"],
    ],
    [
      "grows when they change",
      new Secret({ password: "another" }),
      2,
      ["password"],
    ],
    ["grows when they are removed", new Secret({}), 2, []],
  ])("%s", async (_, secrets, version, secretFields) => {
    await create({ ...warehouse, type: "hub:own" });
    expect(
      await change({ ...warehouse, type: "hub:own", secrets }),
    ).toMatchObject({
      secretsVersion: version,
      secretFields,
    });
  });

  test("is 0 until there are some, and 1 then", async () => {
    const own = { ...warehouse, type: "hub:own", secrets: undefined };
    expect((await create(own)).secretsVersion).toBe(0);
    expect(
      (await change({ ...own, secrets: new Secret({}) })).secretsVersion,
    ).toBe(0);
    expect(
      (await change({ ...own, secrets: new Secret({ key: "k" }) }))
        .secretsVersion,
    ).toBe(1);
  });
});

describe("links", () => {
  test("need an attachment to the deployment's workspace, which the refusal names", async () => {
    await create(warehouse);
    await attach("finance");
    const error = await refusal(link("prod"));
    expect(error.has("attachment_missing")).toBe(true);
    expect(error.message).toContain(
      "organization/acme/warehouse@workspace/analytics",
    );
    await attach("analytics");
    expect((await link("prod")).platformId).toMatch(/^link_/);
    expect((await refusal(link("prod"))).has("already_exists")).toBe(true);
  });

  test("need none where the workspace or the deployment owns the connection", async () => {
    const ofWorkspace = postgres("own", {
      owner: { kind: "workspace", name: "analytics" },
    });
    const ofDeployment = postgres("own", {
      owner: { kind: "deployment", name: "prod" },
    });
    await create(ofWorkspace);
    await create(ofDeployment);
    await link("prod", ofWorkspace);
    await link("prod", ofDeployment);
    expect(
      (await refusal(link("books", ofWorkspace))).has("attachment_missing"),
    ).toBe(true);
    expect(
      (await refusal(link("staging", ofDeployment))).has("attachment_missing"),
    ).toBe(true);
  });

  test("with overrides that the type does not have are refused", async () => {
    await create(warehouse);
    await attach("analytics");
    const overrides = { shcema: "prod" };
    const bad = api.links.create({
      account,
      link: { connection: warehouse, deployment: "prod", overrides },
    });
    const { diagnostics } = await refusal(bad);
    expect(diagnostics[0]).toMatchObject({
      code: "unknown_field",
      path: ["overrides", "shcema"],
    });
    expect(diagnostics[0]?.detail).toContain('"schema"');
  });

  test("are updated against a token, and count changes of their secrets", async () => {
    await create(warehouse);
    await attach("analytics");
    const { concurrencyToken } = await link("prod");
    const declared = {
      connection: warehouse,
      deployment: "prod",
      overrides: { schema: "prod" },
      overrideSecrets: new Secret({ password: "other" }),
    };
    const updated = await api.links.update({
      account,
      link: declared,
      concurrencyToken,
    });
    expect(updated).toMatchObject({
      overrides: { schema: "prod" },
      overrideSecretFields: ["password"],
      overrideSecretsVersion: 1,
    });
    const again = api.links.update({
      account,
      link: declared,
      concurrencyToken,
    });
    expect((await refusal(again)).has("conflict")).toBe(true);
    const key = { connection: warehouse, deployment: "prod" };
    await api.links.delete({
      account,
      key,
      concurrencyToken: updated.concurrencyToken,
    });
    expect(await api.links.tryFind({ account, key })).toBeUndefined();
  });
});

describe("what is in use is not deleted:", () => {
  beforeEach(async () => {
    await create(warehouse);
    await attach("analytics");
    await link("prod");
  });

  test.each<[string, () => Promise<void>, readonly string[]]>([
    [
      "a connection",
      () => api.connections.delete({ account, key: warehouse }),
      ["analytics", "prod"],
    ],
    [
      "a workspace",
      () => api.workspaces.delete({ account, name: "analytics" }),
      ["prod", "staging", "warehouse"],
    ],
    [
      "a deployment",
      () => api.deployments.delete({ account, name: "prod" }),
      ["organization/acme/warehouse"],
    ],
    [
      "an account",
      () => api.accounts.delete({ account }),
      ["analytics", "warehouse"],
    ],
    [
      "an attachment",
      () =>
        api.attachments.delete({
          account,
          key: { connection: warehouse, workspace: "analytics" },
        }),
      ["prod"],
    ],
  ])("%s", async (_, deletion, uses) => {
    const error = await refusal(deletion());
    expect(error.has("in_use")).toBe(true);
    for (const use of uses) expect(error.message).toContain(use);
  });

  test("until the uses are gone, in order; what is gone already counts as done", async () => {
    await api.links.delete({
      account,
      key: { connection: warehouse, deployment: "prod" },
    });
    await api.attachments.delete({
      account,
      key: { connection: warehouse, workspace: "analytics" },
    });
    for (let time = 0; time < 2; time++)
      await api.connections.delete({ account, key: warehouse });
    for (const name of ["prod", "staging", "books", "books"])
      await api.deployments.delete({ account, name });
    for (const name of ["analytics", "finance"])
      await api.workspaces.delete({ account, name });
    await api.accounts.delete({ account });
    expect(await api.accounts.tryFind({ account })).toBeUndefined();
  });
});

describe("auto-link", () => {
  const shared = { ...warehouse, autoLink: true, autoLinkExcept: ["staging"] };
  beforeEach(async () => {
    await create(shared);
    await attach("analytics");
  });

  test("reaches every deployment of the workspace, later ones too, but for the exceptions", async () => {
    await api.deployments.create({
      account,
      name: "canary",
      workspace: "analytics",
    });
    expect(await api.connections.usage({ account, key: warehouse })).toEqual({
      workspaces: [{ workspace: "analytics", through: "attachment" }],
      deployments: [
        { deployment: "canary", workspace: "analytics", through: "auto_link" },
        { deployment: "prod", workspace: "analytics", through: "auto_link" },
      ],
    });
    const see = async (name: string) =>
      (await api.deployments.effectiveConnections({ account, name })).items.map(
        ({ through }) => through,
      );
    expect(await see("canary")).toEqual(["auto_link"]);
    expect(await see("staging")).toEqual([]);
    expect(await see("books")).toEqual([]);
  });

  test("gives way to an explicit link, and does not keep a connection", async () => {
    await link("prod");
    await link("staging");
    const { deployments } = await api.connections.usage({
      account,
      key: warehouse,
    });
    expect(
      deployments.map(({ deployment, through }) => [deployment, through]),
    ).toEqual([
      ["prod", "link"],
      ["staging", "link"],
    ]);
    for (const deployment of ["prod", "staging"]) {
      await api.links.delete({
        account,
        key: { connection: warehouse, deployment },
      });
    }
    await api.attachments.delete({
      account,
      key: { connection: warehouse, workspace: "analytics" },
    });
    await api.connections.delete({ account, key: warehouse });
  });

  test("reaches the deployments of the workspace that owns the connection", async () => {
    const owner = { kind: "workspace", name: "finance" } as const;
    await create(postgres("ledger", { owner, autoLink: true }));
    expect(
      await api.connections.usage({ account, key: { owner, name: "ledger" } }),
    ).toEqual({
      workspaces: [{ workspace: "finance", through: "owner" }],
      deployments: [
        { deployment: "books", workspace: "finance", through: "auto_link" },
      ],
    });
    await api.connections.delete({ account, key: { owner, name: "ledger" } });
  });
});

test("the effective configuration is the connection with the link's overrides, secrets alike", async () => {
  await create(warehouse);
  await attach("analytics");
  const overrideSecrets = new Secret({ password: "prod-only" });
  const overrides = { schema: "prod", port: null };
  await api.links.create({
    account,
    link: {
      connection: warehouse,
      deployment: "prod",
      overrides,
      overrideSecrets,
    },
  });
  await create(
    postgres("own", { owner: { kind: "deployment", name: "prod" } }),
  );

  const { items } = await api.deployments.effectiveConnectionsWithSecrets({
    account,
    name: "prod",
  });
  expect(
    items.map(({ connection, through }) => [connection.owner.kind, through]),
  ).toEqual([
    ["deployment", "owner"],
    ["organization", "link"],
  ]);
  expect(items[1]).toMatchObject({
    config: {
      host: "db.example.com",
      database: "sales",
      login: "loader",
      schema: "prod",
    },
    secretFields: ["password"],
    overriddenFields: ["password", "port", "schema"],
  });
  expect(items[1]?.config).not.toHaveProperty("port");
  expect(items[1]?.secrets.reveal()).toEqual({ password: "prod-only" });
  const plain = await api.deployments.effectiveConnections({
    account,
    name: "prod",
  });
  expect(plain.items.every((item) => !("secrets" in item))).toBe(true);
});

describe("an idempotency key", () => {
  const again = (connection: Connection) =>
    api.connections.create({ account, connection, idempotencyKey: "k" });

  test("gives the same answer for the same content", async () => {
    const first = await again(warehouse);
    expect(await again(warehouse)).toEqual(JSON.parse(JSON.stringify(first)));
  });

  test("refuses other content, other secrets included", async () => {
    await again(warehouse);
    const other = { ...warehouse, secrets: new Secret({ password: "other" }) };
    expect((await refusal(again(other))).has("conflict")).toBe(true);
  });

  test("is not used up by a refusal, and forgotten after a day", async () => {
    expect(
      (await refusal(again({ ...warehouse, type: "nothing" }))).has(
        "unknown_type",
      ),
    ).toBe(true);
    await again(warehouse);
    now += 24 * 60 * 60 * 1000;
    expect((await refusal(again(warehouse))).has("already_exists")).toBe(true);
  });
});

describe("paging", () => {
  test("gives every object once, in the order of the keys", async () => {
    for (let index = 0; index < 25; index++)
      await create(postgres(`c${index}`));
    const pages: number[] = [];
    const all = await collect(async (page) => {
      const got = await api.connections.list({ account, limit: 10, ...page });
      pages.push(got.items.length);
      return got;
    });
    expect(pages).toEqual([10, 10, 5]);
    const names = all.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(new Set(names).size).toBe(25);
  });

  test.each([
    { limit: 0 },
    { limit: 101 },
    { limit: 1.5 },
    { cursor: "nonsense" },
  ])("refuses %j", async (page) => {
    expect(
      (await refusal(api.connections.list({ account, ...page }))).has(
        "invalid_field",
      ),
    ).toBe(true);
  });
});

test("nothing is there in an account that is not there", async () => {
  const nobody = { kind: "user", name: "nobody" } as const;
  const key = { owner: nobody, name: "x" };
  expect(await api.connections.list({ account: nobody })).toEqual({
    items: [],
  });
  expect(
    await api.connections.tryFind({ account: nobody, key }),
  ).toBeUndefined();
  expect(await api.accounts.tryFind({ account: nobody })).toBeUndefined();
  expect((await api.accounts.list()).items).toMatchObject([acme]);
});

test("a token that was deleted, or whose deployment was, is not known any more", async () => {
  const scope = { kind: "deployment", account, deployment: "prod" } as const;
  const first = await api.tokens.create({ scope });
  const second = await api.tokens.create({ scope });
  expect(await api.authenticate(first.token)).toEqual(scope);
  await api.tokens.delete({ platformId: first.platformId });
  expect(await api.authenticate(first.token)).toBeUndefined();
  await api.deployments.delete({ account, name: "prod" });
  expect(await api.authenticate(second.token)).toBeUndefined();
  expect((await api.tokens.list()).items).toEqual([]);
});

test("what is cancelled before it began did not happen", async () => {
  const signal = AbortSignal.abort();
  const error = await refusal(
    api.connections.create({ account, connection: warehouse, signal }),
  );
  expect(error.has("cancelled")).toBe(true);
});
