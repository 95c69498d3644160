import assert from "node:assert/strict";
import { PatchbayError } from "../../diagnostics";
import type { ObservedConnection, Platform } from "../../model";
import type { FaultInjection, InjectedFault } from "./injected-fault";
import { assertRefused, assertSame, type Suite } from "./suite";

/** More often than any client tries. */
const ALWAYS = 100;

/** They go away by themselves. */
const passingFaults: Readonly<Record<string, InjectedFault>> = {
  "a 429 without Retry-After": { kind: "rate_limited" },
  "a 429 with Retry-After": { kind: "rate_limited", retryAfter: 1 },
  "a 429 with X-RateLimit-Reset": { kind: "rate_limited", rateLimitReset: 1 },
  "a 500": { kind: "status", status: 500, when: "before" },
  "a 503": { kind: "status", status: 503, when: "before" },
  "a cut connection": { kind: "cut", when: "before" },
  "a lost answer": { kind: "cut", when: "after" },
};

/** They do not, and none of them says that anything is gone. */
const lastingFaults: Readonly<Record<string, InjectedFault>> = {
  ...passingFaults,
  "a 401": { kind: "status", status: 401, when: "before" },
  "a 403": { kind: "status", status: 403, when: "before" },
  "a page of a proxy": { kind: "html" },
  "a 404 of a proxy": { kind: "html", status: 404 },
  "a 502 of a proxy": { kind: "html", status: 502 },
  "50 MB": { kind: "oversized" },
};

/** Each leaves it open for the caller whether the write happened. */
const writeFaults: Readonly<Record<string, InjectedFault>> = {
  ...passingFaults,
  "a 500 after the effect": { kind: "status", status: 500, when: "after" },
  "a 502 after the effect": { kind: "status", status: 502, when: "after" },
  "a 403": { kind: "status", status: 403, when: "before" },
  "a page of a proxy": { kind: "html" },
};

