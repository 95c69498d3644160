import type { Connection, Platform } from "../../model";
import type { PatchbayError } from "../../diagnostics";
import type {
  PipesBehaviour,
  PipesStandin,
} from "../../../test/standins/pipes";
import { openWithStandin } from "../../../test/standins/pipes/open-with-standin";

const acme = { kind: "organization", name: "acme" } as const;
const declared: Connection = {
  owner: acme,
  name: "net",
  type: "pipes:net",
  config: {},
};
const key = {
  connection: { owner: acme, name: "net" },
  workspace: "analytics",
};

describe("attachments of Pipes", () => {
  let platform: Platform;
  let standin: PipesStandin;
  const open = async (behaviour: Partial<PipesBehaviour> = {}) => {
    ({ platform, standin } = await openWithStandin(behaviour));
    await platform.connections.create(declared);
    standin.clearRequests();
  };
  const writes = () =>
    standin
      .requests()
      .filter(({ method }) => method !== "GET")
      .map(({ method, path }) => `${method} ${path.split("/acme/")[1]}`);
  afterEach(() => platform.close());

  test("grant and attach, detach and revoke, in this order", async () => {
    await open();
    await platform.attachments!.create(key);
    const { id } = standin.world.permissions[0]!;
    await platform.attachments!.delete(key);
    expect(writes()).toEqual([
      "POST connection/net/permission",
      "POST workspace/analytics/schema",
      "DELETE workspace/analytics/schema/net",
      `DELETE connection/net/permission/${id}`,
    ]);
    expect(standin.world.permissions).toEqual([]);
  });

  test("wait while the grant lags behind", async () => {
    await open({ grantLag: 3 });
    await platform.attachments!.create(key);
    expect(writes().filter((write) => write.endsWith("/schema"))).toHaveLength(
      4,
    );
  });

  test("take a grant back that leads to nothing in good time", async () => {
    await open({ grantLag: 1_000 });
    expect(await codeOf(platform.attachments!.create(key))).toBe("forbidden");
    expect(standin.world.permissions).toEqual([]);
  });

  const refuse = (method: "DELETE" | "GET") =>
    standin.failNext({
      match: { method, where: ({ path }) => path.includes("/permission") },
      fault: { kind: "status", status: 403, when: "before" },
    });

  test("say what is left where that grant cannot be taken back", async () => {
    await open({ grantLag: 1_000 });
    refuse("DELETE");
    await expect(platform.attachments!.create(key)).rejects.toThrow(
      /no permission to this connection[^]*still may use it: its permission perm_/,
    );
  });

  test("are not detached where it cannot be seen what is to be revoked", async () => {
    await open();
    await platform.attachments!.create(key);
    refuse("GET");
    expect(await codeOf(platform.attachments!.delete(key))).toBe("forbidden");
    expect(await platform.attachments!.tryFind(key)).toBeDefined();
  });

  test("say what is left where the permission stays, which no plan shows", async () => {
    await open();
    await platform.attachments!.create(key);
    const { id } = standin.world.permissions[0]!;
    refuse("DELETE");
    await expect(platform.attachments!.delete(key)).rejects.toThrow(
      `its permission ${id} could not be taken away`,
    );
    expect(await platform.attachments!.tryFind(key)).toBeUndefined();
  });

  test("keep a grant where the attachment may have happened", async () => {
    await open();
    standin.failNext({
      match: {
        method: "POST",
        where: ({ path }) => path.endsWith("/schema"),
      },
      fault: { kind: "cut", when: "after" },
    });
    expect(await codeOf(platform.attachments!.create(key))).toBe(
      "outcome_unknown",
    );
    expect(standin.world.permissions).toHaveLength(1);
    expect(await platform.attachments!.tryFind(key)).toBeDefined();
  });

  test("wait for the grant of an attempt before as well", async () => {
    await open({ grantLag: 2 });
    standin.failNext({
      match: {
        method: "POST",
        where: ({ path }) => path.endsWith("/schema"),
      },
      fault: { kind: "cut", when: "before" },
    });
    expect(await codeOf(platform.attachments!.create(key))).toBe(
      "outcome_unknown",
    );
    await platform.attachments!.create(key);
    expect(standin.world.permissions).toHaveLength(1);
    expect(standin.world.schemas).toHaveLength(1);
  });

  /** A permission for all workspaces of acme, granted by somebody else. */
  const grantWide = () => {
    const [connection] = standin.world.connections;
    const [organization] = standin.world.organizations;
    standin.world.permissions.push({
      id: `perm_${"0".repeat(20)}`,
      connectionId: connection!.id,
      tenantId: undefined,
      identityId: organization!.id,
      workspaceId: undefined,
      lag: 0,
    });
  };

  test("have a permission of their own beside a wider one, which they leave", async () => {
    await open();
    grantWide();
    await platform.attachments!.create(key);
    expect(standin.world.permissions).toHaveLength(2);
    await platform.attachments!.delete(key);
    expect(standin.world.permissions.map(({ id }) => id)).toEqual([
      `perm_${"0".repeat(20)}`,
    ]);
  });

  test("go on when the access list that reached them ends", async () => {
    await open();
    const access = (...use: readonly string[]) =>
      platform.connections.update(key.connection, {
        ...declared,
        access: { use },
      });
    await access("org/acme");
    await platform.attachments!.create(key);
    await access();
    expect(standin.world.permissions).toHaveLength(1);
    expect(await platform.attachments!.tryFind(key)).toBeDefined();
    // What was attached elsewhere, by nothing but the list, has gone with it.
    await access("org/acme");
    const science = standin.world.workspaces[1]!;
    standin.world.schemas.push({
      id: `c_${"v".repeat(20)}`,
      connectionId: standin.world.connections[0]!.id,
      workspaceId: science.id,
      state: "direct",
    });
    await access();
    expect(standin.world.schemas.map(({ workspaceId }) => workspaceId)).toEqual(
      [standin.world.workspaces[0]!.id],
    );
  });

  test("that were made by somebody else get a permission of their own when they are made anew", async () => {
    await open();
    grantWide();
    standin.world.schemas.push({
      id: `c_${"v".repeat(20)}`,
      connectionId: standin.world.connections[0]!.id,
      workspaceId: standin.world.workspaces[0]!.id,
      state: "direct",
    });
    expect(await platform.attachments!.tryFind(key)).toBeDefined();
    await platform.attachments!.delete(key);
    await platform.attachments!.create(key);
    await platform.connections.update(key.connection, {
      ...declared,
      access: { use: [] },
    });
    expect(await platform.attachments!.tryFind(key)).toBeDefined();
  });

  test.each([400, 403])(
    "rest on a wider permission where Pipes refuses them one of their own with %i",
    async (status) => {
      await open();
      grantWide();
      standin.failNext({
        match: {
          method: "POST",
          where: ({ path }) => path.endsWith("/permission"),
        },
        fault: { kind: "status", status, when: "before" },
      });
      await platform.attachments!.create(key);
      expect(await platform.attachments!.tryFind(key)).toBeDefined();
      expect(standin.world.permissions).toHaveLength(1);
    },
  );

  test("are refused where Pipes refuses the only permission", async () => {
    await open();
    standin.failNext({
      match: {
        method: "POST",
        where: ({ path }) => path.endsWith("/permission"),
      },
      fault: { kind: "status", status: 403, when: "before" },
    });
    expect(await codeOf(platform.attachments!.create(key))).toBe("forbidden");
    expect(standin.world.schemas).toEqual([]);
  });

  test.each(["before", "after"] as const)(
    "are granted one permission although an answer is lost %s the effect",
    async (when) => {
      await open();
      standin.failNext({
        match: {
          method: "POST",
          where: ({ path }) => path.endsWith("/permission"),
        },
        fault: { kind: "cut", when },
      });
      await platform.attachments!.create(key);
      expect(standin.world.permissions).toHaveLength(1);
      expect(standin.world.schemas).toHaveLength(1);
    },
  );

  test("do not take back a permission that somebody else has granted meanwhile", async () => {
    await open({ grantedTwice: 409, grantLag: 1_000 });
    standin.onNext({
      match: {
        method: "POST",
        where: ({ path }) => path.endsWith("/permission"),
      },
      when: "before",
      run: () => {
        grantWide();
        const [permission] = standin.world.permissions;
        standin.world.permissions = [
          {
            ...permission!,
            lag: 1_000,
            workspaceId: standin.world.workspaces[0]!.id,
          },
        ];
      },
    });
    expect(await codeOf(platform.attachments!.create(key))).toBe("forbidden");
    expect(standin.world.permissions).toHaveLength(1);
  });

  test("beside an attached folder are refused with what is in the way", async () => {
    await open();
    standin.world.schemas.push({
      id: `c_${"v".repeat(20)}`,
      connectionId: standin.world.connections[0]!.id,
      workspaceId: standin.world.workspaces[0]!.id,
      state: "indirect",
    });
    const failure = platform.attachments!.create(key);
    expect(await codeOf(failure)).toBe("already_exists");
    await expect(failure).rejects.toThrow("through an attached folder");
  });

  test("are not what a folder has attached", async () => {
    await open();
    const [connection] = standin.world.connections;
    const [workspace] = standin.world.workspaces;
    standin.world.schemas.push({
      id: `c_${"v".repeat(20)}`,
      connectionId: connection!.id,
      workspaceId: workspace!.id,
      state: "indirect",
    });
    expect(await platform.attachments!.tryFind(key)).toBeUndefined();
    expect(await platform.attachments!.list(acme)).toEqual([]);
    await platform.attachments!.delete(key);
    expect(standin.world.schemas).toHaveLength(1);
  });

  test("are not those of another connection with the same name", async () => {
    await open();
    const tenants = { owner: { kind: "tenant" }, name: "net" } as const;
    await platform.connections.create({ ...declared, ...tenants });
    await platform.attachments!.create(key);
    const other = { connection: tenants, workspace: "analytics" };
    expect(await platform.attachments!.tryFind(other)).toBeUndefined();
    expect(await platform.attachments!.list(tenants.owner)).toEqual([]);
    expect(await codeOf(platform.attachments!.create(other))).toBe(
      "already_exists",
    );
    await platform.attachments!.delete(other);
    expect(standin.world.schemas).toHaveLength(1);
  });

  test("of a workspace's own connection need no permission, and stay in it", async () => {
    await open();
    const owner = { kind: "workspace", name: "analytics" } as const;
    await platform.connections.create({ ...declared, owner, name: "own" });
    standin.clearRequests();
    const connection = { owner, name: "own" };
    await platform.attachments!.create({ connection, workspace: "analytics" });
    expect(await platform.attachments!.list(owner)).toHaveLength(1);
    await platform.attachments!.delete({ connection, workspace: "analytics" });
    expect(writes()).toEqual([
      "POST workspace/analytics/schema",
      "DELETE workspace/analytics/schema/own",
    ]);
    expect(
      await codeOf(
        platform.attachments!.create({ connection, workspace: "science" }),
      ),
    ).toBe("unsupported");
  });

  test("show in the usage, by the names of the workspaces", async () => {
    await open();
    for (const workspace of ["science", "analytics"])
      await platform.attachments!.create({ ...key, workspace });
    expect(await platform.usage!.find(key.connection)).toEqual({
      workspaces: [
        { workspace: "analytics", through: "attachment" },
        { workspace: "science", through: "attachment" },
      ],
      deployments: [],
    });
    const workspaces = await platform.inventory!.listWorkspaces(acme);
    expect(workspaces.map(({ name }) => name)).toEqual([
      "analytics",
      "science",
    ]);
    expect(await platform.inventory!.listDeployments(acme)).toEqual([]);
  });
});

async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  return promise.then(
    () => undefined,
    (error: PatchbayError) => error.diagnostics[0]?.code,
  );
}
