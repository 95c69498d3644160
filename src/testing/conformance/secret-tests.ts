import assert from "node:assert/strict";
import { Secret } from "../../diagnostics";
import type { Connection, ObservedConnection, Platform } from "../../model";
import { assertSame, type Suite } from "./suite";

/** What every platform must do with secrets. */
export function testSecrets(suite: Suite): void {
  const { sample } = suite.expectations;
  const { storedSecrets } = suite.subject;
  const declared = suite.connection("warehouse");
  const key = suite.key("warehouse");

  const changed = async (platform: Platform, changes: Partial<Connection>) => {
    const { connections } = platform;
    const before = await connections.create(declared);
    const after = await connections.update(
      key,
      suite.connection("warehouse", changes),
      suite.remembered(before),
    );
    return { before, after };
  };

  const assertStored = async (
    platform: Platform,
    observed: ObservedConnection,
    secrets: typeof sample.secrets,
  ) => {
    if (storedSecrets)
      assertSame(await storedSecrets(suite.raw(platform), observed), secrets);
  };

  suite.group("secrets", () => {
    suite.test("are told by name only", async (platform) => {
      const observed = await platform.connections.create(declared);
      assertSame(
        observed.secretFields ?? sample.secretFields,
        sample.secretFields,
      );
      await assertStored(platform, observed, sample.secrets);
    });

    suite.test("that are not given stay as they are", async (platform) => {
      const { before, after } = await changed(platform, { secrets: undefined });
      assertSame(after.secretFields, before.secretFields);
      assert.equal(after.secretsVersion, before.secretsVersion);
      await assertStored(platform, after, sample.secrets);
    });

    suite.test("are replaced", async (platform) => {
      const { otherSecrets } = sample;
      const secrets = new Secret(otherSecrets);
      const { before, after } = await changed(platform, { secrets });
      assertSame(after.secretFields, before.secretFields);
      if (suite.has("secrets_version"))
        assert.notEqual(after.secretsVersion, before.secretsVersion);
      suite.assertHolds(after, suite.connection("warehouse", { secrets }));
      await assertStored(platform, after, otherSecrets);
    });

    if (sample.secretsRemovable !== false) {
      suite.test("are removed by giving none", async (platform) => {
        const secrets = new Secret({});
        const { before, after } = await changed(platform, { secrets });
        assertSame(after.secretFields ?? [], []);
        if (suite.has("secrets_version"))
          assert.notEqual(after.secretsVersion, before.secretsVersion);
        await assertStored(platform, after, {});
      });
    }

    const [field] = Object.entries(suite.expectations.otherValues);
    if (field !== undefined) {
      suite.test("stay while only plain fields change", async (platform) => {
        const { config } = suite.withField(...field);
        const { before, after } = await changed(platform, {
          config,
          secrets: undefined,
        });
        assert.equal(after.secretsVersion, before.secretsVersion);
        await assertStored(platform, after, sample.secrets);
      });
    }
  });
}
