import assert from "node:assert/strict";
import { objectOf } from "../../model";
import { assertRefused, assertSame, inBatches, type Suite } from "./suite";

/** More than two pages of every platform that pages. */
const MANY = 251;

/** What every platform must do with connections. */
export function testConnections(suite: Suite): void {
  const { expectations } = suite;
  const { owner, sample } = expectations;
  const key = suite.key("warehouse");
  const declared = suite.connection("warehouse");
  const byName = expectations.identity !== "platform_id";
  const { useConnection } = suite.subject;

  suite.group("a connection", () => {
    suite.test(
      "is created, found and listed as declared",
      async ({ connections }) => {
        const created = await connections.create(declared);
        suite.assertHolds(created, declared);
        const options = suite.remembered(created);
        suite.assertHolds(await connections.tryFind(key, options), declared);
        const listed = await connections.list?.(owner);
        if (listed === undefined) return;
        assert.equal(listed.length, 1);
        suite.assertHolds(listed[0], declared);
      },
    );

    testAbsence();

    if (byName) {
      suite.test(
        "is not created over one of the same name",
        async ({ connections }) => {
          const first = await connections.create(declared);
          const again = connections.create(declared);
          await assertRefused(again, "already_exists", "warehouse");
          const found = await connections.tryFind(key);
          assert.equal(found?.platformId, first.platformId);
        },
      );
    }

    for (const [field, value] of Object.entries(expectations.otherValues)) {
      suite.test(
        `has its field ${field} changed in place`,
        async ({ connections }) => {
          const before = await connections.create(declared);
          const options = suite.remembered(before);
          const changed = suite.withField(field, value);
          const updated = await connections.update(key, changed, options);
          suite.assertHolds(updated, changed);
          const after = await connections.tryFind(key, options);
          suite.assertHolds(after, changed);
          assert.equal(after?.platformId, before.platformId);
        },
      );
    }

    for (const field of expectations.optionalFields) {
      suite.test(`has its field ${field} cleared`, async ({ connections }) => {
        const created = await connections.create(declared);
        const options = suite.remembered(created);
        const changed = suite.withField(field, undefined);
        const updated = await connections.update(key, changed, options);
        suite.assertHolds(updated, changed);
        suite.assertHolds(await connections.tryFind(key, options), changed);
      });

      suite.test(`is created without ${field}`, async ({ connections }) => {
        const without = suite.withField(field, undefined);
        const created = await connections.create(without);
        suite.assertHolds(created, without);
        const options = suite.remembered(created);
        suite.assertHolds(await connections.tryFind(key, options), without);
      });
    }

    suite.test("is replaced", async ({ connections }) => {
      const before = await connections.create(declared);
      const config = objectOf([
        ...Object.entries(sample.config),
        ...Object.entries(expectations.otherValues),
        ...Object.entries(expectations.replacingValues ?? {}),
      ]);
      const other = suite.connection("warehouse", { config });
      await connections.delete(key, suite.remembered(before));
      const after = await connections.create(other);
      suite.assertHolds(after, other);
      const options = suite.remembered(after);
      suite.assertHolds(await connections.tryFind(key, options), other);
    });

    if (suite.has("description")) {
      suite.test(
        "has its description set, changed and cleared",
        async ({ connections }) => {
          const options = suite.remembered(await connections.create(declared));
          for (const description of [
            "First",
            'Zweite: ä, \u{1F418}, "q"',
            undefined,
          ]) {
            const changed = suite.connection("warehouse", { description });
            const updated = await connections.update(key, changed, options);
            suite.assertHolds(updated, changed);
            suite.assertHolds(await connections.tryFind(key, options), changed);
          }
        },
      );
    }

    for (const name of expectations.unusualNames) {
      suite.test(
        `may be called ${JSON.stringify(name)}`,
        async ({ connections }) => {
          const unusual = suite.connection(name);
          const named = suite.key(name);
          const created = await connections.create(unusual);
          suite.assertHolds(created, unusual);
          const options = suite.remembered(created);
          suite.assertHolds(await connections.tryFind(named, options), unusual);
          await connections.update(named, unusual, options);
          await connections.delete(named, options);
          assert.equal(await connections.tryFind(named, options), undefined);
        },
      );
    }

    suite.test(
      "is imported by what a client that has never seen it knows",
      async (platform) => {
        const created = await platform.connections.create(declared);
        await suite.elsewhere(platform, async ({ connections }) => {
          const found = byName
            ? await connections.tryFind(key)
            : await connections.tryFindByPlatformId?.(created.platformId);
          suite.assertHolds(found, declared);
          assert.equal(found?.platformId, created.platformId);
        });
      },
    );

    suite.test(
      "is deleted, and deleting it again is no failure",
      async (platform) => {
        const { connections } = platform;
        const options = suite.remembered(await connections.create(declared));
        await connections.delete(key, options);
        assert.equal(await connections.tryFind(key, options), undefined);
        assertSame(await suite.storedNames(platform), []);
        await connections.delete(key, options);
      },
    );

    suite.test("that is gone cannot be updated", async (platform) => {
      const { connections } = platform;
      const options = suite.remembered(await connections.create(declared));
      await connections.delete(key, options);
      const update = connections.update(key, declared, options);
      await assertRefused(update, "not_found", "warehouse");
      assertSame(await suite.storedNames(platform), []);
    });

    if (useConnection) {
      suite.test("that is in use is not deleted", async (platform) => {
        const { connections } = platform;
        const created = await connections.create(declared);
        const options = suite.remembered(created);
        const user = await useConnection(suite.raw(platform), created);
        const deletion = connections.delete(key, options);
        await assertRefused(deletion, "in_use", user);
        suite.assertHolds(await connections.tryFind(key, options), declared);
      });
    }

    suite.test(
      "is left alone by a call that was cancelled",
      async (platform) => {
        const { connections } = platform;
        const signal = AbortSignal.abort();
        const creation = connections.create(declared, { signal });
        await assertRefused(creation, "cancelled");
        if (connections.list)
          await assertRefused(connections.list(owner, { signal }), "cancelled");
        assertSame(await suite.storedNames(platform), []);
      },
    );
  });

  if (suite.has("list")) testListing(suite);
  if (suite.has("rename")) testRenaming(suite);

  function testAbsence(): void {
    suite.test(
      "that does not exist is not found, and that is no failure",
      async ({ connections }) => {
        if (byName) {
          assert.equal(await connections.tryFind(key), undefined);
          if (connections.list) assertSame(await connections.list(owner), []);
          return;
        }
        const created = await connections.create(declared);
        await connections.delete(key, suite.remembered(created));
        const { platformId } = created;
        const found = await connections.tryFindByPlatformId?.(platformId);
        assert.equal(found, undefined);
      },
    );

    if (byName) return;
    suite.test(
      "is not looked for by a name that may be another's, too",
      async ({ connections }) => {
        await connections.create(declared);
        await assertRefused(connections.tryFind(key), "unsupported");
      },
    );
  }
}

