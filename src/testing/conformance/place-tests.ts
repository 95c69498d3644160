import assert from "node:assert/strict";
import { Secret } from "../../diagnostics";
import type { Link, LinkPort, Platform } from "../../model";
import { assertRefused, assertSame, type Suite } from "./suite";

/** What a platform with workspace attachments must do with them. */
export function testAttachments(suite: Suite): void {
  const connection = suite.key("warehouse");

  suite.group("an attachment", () => {
    suite.test(
      "is created once, found, listed and deleted",
      async (platform) => {
        const { workspace } = await suite.places(platform);
        const { attachments, connections } = withAttachments(platform);
        await connections.create(suite.connection("warehouse"));
        const key = { connection, workspace };
        assert.equal(await attachments.tryFind(key), undefined);
        const created = await attachments.create(key);
        assertSame(
          { connection: created.connection, workspace: created.workspace },
          key,
        );
        await assertRefused(
          attachments.create(key),
          "already_exists",
          workspace,
        );
        assertSame(await attachments.tryFind(key), created);
        assertSame(await attachments.list(connection.owner), [created]);
        await attachments.delete(key);
        await attachments.delete(key);
        assertSame(await attachments.list(connection.owner), []);
      },
    );

    suite.test("needs its connection and its workspace", async (platform) => {
      const { workspace } = await suite.places(platform);
      const { attachments, connections } = withAttachments(platform);
      await assertRefused(
        attachments.create({ connection, workspace }),
        "not_found",
        "warehouse",
      );
      await connections.create(suite.connection("warehouse"));
      await assertRefused(
        attachments.create({ connection, workspace: "nowhere" }),
        "not_found",
        "nowhere",
      );
    });

    suite.test("keeps its connection from being deleted", async (platform) => {
      const { workspace } = await suite.places(platform);
      const { attachments, connections } = withAttachments(platform);
      await connections.create(suite.connection("warehouse"));
      await attachments.create({ connection, workspace });
      await assertRefused(connections.delete(connection), "in_use", workspace);
      assert.ok(await connections.tryFind(connection));
    });
  });
}

