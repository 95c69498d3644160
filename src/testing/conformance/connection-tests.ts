import assert from "node:assert/strict";
import { objectOf, type Platform } from "../../model";
import { assertRefused, assertSame, type Suite } from "./suite";

/** More than two pages of every platform that pages. */
const MANY = 251;

/** What every platform must do with connections. */
export function testConnections(suite: Suite): void {
  const { expectations } = suite;
  const { owner, sample } = expectations;
  const key = suite.key("warehouse");
  const declared = suite.connection("warehouse");

  suite.group("a connection", () => {
    suite.test(
      "is created, found and listed as declared",
      async ({ connections }) => {
        suite.assertHolds(await connections.create(declared), declared);
        suite.assertHolds(await connections.tryFind(key), declared);
        const listed = await connections.list(owner);
        assert.equal(listed.length, 1);
        suite.assertHolds(listed[0], declared);
      },
    );

    suite.test(
      "that does not exist is not found, and that is no failure",
      async ({ connections }) => {
        assert.equal(await connections.tryFind(key), undefined);
        assertSame(await connections.list(owner), []);
      },
    );

    suite.test(
      "is not created over one of the same name",
      async ({ connections }) => {
        const first = await connections.create(declared);
        await assertRefused(
          connections.create(declared),
          "already_exists",
          "warehouse",
        );
        assert.equal(
          (await connections.tryFind(key))?.platformId,
          first.platformId,
        );
      },
    );

    suite.test(
      "is created once when several create it at the same time",
      async ({ connections }) => {
        const outcomes = await Promise.allSettled(
          Array.from({ length: 5 }, () => connections.create(declared)),
        );
        assert.equal(
          outcomes.filter(({ status }) => status === "fulfilled").length,
          1,
        );
        assert.equal((await connections.list(owner)).length, 1);
      },
    );

    for (const [field, value] of Object.entries(expectations.otherValues)) {
      suite.test(
        `has its field ${field} changed in place`,
        async ({ connections }) => {
          const before = await connections.create(declared);
          const config = objectOf([
            ...Object.entries(sample.config),
            [field, value],
          ]);
          const changed = suite.connection("warehouse", { config });
          suite.assertHolds(await connections.update(key, changed), changed);
          const after = await connections.tryFind(key);
          suite.assertHolds(after, changed);
          assert.equal(after?.platformId, before.platformId);
        },
      );
    }

    for (const field of expectations.optionalFields) {
      suite.test(`has its field ${field} cleared`, async ({ connections }) => {
        await connections.create(declared);
        const config = objectOf(
          Object.entries(sample.config).filter(([name]) => name !== field),
        );
        const changed = suite.connection("warehouse", { config });
        suite.assertHolds(await connections.update(key, changed), changed);
        suite.assertHolds(await connections.tryFind(key), changed);
      });
    }

    if (suite.has("description")) {
      suite.test(
        "has its description set, changed and cleared",
        async ({ connections }) => {
          await connections.create(declared);
          for (const description of [
            "First",
            'Zweite: ä, \u{1F418}, "q"',
            undefined,
          ]) {
            const changed = suite.connection("warehouse", { description });
            suite.assertHolds(await connections.update(key, changed), changed);
            suite.assertHolds(await connections.tryFind(key), changed);
          }
        },
      );
    }

    for (const name of expectations.unusualNames) {
      suite.test(
        `may be called ${JSON.stringify(name)}`,
        async ({ connections }) => {
          const unusual = suite.connection(name);
          suite.assertHolds(await connections.create(unusual), unusual);
          suite.assertHolds(
            await connections.tryFind(suite.key(name)),
            unusual,
          );
          await connections.update(suite.key(name), unusual);
          await connections.delete(suite.key(name));
          assert.equal(await connections.tryFind(suite.key(name)), undefined);
        },
      );
    }

    suite.test(
      "is deleted, and deleting it again is no failure",
      async ({ connections }) => {
        await connections.create(declared);
        await connections.delete(key);
        assert.equal(await connections.tryFind(key), undefined);
        await connections.delete(key);
      },
    );

    suite.test("that is gone cannot be updated", async ({ connections }) => {
      await assertRefused(
        connections.update(key, declared),
        "not_found",
        "warehouse",
      );
      assertSame(await connections.list(owner), []);
    });

    suite.test(
      "is left alone by a call that was cancelled",
      async ({ connections }) => {
        const signal = AbortSignal.abort();
        await assertRefused(
          connections.create(declared, { signal }),
          "cancelled",
        );
        await assertRefused(connections.list(owner, { signal }), "cancelled");
        assertSame(await connections.list(owner), []);
      },
    );
  });

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
      const listed = await connections.list(owner);
      assertSame(listed.map(({ name }) => name).sort(), names);
    },
  );

  const { otherOwner } = expectations;
  if (otherOwner !== undefined) {
    suite.test(
      "a listing holds nothing of another owner",
      async ({ connections }) => {
        await connections.create(declared);
        await connections.create(
          suite.connection("warehouse", { owner: otherOwner }),
        );
        const listed = await connections.list(owner);
        assertSame(
          listed.map((connection) => connection.owner),
          [owner],
        );
        await connections.delete({ owner: otherOwner, name: "warehouse" });
        assert.ok(await connections.tryFind(key));
      },
    );
  }

  if (suite.has("rename")) testRenaming(suite);
  if (expectations.concurrencyTokens) testConcurrency(suite);
}