/** What the port promises when the platform, or the way to it, fails. */
export function testFaults(suite: Suite): void {
  const key = suite.key("warehouse");
  const declared = suite.connection("warehouse");

  const inject = async (platform: Platform, injection: FaultInjection) => {
    await suite.subject.injectFault?.(suite.raw(platform), injection);
  };
  const clear = async (platform: Platform) => {
    await suite.subject.clearFaults?.(suite.raw(platform));
  };

  suite.group("while reading", () => {
    for (const [title, fault] of Object.entries(passingFaults)) {
      suite.test(`${title} is overcome`, async (platform) => {
        const created = await platform.connections.create(declared);
        const options = suite.remembered(created);
        await inject(platform, { on: "read", fault, times: 1 });
        const found = await platform.connections.tryFind(key, options);
        suite.assertHolds(found, declared);
      });
    }

    for (const [title, fault] of Object.entries(lastingFaults)) {
      suite.test(`${title} that stays is never "gone"`, async (platform) => {
        const created = await platform.connections.create(declared);
        const options = suite.remembered(created);
        const times = fault.kind === "oversized" ? 1 : ALWAYS;
        await inject(platform, { on: "read", fault, times });
        await failureOf(platform.connections.tryFind(key, options));
        if (platform.connections.list && times > 1)
          await failureOf(platform.connections.list(key.owner));
        await clear(platform);
        const found = await platform.connections.tryFind(key, options);
        suite.assertHolds(found, declared);
      });
    }

    suite.test("a cancellation ends the wait", async (platform) => {
      const created = await platform.connections.create(declared);
      const fault = { kind: "latency", milliseconds: 60_000 } as const;
      await inject(platform, { on: "read", fault, times: 1 });
      const controller = new AbortController();
      const reading = platform.connections.tryFind(key, {
        signal: controller.signal,
        ...suite.remembered(created),
      });
      setTimeout(() => controller.abort(), 20);
      await assertRefused(reading, "cancelled");
    });
  });

  suite.group("while writing", () => {
    for (const [title, fault] of Object.entries(writeFaults)) {
      suite.test(`${title} leaves a creation as told`, async (platform) => {
        await inject(platform, { on: "write", fault, times: 1 });
        const outcome = await outcomeOf(platform.connections.create(declared));
        await clear(platform);
        const names = await suite.storedNames(platform);
        if (outcome === "done") assertSame(names, ["warehouse"]);
        else if (outcome === "not_done") assertSame(names, []);
        else assert.ok(names.length <= 1, "it was created twice");
      });

      const [change] = Object.entries(suite.expectations.otherValues);
      if (change !== undefined) {
        suite.test(`${title} leaves an update as told`, async (platform) => {
          const { connections } = platform;
          const created = await connections.create(declared);
          const options = suite.remembered(created);
          const changed = suite.withField(...change);
          await inject(platform, { on: "write", fault, times: 1 });
          const update = connections.update(key, changed, options);
          const outcome = await outcomeOf(update);
          await clear(platform);
          const found = await connections.tryFind(key, options);
          if (outcome === "done") suite.assertHolds(found, changed);
          if (outcome === "not_done") suite.assertHolds(found, declared);
        });
      }

      suite.test(`${title} leaves a deletion as told`, async (platform) => {
        const { connections } = platform;
        const created = await connections.create(declared);
        const options = suite.remembered(created);
        await inject(platform, { on: "write", fault, times: 1 });
        const outcome = await outcomeOf(connections.delete(key, options));
        await clear(platform);
        const names = await suite.storedNames(platform);
        if (outcome === "done") assertSame(names, []);
        if (outcome === "not_done") assertSame(names, ["warehouse"]);
      });
    }

    for (const [title, fault] of Object.entries(passingFaults)) {
      if (fault.kind !== "rate_limited") continue;
      suite.test(`${title} is overcome`, async (platform) => {
        await inject(platform, { on: "write", fault, times: 1 });
        const created = await platform.connections.create(declared);
        suite.assertHolds(created, declared);
        assertSame(await suite.storedNames(platform), ["warehouse"]);
      });
    }

    if (suite.subject.staleReads !== false) testStaleReads();
    if (suite.has("links")) testLinkFaults();
  });

  function testStaleReads(): void {
    const fault = { kind: "stale_read" } as const;
    const isHonest = async (
      promise: Promise<ObservedConnection>,
      expected: typeof declared,
    ) => {
      const outcome = await promise.catch((error: unknown) => error);
      if (outcome instanceof PatchbayError)
        assert.ok(outcome.has("outcome_unknown"), outcome.message);
      else suite.assertHolds(outcome as ObservedConnection, expected);
    };

    suite.test(
      "a creation is not denied by a read that lags",
      async (platform) => {
        await inject(platform, { on: "read", fault, times: 1 });
        await isHonest(platform.connections.create(declared), declared);
        await clear(platform);
        assertSame(await suite.storedNames(platform), ["warehouse"]);
      },
    );

    const [change] = Object.entries(suite.expectations.otherValues);
    if (change === undefined) return;
    suite.test(
      "an update is not answered with a read that lags",
      async (platform) => {
        const { connections } = platform;
        const created = await connections.create(declared);
        const options = suite.remembered(created);
        const changed = suite.withField(...change);
        await inject(platform, { on: "read", fault, times: 1 });
        await isHonest(connections.update(key, changed, options), changed);
        await clear(platform);
        suite.assertHolds(await connections.tryFind(key, options), changed);
      },
    );
  }

  function testLinkFaults(): void {
    for (const [title, fault] of Object.entries(writeFaults)) {
      suite.test(`${title} leaves a new link as told`, async (platform) => {
        const { workspace, deployment } = await suite.linkPlaces(platform);
        const links = platform.links!;
        await platform.connections.create(declared);
        await platform.attachments?.create({ connection: key, workspace });
        const link = { connection: key, deployment, overrides: {} };
        await inject(platform, { on: "write", fault, times: 1 });
        const outcome = await outcomeOf(links.create(link));
        await clear(platform);
        const found = await links.tryFind(link);
        if (outcome === "done") assert.ok(found);
        if (outcome === "not_done") assert.equal(found, undefined);
      });
    }
  }
}

/** What the caller of a write was told about it. */
type WriteOutcome = "done" | "not_done" | "unknown";

async function outcomeOf(promise: Promise<unknown>): Promise<WriteOutcome> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) return "done";
  assert.ok(
    error instanceof PatchbayError,
    `it failed without a diagnostic: ${String(error)}`,
  );
  return error.has("outcome_unknown") ? "unknown" : "not_done";
}

async function failureOf(promise: Promise<unknown>): Promise<void> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(
    error instanceof PatchbayError,
    error === undefined
      ? "a failure was taken for an answer"
      : `it failed without a diagnostic: ${String(error)}`,
  );
}