function testListing(suite: Suite): void {
  const { owner, otherOwner } = suite.expectations;

  suite.test(
    `a listing holds all of ${MANY} connections, each once`,
    async ({ connections }) => {
      const names = Array.from(
        { length: MANY },
        (_, index) => `c${String(index).padStart(4, "0")}`,
      );
      await inBatches(names, (name) =>
        connections.create(suite.connection(name)),
      );
      const listed = (await connections.list?.(owner)) ?? [];
      assertSame(listed.map(({ name }) => name).sort(), names);
    },
  );

  if (otherOwner === undefined) return;
  suite.test(
    "a listing holds nothing of another owner",
    async ({ connections }) => {
      const created = await connections.create(suite.connection("warehouse"));
      const options = suite.remembered(created);
      const theirs = await connections.create(
        suite.connection("warehouse", { owner: otherOwner }),
      );
      const listed = (await connections.list?.(owner)) ?? [];
      assertSame(
        listed.map((connection) => connection.owner),
        [owner],
      );
      const their = { owner: otherOwner, name: "warehouse" };
      await connections.delete(their, suite.remembered(theirs));
      assert.ok(await connections.tryFind(suite.key("warehouse"), options));
    },
  );
}

function testRenaming(suite: Suite): void {
  const key = suite.key("warehouse");

  suite.group("renaming a connection", () => {
    suite.test("keeps it", async (platform) => {
      const { connections } = platform;
      const before = await connections.create(suite.connection("warehouse"));
      const options = suite.remembered(before);
      const renamed = suite.connection("lake", { secrets: undefined });
      const after = await connections.update(key, renamed, options);
      suite.assertHolds(after, renamed);
      assert.equal(after.platformId, before.platformId);
      assertSame(after.secretFields, before.secretFields);
      assertSame(await suite.storedNames(platform), ["lake"]);
    });

    if (suite.expectations.identity === "platform_id") return;
    suite.test("to a name that is taken is refused", async (platform) => {
      const { connections } = platform;
      await connections.create(suite.connection("warehouse"));
      await connections.create(suite.connection("lake"));
      const renaming = connections.update(key, suite.connection("lake"));
      await assertRefused(renaming, "already_exists", "lake");
      assert.equal((await suite.storedNames(platform)).length, 2);
    });
  });
}
