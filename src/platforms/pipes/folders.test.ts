import type { PatchbayError } from "../../diagnostics";
import type { Connection, Platform } from "../../model";
import type {
  PipesBehaviour,
  PipesStandin,
} from "../../../test/standins/pipes";
import {
  openAt,
  openWithStandin,
} from "../../../test/standins/pipes/open-with-standin";
import { addFolder } from "../../../test/standins/pipes/pipes-world";

const acme = { kind: "organization", name: "acme" } as const;
const key = { owner: acme, name: "net" };

function net(parent?: string, changes: Partial<Connection> = {}): Connection {
  return { ...key, type: "pipes:net", config: {}, parent, ...changes };
}

describe("folders of Pipes", () => {
  let platform: Platform;
  let standin: PipesStandin;
  const open = async (behaviour: Partial<PipesBehaviour> = {}) => {
    ({ platform, standin } = await openWithStandin(behaviour));
  };
  afterEach(() => platform.close());

  /** How often the folders were listed since the requests were cleared. */
  const listings = () =>
    standin
      .requests({ method: "GET" })
      .filter(({ path }) => path.endsWith("/connection_folder")).length;
  const bodies = (method: string) =>
    standin.requests({ method }).map(({ body }) => body);
  /** A folder of acme, made in Pipes. */
  const folder = (title: string, folderId?: string) =>
    addFolder(standin.world, {
      title,
      folderId,
      identityId: standin.world.organizations[0]!.id,
    });
  const folderOfAcme = (title: string) =>
    standin.world.folders.find(
      ({ identityId, workspaceId, ...found }) =>
        found.title === title &&
        identityId !== undefined &&
        workspaceId === undefined,
    )!;

  test("are listed once for all connections that are put in them", async () => {
    await open();
    const names = ["a", "b", "c", "d", "e"];
    await Promise.all(
      names.map((name) =>
        platform.connections.create(net("Production/Databases", { name })),
      ),
    );
    await platform.connections.create(net("Staging"));
    expect(listings()).toBe(1);
    const { id } = folderOfAcme("Databases");
    expect(
      standin.world.connections.filter(({ folderId }) => folderId === id),
    ).toHaveLength(5);
  });

  test("that somebody has just made are found by looking again", async () => {
    await open();
    await platform.connections.create(net("Staging"));
    folder("New");
    await platform.connections.create(net("New", { name: "a" }));
    expect(listings()).toBe(2);
    // One that is not there is looked for once more, and then no more.
    await failureOf(platform.connections.create(net("Old", { name: "b" })));
    expect(listings()).toBe(3);
    folder("Newer");
    await Promise.all(
      ["c", "d", "e", "f"].map((name) =>
        platform.connections.create(net("Newer", { name })),
      ),
    );
    expect(listings()).toBe(4);
  });

  test.each([
    [
      "Prodution",
      'organization/acme has no folder "Prodution" at its top level. Did you mean "Production"? There are: "Production", "Staging".',
    ],
    [
      "Production/Files/Old",
      'The folder "Production" of organization/acme has no folder "Files" in it. There are: "Databases".',
    ],
    [
      "Staging/Databases",
      'The folder "Staging" of organization/acme has no folder "Databases" in it. There are no folders in it.',
    ],
  ])("that are not there are told: %s", async (parent, words) => {
    await open();
    for (const call of [
      () => platform.connections.create(net(parent)),
      async () => {
        await platform.connections.create(net());
        return platform.connections.update(key, net(parent));
      },
    ]) {
      const error = await failureOf(call());
      expect(error.diagnostics).toMatchObject([
        { code: "not_found", path: ["parent"] },
      ]);
      expect(error.diagnostics[0]?.detail).toContain(words);
    }
    expect(standin.requests({ method: "PATCH" })).toEqual([]);
  });

  test("of which there are many are not all listed", async () => {
    await open();
    for (let index = 0; index < 25; index += 1) folder(`Folder ${index}`);
    const error = await failureOf(platform.connections.create(net("Nowhere")));
    expect(error.message).toMatch(/"Folder 0", .* and 7 more\./);
  });

  test("that share their titles are told apart by their ids", async () => {
    await open();
    const { id } = folderOfAcme("Staging");
    const second = folder("Staging");
    const error = await failureOf(platform.connections.create(net("Staging")));
    expect(error.diagnostics).toMatchObject([
      { code: "invalid_field", path: ["parent"] },
    ]);
    expect(error.message).toContain(id);
    expect(error.message).toContain(second.id);
    const created = await platform.connections.create(net(second.id));
    expect(created.folder).toEqual({ id: second.id, path: "Staging" });
    // Where it is in one of them, its path is not asked about any more.
    await platform.connections.update(key, net("Staging"));
    expect(bodies("PATCH")).toEqual([]);
  });

  test("with the same title in different places are different folders", async () => {
    await open();
    const staging = folderOfAcme("Staging");
    const { id } = folder("Databases", staging.id);
    const created = await platform.connections.create(net("Staging/Databases"));
    expect(created.folder).toEqual({ id, path: "Staging/Databases" });
  });

  test("are taken by their id without a listing", async () => {
    await open();
    const { id } = folderOfAcme("Databases");
    await platform.connections.create(net(id));
    expect(bodies("POST")).toEqual([
      { handle: "net", plugin: "net", config: {}, parent_id: id },
    ]);
    expect(listings()).toBe(0);
  });

  test("whose id is not there are told, and nothing is created", async () => {
    await open();
    const id = `c_${"v".repeat(20)}`;
    const error = await failureOf(platform.connections.create(net(id)));
    expect(error.diagnostics).toMatchObject([
      { code: "not_found", path: ["parent"] },
    ]);
    expect(error.message).toContain(id);
    expect(standin.world.connections).toEqual([]);
  });

  test("that were made anew since they were listed are used", async () => {
    await open();
    await platform.connections.create(net("Staging"));
    const { world } = standin;
    world.folders.splice(world.folders.indexOf(folderOfAcme("Staging")), 1);
    const { id } = folder("Staging");
    const created = await platform.connections.create(
      net("Staging", { name: "a" }),
    );
    expect(created.folder).toEqual({ id, path: "Staging" });
    expect(world.connections.map(({ handle }) => handle)).toEqual(["net", "a"]);
  });

  test("are not blamed for what Pipes refuses for another reason", async () => {
    await open();
    standin.failNext({
      match: { method: "POST" },
      fault: { kind: "status", status: 403, when: "before" },
    });
    const error = await failureOf(platform.connections.create(net("Staging")));
    expect(error.diagnostics).toMatchObject([{ code: "forbidden", path: [] }]);
    expect(standin.requests({ method: "POST" })).toHaveLength(1);
    // Nor is it hidden by a listing that fails as well.
    standin.failNext({
      match: { method: "POST" },
      fault: { kind: "status", status: 400, when: "before" },
    });
    standin.failNext({
      match: { method: "GET" },
      fault: { kind: "status", status: 403, when: "before" },
    });
    expect(
      await failureOf(platform.connections.create(net("Staging"))),
    ).toMatchObject({ diagnostics: [{ code: "platform_failure", path: [] }] });
  });

  test("whose titles hold a slash are called by their id", async () => {
    await open();
    const { id } = folder("AWS/GCP");
    const created = await platform.connections.create(net(id));
    expect(created.folder).toEqual({ id, path: id });
    for (const parent of ["AWS/GCP", "AWS/GCP/Old"]) {
      const error = await failureOf(
        platform.connections.create(net(parent, { name: "a" })),
      );
      expect(error.diagnostics).toMatchObject([{ code: "not_found" }]);
      expect(error.message).toContain(
        `A folder with a slash in its title is named by its id: parent = "${id}" is "AWS/GCP".`,
      );
    }
  });

  test("that an integration keeps are refused", async () => {
    await open();
    addFolder(standin.world, {
      title: "Accounts",
      identityId: standin.world.organizations[0]!.id,
      isDiscovered: true,
    });
    expect(
      await failureOf(platform.connections.create(net("Accounts"))),
    ).toMatchObject({
      diagnostics: [{ code: "unsupported", path: ["parent"] }],
    });
    expect(standin.requests({ method: "POST" })).toEqual([]);
  });

  test("of the tenant are none of an organization's", async () => {
    await open({ listsTenantFolders: true });
    addFolder(standin.world, { title: "Shared" });
    const error = await failureOf(platform.connections.create(net("Shared")));
    expect(error.diagnostics).toMatchObject([{ code: "not_found" }]);
    const owner = { kind: "tenant" } as const;
    const created = await platform.connections.create(net("Shared", { owner }));
    expect(created.folder?.path).toBe("Shared");
  });

  test("of a workspace hold the workspace's own connections", async () => {
    await open();
    const owner = { kind: "workspace", name: "analytics" } as const;
    await platform.connections.create(net("Production/Databases", { owner }));
    const moved = await platform.connections.update(
      { owner, name: "net" },
      net("/", { owner }),
    );
    expect(moved.folder).toBeUndefined();
    expect(bodies("PATCH")).toEqual([
      { parent_id: standin.world.workspaces[0]!.id },
    ]);
  });

  test("take no request of their own where connections tell them", async () => {
    await open();
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        platform.connections.create(
          net("Production/Databases", { name: `c${index}` }),
        ),
      ),
    );
    standin.clearRequests();
    const listed = await platform.connections.list!(acme);
    expect(new Set(listed.map(({ folder: shown }) => shown?.path))).toEqual(
      new Set(["Production/Databases"]),
    );
    expect(standin.requests()).toHaveLength(1);
  });

  test("take one listing for any number of connections where they do not tell them", async () => {
    await open({ trunk: "absent" });
    const { id } = folderOfAcme("Databases");
    await Promise.all(
      Array.from({ length: 150 }, (_, index) =>
        platform.connections.create(net(id, { name: `c${index}` })),
      ),
    );
    standin.clearRequests();
    const listed = await platform.connections.list!(acme);
    expect(new Set(listed.map(({ folder: shown }) => shown?.path))).toEqual(
      new Set(["Production/Databases"]),
    );
    // Two pages of connections; the folders are known from the creations.
    expect(standin.requests()).toHaveLength(2);
    const made = folder("Made later");
    standin.world.connections[0]!.folderId = made.id;
    standin.clearRequests();
    const [first] = await platform.connections.list!(acme);
    expect(first?.folder?.path).toBe("Made later");
    expect(listings()).toBe(1);
  });

  test("that Pipes does not show are called by their id", async () => {
    await open({ trunk: "absent" });
    await platform.connections.create(net("Production/Databases"));
    const { id } = folderOfAcme("Databases");
    const { world } = standin;
    world.folders = world.folders.filter(
      (shown) => shown !== folderOfAcme("Production"),
    );
    const { connections } = openAt(standin.url);
    expect((await connections.tryFind(key))?.folder).toEqual({ id, path: id });
  });

  test("are written only where they differ, together with everything else", async () => {
    await open();
    await platform.connections.create(net("Staging"));
    await platform.connections.update(key, net("/Staging/"));
    expect(bodies("PATCH")).toEqual([]);
    await platform.connections.update(
      key,
      net("Production", { name: "net_live", config: { timeout: 5 } }),
    );
    expect(bodies("PATCH")).toEqual([
      {
        handle: "net_live",
        config: { timeout: 5 },
        parent_id: folderOfAcme("Production").id,
      },
    ]);
  });

  test("that cannot be left are told, with what can be done", async () => {
    await open();
    await platform.connections.create(net("Staging"));
    Object.assign(standin.behaviour, { move: "ignored" });
    const error = await failureOf(
      platform.connections.update(key, net("/", { config: { timeout: 5 } })),
    );
    expect(error.diagnostics).toMatchObject([
      { code: "platform_failure", path: ["parent"] },
    ]);
    expect(error.message).toContain(folderOfAcme("Staging").id);
    expect(standin.world.connections[0]?.config).toEqual({ timeout: 5 });
    Object.assign(standin.behaviour, { move: "refused" });
    expect(
      (await failureOf(platform.connections.update(key, net("/")))).message,
    ).toContain("It cannot be moved there");
  });

  test("that Pipes does not heed leave no connection behind", async () => {
    await open({ move: "ignored" });
    const error = await failureOf(platform.connections.create(net("Staging")));
    expect(error.diagnostics).toMatchObject([
      { code: "platform_failure", path: ["parent"] },
    ]);
    expect(error.message).toContain("nothing is left of it");
    expect(standin.world.connections).toEqual([]);
  });

  test("that are attached to a workspace do not hold their connections back from deletion", async () => {
    await open();
    await platform.connections.create(net("Staging"));
    const { world } = standin;
    const attach = (index: number, state: "direct" | "indirect") =>
      world.schemas.push({
        id: `c_${String(index).repeat(20)}`,
        connectionId: world.connections[0]!.id,
        workspaceId: world.workspaces[index]!.id,
        state,
      });
    attach(0, "indirect");
    attach(1, "direct");
    const error = await failureOf(platform.connections.delete(key));
    expect(error.diagnostics).toMatchObject([{ code: "in_use" }]);
    expect(error.message).toContain("used by: workspace science (attachment).");
    world.schemas.pop();
    await platform.connections.delete(key);
    expect(world.connections).toEqual([]);
  });

  test("that could not be listed are asked for again", async () => {
    await open();
    standin.failNext({
      match: { method: "GET" },
      fault: { kind: "status", status: 403, when: "before" },
    });
    await failureOf(platform.connections.create(net("Staging")));
    await platform.connections.create(net("Staging"));
    expect(listings()).toBe(2);
  });
});

async function failureOf(promise: Promise<unknown>): Promise<PatchbayError> {
  return promise.then(
    () => {
      throw new Error("It did not fail.");
    },
    (error: PatchbayError) => error,
  );
}
