import assert from "node:assert/strict";
import type { Access, Feature, Platform } from "../../model";
import { testFolders } from "./folder-tests";
import { assertRefused, assertSame, type Suite } from "./suite";

/** The part of the port that a feature stands for. */
const partOfFeature: Readonly<Partial<Record<Feature, keyof Platform>>> = {
  attachments: "attachments",
  links: "links",
  verify: "verification",
  usage: "usage",
  inventory: "inventory",
  manage_inventory: "inventoryManagement",
};

/** What holds for the optional features: they are there exactly if they are named, and then they work. */
export function testFeatures(suite: Suite): void {
  for (const [feature, part] of Object.entries(partOfFeature) as [
    Feature,
    keyof Platform,
  ][]) {
    const expected = suite.has(feature);
    suite.test(
      `has ${expected ? "the" : "no"} part ${part}, as its capabilities say`,
      async (platform) => {
        assert.equal(platform[part] !== undefined, expected);
        await Promise.resolve();
      },
    );
  }
  for (const [method, expected] of [
    ["list", suite.has("list")],
    ["tryFindByPlatformId", suite.expectations.identity === "platform_id"],
  ] as const) {
    suite.test(
      `has ${expected ? "the" : "no"} method connections.${method}`,
      async ({ connections }) => {
        assert.equal(connections[method] !== undefined, expected);
        await Promise.resolve();
      },
    );
  }
  if (suite.has("auto_link")) testAutoLink(suite);
  if (suite.has("access")) testAccess(suite);
  if (suite.has("folders")) testFolders(suite);
  if (suite.has("manage_inventory")) testInventory(suite);
  if (suite.has("verify")) {
    suite.test("a connection test changes nothing", async (platform) => {
      await platform.verification?.verify(suite.connection("warehouse"));
      assertSame(await suite.storedNames(platform), []);
    });
  }
}

function testAutoLink(suite: Suite): void {
  suite.test(
    "auto-link is off, is set with exceptions, and is cleared",
    async (platform) => {
      const { connections } = platform;
      const { deployment, secondDeployment } = await suite.linkPlaces(platform);
      const created = await connections.create(suite.connection("warehouse"));
      assertSame([created.autoLink, created.autoLinkExcept], [false, []]);
      const on = suite.connection("warehouse", {
        autoLink: true,
        autoLinkExcept: [secondDeployment, deployment],
      });
      const set = await connections.update(suite.key("warehouse"), on);
      assertSame(
        [set.autoLink, set.autoLinkExcept],
        [true, [deployment, secondDeployment].sort()],
      );
      const cleared = await connections.update(
        suite.key("warehouse"),
        suite.connection("warehouse"),
      );
      assertSame([cleared.autoLink, cleared.autoLinkExcept], [false, []]);
    },
  );
}

function testAccess(suite: Suite): void {
  const key = suite.key("warehouse");
  const expected = () => {
    const { access } = suite.expectations;
    assert.ok(
      access,
      "expectations.access is missing although the platform has access",
    );
    return access;
  };

  suite.test(
    "access is set, left alone when it is not given, and changed",
    async (platform) => {
      const { connections } = platform;
      const access = expected();
      const created = await connections.create(
        suite.connection("warehouse", { access: backwards(access.first) }),
      );
      assertSame(await suite.accessOf(platform, created), access.first);
      const options = suite.remembered(created);
      const same = await connections.update(
        key,
        suite.connection("warehouse"),
        options,
      );
      assertSame(await suite.accessOf(platform, same), access.first);
      const changed = suite.connection("warehouse", { access: access.second });
      await connections.update(key, changed, options);
      const after = await connections.tryFind(key, options);
      assertSame(await suite.accessOf(platform, after), access.second);
    },
  );

  suite.test("access that somebody else changes is seen", async (platform) => {
    const { connections } = platform;
    const access = expected();
    const created = await connections.create(
      suite.connection("warehouse", { access: access.first }),
    );
    const options = suite.remembered(created);
    await suite.elsewhere(platform, async (other) => {
      const changed = suite.connection("warehouse", { access: access.second });
      await other.connections.update(key, changed, options);
    });
    const found = await connections.tryFind(key, options);
    assertSame(await suite.accessOf(platform, found), access.second);
  });
}

/** The same access, its lists in another order. */
function backwards({ view, use, edit }: Access): Access {
  return {
    ...(view && { view: [...view].reverse() }),
    ...(use && { use: [...use].reverse() }),
    ...(edit && { edit: [...edit].reverse() }),
  };
}