/** What a platform with deployment links must do with them. */
export function testLinks(suite: Suite): void {
  const connection = suite.key("warehouse");

  /** A connection that can be linked to the deployments of the first workspace. */
  const linkable = async (platform: Platform) => {
    const places = await suite.linkPlaces(platform);
    await platform.connections.create(suite.connection("warehouse"));
    await platform.attachments?.create({
      connection,
      workspace: places.workspace,
    });
    const { field, value } = places.override;
    const link: Link = {
      connection,
      deployment: places.deployment,
      overrides: suite.has("overrides") ? { [field]: value } : {},
    };
    return { places, link, links: withLinks(platform) };
  };

  suite.group("a link", () => {
    suite.test(
      "is created once, found, listed and deleted",
      async (platform) => {
        const { link, links } = await linkable(platform);
        assert.equal(await links.tryFind(link), undefined);
        const created = await links.create(link);
        assertSame(
          {
            connection: created.connection,
            deployment: created.deployment,
            overrides: created.overrides,
          },
          link,
        );
        await assertRefused(
          links.create(link),
          "already_exists",
          link.deployment,
        );
        assertSame(await links.tryFind(link), created);
        assertSame(await links.list(connection.owner), [created]);
        await links.delete(link);
        await links.delete(link);
        assertSame(await links.list(connection.owner), []);
        await assertRefused(links.update(link), "not_found", link.deployment);
      },
    );

    if (suite.has("overrides"))
      suite.test(
        "has its overrides changed, extended by a removal, and cleared",
        async (platform) => {
          const { places, link, links } = await linkable(platform);
          await links.create(link);
          const { field, otherValue } = places.override;
          for (const overrides of [
            { [field]: otherValue },
            ...(places.removableField === undefined
              ? []
              : [{ [places.removableField]: null }]),
            {},
          ]) {
            const updated = await links.update({ ...link, overrides });
            assertSame(updated.overrides, overrides);
            assertSame((await links.tryFind(link))?.overrides, overrides);
          }
        },
      );

    if (suite.has("override_secrets")) {
      suite.test(
        "overrides secrets, which never come back",
        async (platform) => {
          const { places, link, links } = await linkable(platform);
          assert.ok(places.overrideSecrets, "overrideSecrets is missing");
          const { patch, fields } = places.overrideSecrets;
          const created = await links.create({
            ...link,
            overrideSecrets: new Secret(patch),
          });
          assertSame(created.overrideSecretFields ?? fields, fields);
          for (const secret of Object.values(patch)) {
            assert.ok(
              !JSON.stringify(created).includes(String(secret)),
              "a secret came back",
            );
          }
          const kept = await links.update({ ...link, overrides: {} });
          assertSame(kept.overrideSecretFields, created.overrideSecretFields);
          assert.equal(
            kept.overrideSecretsVersion,
            created.overrideSecretsVersion,
          );
          const removed = await links.update({
            ...link,
            overrideSecrets: new Secret({}),
          });
          assertSame(removed.overrideSecretFields ?? [], []);
        },
      );
    }

    if (suite.expectations.concurrencyTokens) {
      suite.test(
        "is not changed or deleted with a stale token",
        async (platform) => {
          const { link, links } = await linkable(platform);
          const { concurrencyToken } = await links.create(link);
          const changed = await links.update(
            { ...link, overrides: {} },
            { concurrencyToken },
          );
          await assertRefused(
            links.update(link, { concurrencyToken }),
            "conflict",
            link.deployment,
          );
          await assertRefused(
            links.delete(link, { concurrencyToken }),
            "conflict",
            link.deployment,
          );
          assertSame(await links.tryFind(link), changed);
        },
      );
    }

    suite.test("needs its connection and its deployment", async (platform) => {
      const { link, links } = await linkable(platform);
      await assertRefused(
        links.create({ ...link, deployment: "nowhere" }),
        "not_found",
        "nowhere",
      );
      const other = { ...link, connection: suite.key("other") };
      await assertRefused(links.create(other), "not_found", "other");
    });

    suite.test("keeps its connection from being deleted", async (platform) => {
      const { link, links } = await linkable(platform);
      await links.create(link);
      await assertRefused(
        platform.connections.delete(connection),
        "in_use",
        link.deployment,
      );
      assertSame((await links.list(connection.owner)).length, 1);
    });

    suite.test(
      "made at the same time as others by several is not lost",
      async (platform) => {
        const { places, link, links } = await linkable(platform);
        const second = { ...link, deployment: places.secondDeployment };
        await suite.elsewhere(platform, async (other) => {
          await Promise.all([
            links.create(link),
            withLinks(other).create(second),
          ]);
          const found = await links.list(connection.owner);
          assertSame(
            found.map(({ deployment }) => deployment).sort(),
            [link.deployment, second.deployment].sort(),
          );
          await Promise.all([
            links.delete(link),
            withLinks(other).delete(second),
          ]);
          assertSame(await links.list(connection.owner), []);
        });
      },
    );

    if (suite.has("attachments")) testLinksThroughAttachments();
    if (suite.has("rename")) {
      suite.test("follows its connection to a new name", async (platform) => {
        const { link, links } = await linkable(platform);
        const before = await links.create(link);
        await platform.connections.update(connection, suite.connection("lake"));
        const after = await links.tryFind({
          ...link,
          connection: suite.key("lake"),
        });
        assert.equal(after?.platformId, before.platformId);
      });
    }
    if (suite.has("usage")) testUsage();
  });

  function testLinksThroughAttachments(): void {
    suite.test(
      "needs the connection to be attached to the deployment's workspace",
      async (platform) => {
        const { places, link, links } = await linkable(platform);
        await assertRefused(
          links.create({ ...link, deployment: places.otherDeployment }),
          "attachment_missing",
          places.otherWorkspace,
        );
      },
    );

    suite.test(
      "keeps the attachment that it goes through",
      async (platform) => {
        const { places, link, links } = await linkable(platform);
        await links.create(link);
        const attachment = { connection, workspace: places.workspace };
        await assertRefused(
          platform.attachments!.delete(attachment),
          "in_use",
          link.deployment,
        );
        await links.delete(link);
        await platform.attachments!.delete(attachment);
      },
    );
  }

  function testUsage(): void {
    suite.test(
      "shows in the connection's usage, beside auto-link",
      async (platform) => {
        const { places, link, links } = await linkable(platform);
        const { workspace, deployment, secondDeployment } = places;
        await links.create(link);
        const linked = { deployment, workspace, through: "link" };
        const owned = connection.owner.kind === "workspace";
        const workspaces = suite.has("attachments")
          ? [{ workspace, through: "attachment" }]
          : owned
            ? [{ workspace, through: "owner" }]
            : [];
        assertSame(await platform.usage?.find(connection), {
          workspaces,
          deployments: [linked],
        });
        if (!suite.has("auto_link")) return;
        await platform.connections.update(
          connection,
          suite.connection("warehouse", { autoLink: true }),
        );
        const automatic = {
          deployment: secondDeployment,
          workspace,
          through: "auto_link",
        };
        assertSame(await platform.usage?.find(connection), {
          workspaces,
          deployments: [linked, automatic].sort((left, right) =>
            left.deployment < right.deployment ? -1 : 1,
          ),
        });
      },
    );

    suite.test(
      "is no part of the usage of what does not exist",
      async ({ usage }) => {
        await assertRefused(
          usage!.find(suite.key("nothing")),
          "not_found",
          "nothing",
        );
      },
    );
  }
}

function withAttachments(platform: Platform) {
  const { attachments, connections } = platform;
  assert.ok(attachments, "the platform has no part attachments");
  return { attachments, connections };
}

function withLinks({ links }: Platform): LinkPort {
  assert.ok(links, "the platform has no part links");
  return links;
}
