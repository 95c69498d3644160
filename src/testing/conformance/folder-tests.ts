import assert from "node:assert/strict";
import {
  type Connection,
  folderText,
  type ObservedConnection,
  type Platform,
} from "../../model";
import type { FolderExpectations } from "./expectations";
import { assertRefused, assertSame, type Suite } from "./suite";

/** What holds where connections are kept in folders. */
export function testFolders(suite: Suite): void {
  const key = suite.key("warehouse");
  const within = (parent: string | undefined): Connection =>
    suite.connection("warehouse", { parent });
  const expected = (): FolderExpectations => {
    const { folders } = suite.expectations;
    assert.ok(
      folders,
      "expectations.folders is missing although the platform has folders",
    );
    return folders;
  };

  /** Checks where the connection is shown: by itself, and among the others. */
  const assertIn = async (
    { connections }: Platform,
    observed: ObservedConnection,
    path: string,
  ): Promise<void> => {
    const options = suite.remembered(observed);
    const found = await connections.tryFind(key, options);
    assert.ok(found, "the connection is not there");
    const listed = (await connections.list?.(key.owner)) ?? [];
    for (const shown of [observed, found, ...listed])
      assert.equal(folderText(shown.folder), path);
    assertSame(found.folder, observed.folder);
  };

  suite.group("a connection in folders", () => {
    suite.test("is at the top level first", async (platform) => {
      const created = await platform.connections.create(within(undefined));
      await assertIn(platform, created, "/");
    });

    suite.test(
      "is created in a folder, moved to another, and back to the top",
      async (platform) => {
        const { connections } = platform;
        const { first, second } = expected();
        const created = await connections.create(within(first));
        await assertIn(platform, created, first);
        const options = suite.remembered(created);
        for (const path of [second, "/", first]) {
          const moved = await connections.update(key, within(path), options);
          suite.assertHolds(moved, within(path));
          await assertIn(platform, moved, path);
        }
      },
    );

    suite.test("stays where it is when none is given", async (platform) => {
      const { connections } = platform;
      const { first } = expected();
      const created = await connections.create(within(first));
      const options = suite.remembered(created);
      const updated = await connections.update(key, within(undefined), options);
      await assertIn(platform, updated, first);
    });

    suite.test("is put in a folder by its id", async (platform) => {
      const { connections } = platform;
      const { first } = expected();
      const created = await connections.create(within(first));
      const options = suite.remembered(created);
      const { id } = created.folder ?? {};
      assert.ok(id, "the folder has no id");
      await connections.update(key, within("/"), options);
      const moved = await connections.update(key, within(id), options);
      await assertIn(platform, moved, first);
    });

    if (suite.expectations.folders?.anyPath !== true) testMissing();

    suite.test(
      "that somebody else moves is seen elsewhere",
      async (platform) => {
        const { connections } = platform;
        const { first, second } = expected();
        const created = await connections.create(within(first));
        const options = suite.remembered(created);
        await suite.elsewhere(platform, async (other) => {
          await other.connections.update(key, within(second), options);
        });
        const found = await connections.tryFind(key, options);
        assert.equal(folderText(found?.folder), second);
      },
    );
  });

  function testMissing(): void {
    suite.test("is not created in one that is not there", async (platform) => {
      const nowhere = `${expected().first}/Nowhere`;
      const creation = platform.connections.create(within(nowhere));
      await assertRefused(creation, "not_found", "Nowhere");
      assertSame(await suite.storedNames(platform), []);
    });

    suite.test("is not moved to one that is not there", async (platform) => {
      const { connections } = platform;
      const { first } = expected();
      const created = await connections.create(within(first));
      const options = suite.remembered(created);
      const update = connections.update(key, within("Nowhere"), options);
      await assertRefused(update, "not_found", "Nowhere");
      await assertIn(platform, created, first);
    });
  }
}
