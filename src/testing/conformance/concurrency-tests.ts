import assert from "node:assert/strict";
import type { Connection, Platform } from "../../model";
import { assertRefused, assertSame, type Suite } from "./suite";

/** What every platform must do when several change things at once. */
export function testConcurrency(suite: Suite): void {
  const key = suite.key("warehouse");
  const declared = suite.connection("warehouse");

  suite.group("changes by several at once", () => {
    if (suite.expectations.identity !== "platform_id") {
      suite.test("create a connection once", async (platform) => {
        const outcomes = await Promise.allSettled(
          Array.from({ length: 5 }, () =>
            platform.connections.create(declared),
          ),
        );
        const created = outcomes.filter(({ status }) => status === "fulfilled");
        assert.equal(created.length, 1);
        assertSame(await suite.storedNames(platform), ["warehouse"]);
      });
    }

    suite.test("to different connections are all made", async (platform) => {
      await suite.elsewhere(platform, async (other) => {
        const names = ["one", "two", "three", "four"];
        const created = await Promise.all(
          names.map((name, index) =>
            (index % 2 === 0 ? platform : other).connections.create(
              suite.connection(name),
            ),
          ),
        );
        assertSame(await suite.storedNames(platform), [...names].sort());
        await Promise.all(
          created.map((observed, index) =>
            (index % 2 === 0 ? other : platform).connections.delete(
              observed,
              suite.remembered(observed),
            ),
          ),
        );
        assertSame(await suite.storedNames(platform), []);
      });
    });

    if (suite.expectations.concurrencyTokens) testTokens();
  });

  function testTokens(): void {
    const values = Object.entries(suite.expectations.otherValues);
    /** The sample with another of its fields changed. */
    const variant = (index: number): Connection => {
      const [field, value] = values[index % values.length]!;
      return suite.withField(field, value);
    };

    /** A token that was overtaken by somebody else's change. */
    const overtaken = async ({ connections }: Platform) => {
      const created = await connections.create(declared);
      const { concurrencyToken } = created;
      assert.ok(concurrencyToken, "there is no concurrency token");
      const options = { concurrencyToken, ...suite.remembered(created) };
      await connections.update(key, variant(0), options);
      return options;
    };

    suite.test(
      "an update with a stale token is refused and changes nothing",
      async (platform) => {
        const options = await overtaken(platform);
        const update = platform.connections.update(key, variant(1), options);
        await assertRefused(update, "conflict", "warehouse");
        const found = await platform.connections.tryFind(key, options);
        suite.assertHolds(found, variant(0));
      },
    );

    suite.test("a deletion with a stale token is refused", async (platform) => {
      const options = await overtaken(platform);
      const deletion = platform.connections.delete(key, options);
      await assertRefused(deletion, "conflict", "warehouse");
      assert.ok(await platform.connections.tryFind(key, options));
    });

    suite.test(
      "of several updates with one token exactly one wins",
      async ({ connections }) => {
        const created = await connections.create(declared);
        const { concurrencyToken } = created;
        const remembered = suite.remembered(created);
        const outcomes = await Promise.allSettled(
          [0, 1, 2, 3].map((index) =>
            connections.update(key, variant(index), {
              concurrencyToken,
              ...remembered,
            }),
          ),
        );
        const won = outcomes.flatMap((outcome) =>
          outcome.status === "fulfilled" ? [outcome.value] : [],
        );
        assert.equal(won.length, 1);
        assertSame(await connections.tryFind(key, remembered), won[0]);
      },
    );

    suite.test(
      "a deletion with the current token happens",
      async ({ connections }) => {
        const created = await connections.create(declared);
        const { concurrencyToken } = created;
        const remembered = suite.remembered(created);
        await connections.delete(key, { concurrencyToken, ...remembered });
        assert.equal(await connections.tryFind(key, remembered), undefined);
      },
    );
  }
}
