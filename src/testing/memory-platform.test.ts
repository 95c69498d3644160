import type { PatchbayError } from "../diagnostics";
import { describePlatform } from "./conformance/describe-platform";
import {
  createMemoryPlatform,
  everyCapability,
  type MemoryPlatform,
} from "./memory-platform";
import { catalogueExpectations } from "./sample-expectations";

describePlatform({
  name: "memory",
  capabilities: everyCapability,
  expectations: catalogueExpectations,
  open: async () =>
    Promise.resolve(createMemoryPlatform({ organization: "acme" })),
  storedSecrets: (platform, key) =>
    Promise.resolve((platform as MemoryPlatform).secretsOf(key) ?? {}),
});

const plain = { ...everyCapability, features: [] };
describePlatform({
  name: "memory without any feature",
  capabilities: plain,
  expectations: catalogueExpectations,
  open: async () =>
    Promise.resolve(createMemoryPlatform({ capabilities: plain })),
  storedNames: (platform) =>
    Promise.resolve((platform as MemoryPlatform).connectionNames()),
});

const owner = { kind: "organization", name: "acme" } as const;
const connection = { owner, name: "warehouse", type: "generic", config: {} };
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: PatchbayError) => error.diagnostics[0]?.code,
  );

describe("a memory platform", () => {
  test("fails as often as it is told, without any effect", async () => {
    const platform = createMemoryPlatform();
    platform.failNext({
      method: "connections.create",
      code: "rate_limited",
      times: 2,
    });
    expect(await codeOf(platform.connections.create(connection))).toBe(
      "rate_limited",
    );
    expect(await codeOf(platform.connections.create(connection))).toBe(
      "rate_limited",
    );
    expect(await platform.connections.list!(owner)).toEqual([]);
    expect(
      await codeOf(platform.connections.create(connection)),
    ).toBeUndefined();
  });

  test("does what it is asked and then loses the answer", async () => {
    const platform = createMemoryPlatform();
    platform.outcomeUnknownAfterEffect("connections.create");
    expect(await codeOf(platform.connections.create(connection))).toBe(
      "outcome_unknown",
    );
    expect(await platform.connections.tryFind(connection)).toMatchObject({
      name: "warehouse",
    });
  });

  test("counts calls until they are reset", async () => {
    const platform = createMemoryPlatform();
    await platform.connections.list!(owner);
    await platform.connections.list!(owner);
    await platform.connections.tryFind(connection);
    expect(platform.callCounts()).toEqual({
      "connections.list": 2,
      "connections.tryFind": 1,
    });
    platform.resetCalls();
    expect(platform.callCount("connections.list")).toBe(0);
  });

  test("answers connection tests as it is told", async () => {
    const platform = createMemoryPlatform();
    platform.answerVerification({ ok: false, message: "no route" });
    expect(await platform.verification?.verify(connection)).toEqual({
      ok: false,
      message: "no route",
    });
  });

  test("refuses owners whose organization it was not told", async () => {
    const platform = createMemoryPlatform();
    const owned = {
      ...connection,
      owner: { kind: "workspace", name: "analytics" } as const,
    };
    expect(await codeOf(platform.connections.create(owned))).toBe(
      "missing_argument",
    );
  });

  test("knows whether it was closed", async () => {
    const platform = createMemoryPlatform();
    expect(platform.isClosed()).toBe(false);
    await platform.close();
    expect(platform.isClosed()).toBe(true);
  });
});