function testRenaming(suite: Suite): void {
  suite.group("renaming a connection", () => {
    suite.test("keeps it", async ({ connections }) => {
      const before = await connections.create(suite.connection("warehouse"));
      const renamed = suite.connection("lake", { secrets: undefined });
      const after = await connections.update(suite.key("warehouse"), renamed);
      suite.assertHolds(after, renamed);
      assert.equal(after.platformId, before.platformId);
      assertSame(after.secretFields, before.secretFields);
      assert.equal(
        await connections.tryFind(suite.key("warehouse")),
        undefined,
      );
    });

    suite.test(
      "to a name that is taken is refused",
      async ({ connections }) => {
        await connections.create(suite.connection("warehouse"));
        await connections.create(suite.connection("lake"));
        await assertRefused(
          connections.update(suite.key("warehouse"), suite.connection("lake")),
          "already_exists",
          "lake",
        );
        assert.equal(
          (await connections.list(suite.expectations.owner)).length,
          2,
        );
      },
    );
  });
}

function testConcurrency(suite: Suite): void {
  const key = suite.key("warehouse");
  const described = (description: string) =>
    suite.has("description")
      ? suite.connection("warehouse", { description })
      : suite.connection("warehouse");

  /** A token that was overtaken by somebody else's change. */
  const staleToken = async ({ connections }: Platform) => {
    const { concurrencyToken } = await connections.create(
      suite.connection("warehouse"),
    );
    assert.ok(concurrencyToken, "there is no concurrency token");
    await connections.update(key, described("by somebody else"), {
      concurrencyToken,
    });
    return concurrencyToken;
  };

  suite.group("changes by several at once", () => {
    suite.test(
      "an update with a stale token is refused and changes nothing",
      async (platform) => {
        const concurrencyToken = await staleToken(platform);
        const update = platform.connections.update(key, described("by us"), {
          concurrencyToken,
        });
        await assertRefused(update, "conflict", "warehouse");
        suite.assertHolds(
          await platform.connections.tryFind(key),
          described("by somebody else"),
        );
      },
    );

    suite.test("a deletion with a stale token is refused", async (platform) => {
      const concurrencyToken = await staleToken(platform);
      await assertRefused(
        platform.connections.delete(key, { concurrencyToken }),
        "conflict",
        "warehouse",
      );
      assert.ok(await platform.connections.tryFind(key));
    });

    suite.test(
      "of several updates with one token exactly one wins",
      async ({ connections }) => {
        const { concurrencyToken } = await connections.create(
          suite.connection("warehouse"),
        );
        const outcomes = await Promise.allSettled(
          ["one", "two", "three", "four"].map((text) =>
            connections.update(key, described(text), { concurrencyToken }),
          ),
        );
        const won = outcomes.flatMap((outcome) =>
          outcome.status === "fulfilled" ? [outcome.value] : [],
        );
        assert.equal(won.length, 1);
        assertSame(await connections.tryFind(key), won[0]);
      },
    );

    suite.test(
      "a deletion with the current token happens",
      async ({ connections }) => {
        const { concurrencyToken } = await connections.create(
          suite.connection("warehouse"),
        );
        await connections.delete(key, { concurrencyToken });
        assert.equal(await connections.tryFind(key), undefined);
      },
    );
  });
}

/** Eight at a time, which is gentle enough for every platform. */
async function inBatches<T>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < items.length; start += 8) {
    await Promise.all(items.slice(start, start + 8).map(work));
  }
}
