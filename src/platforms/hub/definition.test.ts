import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PatchbayError, Secret } from "../../diagnostics";
import type { OpenPlatformOptions, Platform } from "../../model";
import type * as Registry from "../registry";
import { hubDefinition } from "./definition";

let workingDirectory: string;
beforeEach(async () => {
  workingDirectory = await mkdtemp(join(tmpdir(), "patchbay-definition-"));
});
afterEach(() => rm(workingDirectory, { recursive: true }));

function open(
  settings: Readonly<Record<string, string>>,
  changes: Partial<OpenPlatformOptions> = {},
): Promise<Platform> {
  const silent = () => undefined;
  return hubDefinition.open({
    settings: Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [
        name,
        new Secret(value),
      ]),
    ),
    organization: "acme",
    workingDirectory,
    environment: {},
    log: { trace: silent, debug: silent, warn: silent },
    ...changes,
  });
}

async function failureOf(promise: Promise<unknown>): Promise<PatchbayError> {
  const thrown: unknown = await promise.catch((error: unknown) => error);
  if (thrown instanceof PatchbayError) return thrown;
  throw new Error("it was not refused");
}

test.each([
  ["without settings, in .patchbay", {}, ".patchbay"],
  ["in the path", { path: "hubs/one" }, "hubs"],
  ["with an empty path, in .patchbay", { path: "" }, ".patchbay"],
])(
  "the hub is embedded %s of the working directory",
  async (_title, settings, entry) => {
    const platform = await open(settings as Record<string, string>);
    expect(platform.name).toBe(hubDefinition.name);
    expect(platform.capabilities).toBe(hubDefinition.capabilities);
    expect(await readdir(workingDirectory)).toEqual([]);
    expect(platform.missing?.()).toMatchObject({ code: "hub_not_initialised" });
    await platform.inventoryManagement?.createWorkspace({
      owner: { kind: "organization", name: "acme" },
      name: "analytics",
    });
    expect(platform.missing?.()).toBeUndefined();
    await platform.close();
    expect(await readdir(workingDirectory)).toEqual([entry]);
  },
);

test("what one opening writes the next one reads", async () => {
  const owner = { kind: "organization", name: "acme" } as const;
  const first = await open({});
  await first.inventoryManagement?.createWorkspace({
    owner,
    name: "analytics",
  });
  await first.close();
  const second = await open({});
  expect(await second.inventory?.listWorkspaces(owner)).toMatchObject([
    { name: "analytics" },
  ]);
  await second.close();
});

test("a path beside an endpoint is refused", async () => {
  const error = await failureOf(
    open({ path: "a", endpoint: "https://hub.invalid", token: "t" }),
  );
  expect(error.has("conflicting_arguments")).toBe(true);
  expect(await readdir(workingDirectory)).toEqual([]);
});

test.each<Readonly<Record<string, string>>>([
  {},
  { token: "" },
  { token: " \n" },
])("an endpoint without a token names both ways to set one", async (token) => {
  const error = await failureOf(
    open({ endpoint: "https://hub.invalid", ...token }),
  );
  expect(error.has("missing_credential")).toBe(true);
  expect(error.message).toContain("token = var.");
  expect(error.message).toContain("PATCHBAY_TOKEN");
});

test("plain http to another machine is refused before anything is sent", async () => {
  const error = await failureOf(
    open({ endpoint: "http://hub.invalid", token: "t" }),
  );
  expect(error.has("insecure_endpoint")).toBe(true);
});

describe("an owner that does not say whose it is", () => {
  const key = {
    owner: { kind: "workspace", name: "analytics" },
    name: "warehouse",
  } as const;

  test("belongs to the provider's organization", async () => {
    const platform = await open({});
    const owner = { kind: "organization", name: "acme" } as const;
    await platform.inventoryManagement?.createWorkspace({
      owner,
      name: "analytics",
    });
    const config = { host: "db.example.com", login: "loader" };
    await platform.connections.create({ ...key, type: "postgresql", config });
    expect(await platform.connections.list!(key.owner)).toMatchObject([key]);
    expect(await platform.connections.list!(owner)).toEqual([]);
    await platform.close();
  });

  test("is refused without one, naming the argument", async () => {
    const platform = await open({}, { organization: undefined });
    const error = await failureOf(platform.connections.tryFind(key));
    expect(error.has("missing_argument")).toBe(true);
    expect(error.message).toContain('"organization" argument');
    await platform.close();
  });

  test("is refused when it is a tenant, which the hub has not", async () => {
    const platform = await open({});
    const error = await failureOf(
      platform.connections.list!({ kind: "tenant" }),
    );
    expect(error.has("unsupported")).toBe(true);
    await platform.close();
  });
});

test("importing the definition loads neither the hub nor its client", () => {
  const heavy = [
    "../../hub",
    "../../hub/wire",
    "../../http",
    "libsql",
    "kysely",
  ];
  jest.isolateModules(() => {
    for (const module of heavy) {
      jest.doMock(module, () => {
        throw new Error(`${module} was loaded`);
      });
    }
    const registry: typeof Registry = jest.requireActual("../registry");
    expect(registry.platformDefinitions.map(({ name }) => name)).toContain(
      "hub",
    );
    for (const module of heavy) jest.dontMock(module);
  });
});
