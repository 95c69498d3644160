import assert from "node:assert/strict";
import { Secret } from "../../diagnostics";
import type { ConnectionPort } from "../../model";
import { assertSame, type Suite } from "./suite";

/** What every platform must do with secrets. */
export function testSecrets(suite: Suite): void {
  const { sample } = suite.expectations;
  const key = suite.key("warehouse");
  const update = (
    connections: ConnectionPort,
    secrets: Secret<typeof sample.secrets> | undefined,
  ) => connections.update(key, suite.connection("warehouse", { secrets }));

  suite.group("secrets", () => {
    suite.test("are told by name only", async ({ connections }) => {
      const observed = await connections.create(suite.connection("warehouse"));
      assertSame(
        observed.secretFields ?? sample.secretFields,
        sample.secretFields,
      );
    });

    suite.test(
      "that are not given stay as they are",
      async ({ connections }) => {
        const before = await connections.create(suite.connection("warehouse"));
        const after = await update(connections, undefined);
        assertSame(after.secretFields, before.secretFields);
        assert.equal(after.secretsVersion, before.secretsVersion);
      },
    );

    suite.test("are replaced", async ({ connections }) => {
      const before = await connections.create(suite.connection("warehouse"));
      const after = await update(connections, new Secret(sample.otherSecrets));
      assertSame(after.secretFields, before.secretFields);
      if (suite.has("secrets_version"))
        assert.notEqual(after.secretsVersion, before.secretsVersion);
      assert.ok(
        !JSON.stringify(after).includes(
          Object.values(sample.otherSecrets).join(),
        ),
      );
    });

    suite.test("are removed by giving none", async ({ connections }) => {
      const before = await connections.create(suite.connection("warehouse"));
      const after = await update(connections, new Secret({}));
      assertSame(after.secretFields ?? [], []);
      if (suite.has("secrets_version"))
        assert.notEqual(after.secretsVersion, before.secretsVersion);
    });

    if (suite.has("secrets_version")) {
      suite.test(
        "keep their version while only plain fields change",
        async ({ connections }) => {
          const before = await connections.create(
            suite.connection("warehouse"),
          );
          const [[field, value]] = Object.entries(
            suite.expectations.otherValues,
          ) as [[string, string]];
          const config = { ...sample.config, [field]: value };
          const declared = suite.connection("warehouse", {
            config,
            secrets: undefined,
          });
          const after = await connections.update(key, declared);
          assert.equal(after.secretsVersion, before.secretsVersion);
        },
      );
    }
  });
}