function testInventory(suite: Suite): void {
  suite.group("workspaces and deployments", () => {
    if (suite.has("change_inventory") && suite.has("links"))
      testChangedInventory(suite);
    suite.test(
      "are made once, listed sorted, and deleted from the inside out",
      async (platform) => {
        const { inventory, inventoryManagement: management } = platform;
        assert.ok(management);
        const places = await suite.linkPlaces(platform);
        const { owner, workspace, otherWorkspace } = places;
        await assertRefused(
          management.createWorkspace({ owner, name: workspace }),
          "already_exists",
          workspace,
        );
        const there = await inventory?.listWorkspaces(owner);
        if (there)
          assertSame(
            there.map(({ name }) => name),
            [workspace, otherWorkspace].sort(),
          );
        const running = await inventory?.listDeployments(owner);
        if (running) {
          assertSame(
            running.map(({ name }) => name),
            [
              places.deployment,
              places.secondDeployment,
              places.otherDeployment,
            ].sort(),
          );
        }
        const inOther = {
          owner,
          name: places.otherDeployment,
          workspace: otherWorkspace,
        };
        await assertRefused(
          management.createDeployment(inOther),
          "already_exists",
          places.otherDeployment,
        );
        await assertRefused(
          management.deleteWorkspace({ owner, name: otherWorkspace }),
          "in_use",
          places.otherDeployment,
        );
        await management.deleteDeployment(inOther);
        await management.deleteDeployment(inOther);
        await management.deleteWorkspace({ owner, name: otherWorkspace });
        await management.deleteWorkspace({ owner, name: otherWorkspace });
      },
    );

    suite.test(
      "a deployment needs its workspace",
      async ({ inventoryManagement: management }) => {
        const owner =
          suite.expectations.places?.owner ?? suite.expectations.owner;
        await assertRefused(
          management!.createDeployment({
            owner,
            name: "prod",
            workspace: "nowhere",
          }),
          "not_found",
          "nowhere",
        );
      },
    );
  });
}

function testChangedInventory(suite: Suite): void {
  const connection = suite.key("warehouse");

  suite.test(
    "are renamed and moved in place, and what is in them follows",
    async (platform) => {
      const { inventoryManagement: management, links, attachments } = platform;
      assert.ok(management?.renameWorkspace && management.changeDeployment);
      const { owner, workspace, otherWorkspace, deployment, secondDeployment } =
        await suite.linkPlaces(platform);
      await platform.connections.create(suite.connection("warehouse"));
      await attachments?.create({ connection, workspace });
      const link = await links!.create({
        connection,
        deployment,
        overrides: {},
      });

      const renamed = await management.renameWorkspace(
        { owner, name: workspace },
        "insights",
      );
      assert.equal(renamed.name, "insights");
      const [attachment] = (await attachments?.list(connection.owner)) ?? [];
      if (attachment) assert.equal(attachment.workspace, "insights");
      await assertRefused(
        management.renameWorkspace({ owner, name: "insights" }, otherWorkspace),
        "already_exists",
        otherWorkspace,
      );
      await assertRefused(
        management.renameWorkspace({ owner, name: workspace }, "anything"),
        "not_found",
        workspace,
      );

      const changed = await management.changeDeployment(
        { owner, name: deployment },
        { name: "renamed", workspace: "insights" },
      );
      assertSame([changed.name, changed.workspace], ["renamed", "insights"]);
      const followed = await links!.tryFind({
        connection,
        deployment: "renamed",
      });
      assert.equal(followed?.platformId, link.platformId);
      await assertRefused(
        management.changeDeployment(
          { owner, name: "renamed" },
          { name: secondDeployment, workspace: "insights" },
        ),
        "already_exists",
        secondDeployment,
      );
      if (attachments === undefined) return;
      const away = { name: "renamed", workspace: otherWorkspace };
      await assertRefused(
        management.changeDeployment({ owner, name: "renamed" }, away),
        "attachment_missing",
        otherWorkspace,
      );
      await attachments.create({ connection, workspace: otherWorkspace });
      const moved = await management.changeDeployment(
        { owner, name: "renamed" },
        away,
      );
      assert.equal(moved.platformId, changed.platformId);
      await attachments.delete({ connection, workspace: "insights" });
    },
  );
}
