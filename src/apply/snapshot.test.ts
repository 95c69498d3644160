import type { ObservedConnection } from "../model";
import { createMemoryPlatform, type MemoryPlatform } from "../testing";
import { Snapshot } from "./snapshot";

const owner = { kind: "organization", name: "acme" } as const;
const other = { kind: "user", name: "jane" } as const;
const key = (name: string) => ({ owner, name });
const declared = (name: string) => ({
  ...key(name),
  type: "generic",
  config: { conn_type: "ftp" },
});

async function setUp(): Promise<{
  platform: MemoryPlatform;
  snapshot: Snapshot;
}> {
  const platform = createMemoryPlatform({ organization: "acme" });
  for (const name of ["a", "b", "c"])
    await platform.connections.create(declared(name));
  platform.resetCalls();
  return { platform, snapshot: new Snapshot(platform) };
}

test("a single read stays a single read, and is made once", async () => {
  const { platform, snapshot } = await setUp();
  expect(await snapshot.connections.tryFind(key("a"))).toMatchObject({
    name: "a",
  });
  expect(await snapshot.connections.tryFind(key("a"))).toMatchObject({
    name: "a",
  });
  expect(platform.callCounts()).toEqual({ "connections.tryFind": 1 });
});

test("many reads of one owner at once are one single read and one listing", async () => {
  const { platform, snapshot } = await setUp();
  const names = Array.from(
    { length: 200 },
    (_, index) => ["a", "b", "c", "missing"][index % 4]!,
  );
  const found = await Promise.all(
    names.map((name) => snapshot.connections.tryFind(key(name))),
  );
  expect(found.map((one) => one?.name)).toEqual(
    names.map((name) => (name === "missing" ? undefined : name)),
  );
  expect(platform.callCounts()).toEqual({
    // The first, and the one that the listing lacks.
    "connections.tryFind": 2,
    "connections.list": 1,
  });
});

test("owners are read apart from each other", async () => {
  const { platform, snapshot } = await setUp();
  await snapshot.connections.tryFind(key("a"));
  expect(
    await snapshot.connections.tryFind({ owner: other, name: "a" }),
  ).toBeUndefined();
  expect(platform.callCounts()).toEqual({ "connections.tryFind": 2 });
});

test("a write replaces its entry, whatever was read before or is read afterwards", async () => {
  const { platform, snapshot } = await setUp();
  const before = (await snapshot.connections.tryFind(key("a")))!;
  snapshot.connections.replace(key("a"), { ...before, platformId: "new" });
  snapshot.connections.replace(key("b"), undefined);
  const made: ObservedConnection = { ...before, name: "d", platformId: "made" };
  snapshot.connections.replace(key("d"), made);
  expect((await snapshot.connections.tryFind(key("a")))!.platformId).toBe(
    "new",
  );
  expect(await snapshot.connections.tryFind(key("b"))).toBeUndefined();
  const names = (await snapshot.connections.list(owner)).map(
    ({ name }) => name,
  );
  expect([...names].sort()).toEqual(["a", "c", "d"]);
  expect(await snapshot.connections.list(other)).toEqual([]);
  expect(platform.callCount("connections.list")).toBe(2);
});

test("what a listing lacks is asked for once before it counts as gone", async () => {
  const { platform, snapshot } = await setUp();
  await snapshot.connections.list(owner);
  await snapshot.connections.tryFind(key("a"));
  for (let time = 0; time < 2; time++) {
    expect(await snapshot.connections.tryFind(key("x"))).toBeUndefined();
  }
  expect(platform.callCount("connections.tryFind")).toBe(2);
});

test("a write that comes while a listing is under way wins", async () => {
  const { snapshot } = await setUp();
  const [shown] = await snapshot.connections.list(owner);
  const fresh = new Snapshot((await setUp()).platform);
  const reads = Promise.all([
    fresh.connections.tryFind(key("a")),
    fresh.connections.tryFind(key("b")),
  ]);
  fresh.connections.replace(key("b"), {
    ...shown!,
    name: "b",
    platformId: "written",
  });
  expect((await reads)[1]!.platformId).toBe("written");
});

test("a failure is told to who asked, and is not remembered", async () => {
  const { platform, snapshot } = await setUp();
  platform.failNext({ method: "connections.tryFind", code: "rate_limited" });
  platform.failNext({ method: "connections.list", code: "platform_failure" });
  await expect(snapshot.connections.tryFind(key("a"))).rejects.toThrow(
    /rate_limited/,
  );
  await expect(snapshot.connections.tryFind(key("a"))).rejects.toThrow(
    /platform_failure/,
  );
  expect(await snapshot.connections.tryFind(key("a"))).toMatchObject({
    name: "a",
  });
});

test("a write is kept though an older read of the same object fails later", async () => {
  const { platform, snapshot } = await setUp();
  platform.failNext({
    method: "connections.tryFind",
    code: "platform_failure",
  });
  const reading = snapshot.connections.tryFind(key("a"));
  snapshot.connections.replace(key("a"), undefined);
  await expect(reading).rejects.toThrow(/platform_failure/);
  expect(await snapshot.connections.tryFind(key("a"))).toBeUndefined();
});

test("a listing does not fail with somebody else's single read", async () => {
  const { platform, snapshot } = await setUp();
  platform.failNext({
    method: "connections.tryFind",
    code: "platform_failure",
  });
  const reading = snapshot.connections.tryFind({ owner: other, name: "x" });
  const [single, listing] = await Promise.allSettled([
    reading,
    snapshot.connections.list(owner),
  ]);
  expect(single.status).toBe("rejected");
  expect(listing).toMatchObject({
    status: "fulfilled",
    value: [{ name: "a" }, { name: "b" }, { name: "c" }],
  });
});

test("workspaces and deployments are read by listing", async () => {
  const { platform, snapshot } = await setUp();
  await platform.inventoryManagement!.createWorkspace({
    owner,
    name: "analytics",
  });
  const found = await Promise.all(
    ["analytics", "missing"].map((name) =>
      snapshot.workspaces.tryFind({ owner, name }),
    ),
  );
  expect(found).toMatchObject([{ name: "analytics" }, undefined]);
  expect(await snapshot.deployments.list(owner)).toEqual([]);
  expect(platform.callCount("inventory.listWorkspaces")).toBe(1);
});

test("what a platform has no part for is unsupported, and never taken for gone", async () => {
  const platform = createMemoryPlatform({
    organization: "acme",
    capabilities: { owners: ["organization"], types: "all", features: [] },
  });
  const { attachments, links, workspaces } = new Snapshot(platform);
  const connection = key("a");
  for (const read of [
    () => attachments.tryFind({ connection, workspace: "analytics" }),
    () => links.tryFind({ connection, deployment: "prod" }),
    () => workspaces.tryFind(key("analytics")),
  ]) {
    await expect(read()).rejects.toMatchObject({
      diagnostics: [{ code: "unsupported" }],
    });
  }
});
