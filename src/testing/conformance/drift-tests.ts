import assert from "node:assert/strict";
import { Secret } from "../../diagnostics";
import type { Connection, ObservedConnection, Platform } from "../../model";
import type { Suite } from "./suite";

/** What somebody else changes on the platform is seen. */
export function testDrift(suite: Suite): void {
  const { expectations } = suite;
  const declared = suite.connection("warehouse");
  const key = suite.key("warehouse");

  /** Lets somebody else make it so, and gives what is seen then, found and listed. */
  const seenAfter = async (
    platform: Platform,
    changed: Connection,
  ): Promise<readonly (ObservedConnection | undefined)[]> => {
    const { connections } = platform;
    const created = await connections.create(declared);
    const options = suite.remembered(created);
    // What was read before must not be what is seen later.
    await connections.tryFind(key, options);
    await suite.elsewhere(platform, async (other) => {
      await other.connections.update(key, changed, options);
    });
    const found = await connections.tryFind(key, options);
    const listed = await connections.list?.(expectations.owner);
    return [found, ...(listed ?? [])];
  };

  const test = (what: string, changed: Connection) =>
    suite.test(what, async (platform) => {
      const seen = await seenAfter(platform, changed);
      for (const observed of seen) suite.assertHolds(observed, changed);
    });

  suite.group("a change by somebody else", () => {
    for (const [field, value] of Object.entries(expectations.otherValues))
      test(`to the field ${field} is seen`, suite.withField(field, value));
    for (const field of expectations.optionalFields)
      test(
        `that clears the field ${field} is seen`,
        suite.withField(field, undefined),
      );
    if (suite.has("description"))
      test(
        "to the description is seen",
        suite.connection("warehouse", { description: "by somebody else" }),
      );

    if (suite.has("secrets_version")) {
      suite.test("to a secret is seen by its version", async (platform) => {
        const secrets = new Secret(expectations.sample.otherSecrets);
        const { connections } = platform;
        const created = await connections.create(declared);
        const options = suite.remembered(created);
        await suite.elsewhere(platform, async (other) => {
          const changed = suite.connection("warehouse", { secrets });
          await other.connections.update(key, changed, options);
        });
        const found = await connections.tryFind(key, options);
        assert.notEqual(found?.secretsVersion, created.secretsVersion);
      });
    }

    suite.test("that deletes it is seen", async (platform) => {
      const { connections } = platform;
      const created = await connections.create(declared);
      const options = suite.remembered(created);
      await suite.elsewhere(platform, (other) =>
        other.connections.delete(key, options),
      );
      assert.equal(await connections.tryFind(key, options), undefined);
      // Gone already is as good as deleted.
      await connections.delete(key, options);
    });
  });
}
