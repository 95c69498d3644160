import { PatchbayError } from "../../diagnostics";
import type { Access, Connection, Platform } from "../../model";
import type {
  PipesBehaviour,
  PipesStandin,
} from "../../../test/standins/pipes";
import { openWithStandin } from "../../../test/standins/pipes/open-with-standin";
import type { StoredPermission } from "../../../test/standins/pipes/pipes-world";

const tenant = { kind: "tenant" } as const;
const key = { owner: tenant, name: "net" };

function net(access?: Access): Connection {
  return { ...key, type: "pipes:net", config: {}, access };
}

describe("access lists of Pipes", () => {
  let platform: Platform;
  let standin: PipesStandin;
  const open = async (behaviour: Partial<PipesBehaviour> = {}) => {
    ({ platform, standin } = await openWithStandin(behaviour));
  };
  afterEach(() => platform.close());

  const found = () => platform.access!.find(key);
  const writes = () =>
    standin
      .requests()
      .filter(({ method }) => method !== "GET")
      .map(({ method, path, body }) => ({
        call: `${method} ${path.replace(/^.*\/connection/, "").replace(/perm_.*/, "ID")}`,
        body,
      }));
  const onPermission = {
    method: "POST",
    where: ({ path }: { readonly path: string }) =>
      path.endsWith("/permission"),
  };
  /** A permission that somebody else has granted on the one connection. */
  const grant = (permission: Partial<StoredPermission>) => {
    const { permissions, connections } = standin.world;
    permissions.push({
      id: `perm_${String(permissions.length).padStart(20, "v")}`,
      connectionId: connections[0]!.id,
      tenantId: undefined,
      identityId: undefined,
      workspaceId: undefined,
      lag: 0,
      ...permission,
    });
  };

  test("are permissions for organizations, users and the tenant", async () => {
    await open();
    await platform.connections.create(
      net({ use: ["org/acme", "user/jane", "tenant"] }),
    );
    expect(writes()).toMatchObject([
      { call: "POST " },
      { call: "POST /net/permission", body: { identity_handle: "acme" } },
      { call: "POST /net/permission", body: { identity_handle: "jane" } },
      { call: "POST /net/permission", body: { tenant_handle: "acme-tenant" } },
    ]);
    expect(await found()).toEqual({ use: ["org/acme", "tenant", "user/jane"] });
  });

  test("are changed by granting first, then revoking, and only what differs", async () => {
    await open();
    await platform.connections.create(net({ use: ["org/acme", "user/jane"] }));
    standin.clearRequests();
    await platform.connections.update(
      key,
      net({ use: ["user/jane", "org/other"] }),
    );
    expect(writes()).toMatchObject([
      { call: "POST /net/permission", body: { identity_handle: "other" } },
      { call: "DELETE /net/permission/ID" },
    ]);
    expect(await found()).toEqual({ use: ["org/other", "user/jane"] });
  });

  test("are written after the configuration", async () => {
    await open();
    await platform.connections.create(net());
    standin.clearRequests();
    await platform.connections.update(key, {
      ...net({ use: ["org/acme"] }),
      config: { timeout: 5 },
    });
    expect(writes().map(({ call }) => call)).toEqual([
      "PATCH /net",
      "POST /net/permission",
    ]);
  });

  test("are not asked about where none is declared", async () => {
    await open();
    await platform.connections.create(net({ use: ["org/acme"] }));
    standin.clearRequests();
    await platform.connections.update(key, net());
    await platform.connections.tryFind(key);
    const asked = standin.requests().map(({ path }) => path);
    expect(asked.filter((path) => path.includes("permission"))).toEqual([]);
    expect(await found()).toEqual({ use: ["org/acme"] });
  });

  test.each<Access>([{}, { use: [] }, { view: [], edit: [] }])(
    "of nobody (%j) take everything away",
    async (access) => {
      await open();
      await platform.connections.create(net({ use: ["org/acme", "tenant"] }));
      await platform.connections.update(key, net(access));
      expect(standin.world.permissions).toEqual([]);
      expect(await found()).toEqual({ use: [] });
    },
  );

  test("neither show nor touch what attachments have", async () => {
    await open();
    await platform.connections.create(net());
    const connection = key;
    await platform.attachments!.create({ connection, workspace: "analytics" });
    expect(await found()).toEqual({ use: [] });
    await platform.connections.update(key, net({ use: [] }));
    expect(standin.world.permissions).toHaveLength(1);
    expect(standin.world.schemas).toHaveLength(1);
  });

  test("name somebody once and take away everything that was granted twice", async () => {
    await open();
    await platform.connections.create(net({ use: ["org/acme"] }));
    grant({ identityId: standin.world.organizations[0]!.id });
    expect(await found()).toEqual({ use: ["org/acme"] });
    await platform.connections.update(key, net({ use: [] }));
    expect(standin.world.permissions).toEqual([]);
  });

  test("do not hold what was granted on a folder around the connection", async () => {
    await open();
    const { platformId } = await platform.connections.create(net());
    // Should Pipes list it, it tells the folder.
    grant({
      identityId: standin.world.organizations[0]!.id,
      folderId: standin.world.folders[0]!.id,
    });
    expect(await platform.access!.find(key, { platformId })).toEqual({
      use: [],
    });
    await platform.connections.update(key, net({ use: [] }));
    expect(standin.world.permissions).toHaveLength(1);
  });

  test("ask for each identity once where permissions show only ids", async () => {
    await open({ identityOnRead: "id" });
    await platform.connections.create(net({ use: ["org/acme", "user/jane"] }));
    const other = { ...key, name: "other" };
    await platform.connections.create({ ...net(), ...other });
    await platform.connections.update(other, {
      ...net({ use: ["org/acme"] }),
      ...other,
    });
    standin.clearRequests();
    for (let index = 0; index < 3; index += 1) {
      expect(await found()).toEqual({ use: ["org/acme", "user/jane"] });
      expect(await platform.access!.find(other)).toEqual({ use: ["org/acme"] });
    }
    const asked = standin.requests().map(({ path }) => path);
    expect(asked.filter((path) => path.includes("/identity/"))).toHaveLength(2);
  });

  test("call an identity that is gone by its id, and take its permission away", async () => {
    await open();
    await platform.connections.create(net());
    const gone = `o_${"v".repeat(20)}`;
    grant({ identityId: gone });
    expect(await found()).toEqual({ use: [`org/${gone}`] });
    await platform.connections.update(key, net({ use: [] }));
    expect(standin.world.permissions).toEqual([]);
  });

  test("refuse an organization that is a user, and the other way round", async () => {
    await open();
    const error = await failureOf(
      platform.connections.create(net({ use: ["org/jane"] })),
    );
    expect(error.diagnostics).toMatchObject([
      { code: "invalid_field", path: ["access", "use"] },
    ]);
    expect(error.message).toContain('"user/jane"');
    expect(standin.world.connections).toEqual([]);
    expect(standin.world.permissions).toEqual([]);
  });

  test.each(["before", "after"] as const)(
    "grant once although an answer is lost %s the effect",
    async (when) => {
      await open();
      standin.failNext({ match: onPermission, fault: { kind: "cut", when } });
      await platform.connections.create(net({ use: ["org/acme"] }));
      expect(standin.world.permissions).toHaveLength(1);
    },
  );

  test.each([400, 409] as const)(
    "count as granted what somebody else has just granted, refused with %i",
    async (grantedTwice) => {
      await open({ grantedTwice });
      await platform.connections.create(net());
      standin.onNext({
        match: onPermission,
        when: "before",
        run: () => grant({ identityId: standin.world.organizations[0]!.id }),
      });
      await platform.connections.update(key, net({ use: ["org/acme"] }));
      expect(standin.world.permissions).toHaveLength(1);
    },
  );

  test("that Pipes refuses leave no new connection behind", async () => {
    await open();
    const error = await failureOf(
      platform.connections.create(net({ use: ["org/acme", "org/nobody"] })),
    );
    expect(error.diagnostics).toMatchObject([
      { code: "not_found", path: ["access", "use"] },
    ]);
    expect(error.message).toContain(
      'There is no "org/nobody" on Turbot Pipes, so it was not granted the connection tenant/net.',
    );
    expect(error.message).toContain("nothing is left of it");
    expect(standin.world.connections).toEqual([]);
  });

  test("that Pipes refuses for another reason are told in its words", async () => {
    await open();
    for (const [status, code] of [
      [400, "platform_failure"],
      [403, "forbidden"],
    ] as const) {
      standin.failNext({
        match: onPermission,
        fault: { kind: "status", status, when: "before" },
      });
      const error = await failureOf(
        platform.connections.create(net({ use: ["org/acme"] })),
      );
      expect(error.diagnostics).toMatchObject([
        { code, path: ["access", "use"] },
      ]);
      expect(error.message).toContain(
        "org/acme was not granted the connection tenant/net. Turbot Pipes",
      );
    }
    expect(standin.world.connections).toEqual([]);
  });

  test("that Pipes refuses, with a connection that cannot be deleted then, tell both", async () => {
    await open();
    standin.failNext({
      match: { method: "DELETE" },
      fault: { kind: "status", status: 403, when: "before" },
    });
    const error = await failureOf(
      platform.connections.create(net({ use: ["org/nobody"] })),
    );
    expect(error.diagnostics.map(({ code }) => code)).toEqual([
      "not_found",
      "forbidden",
      "outcome_unknown",
    ]);
    expect(standin.world.connections).toHaveLength(1);
  });

  test("whose outcome is not known keep the new connection, which the next attempt finishes", async () => {
    await open();
    standin.failNext({
      match: onPermission,
      fault: { kind: "cut", when: "before" },
    });
    standin.failNext({
      match: { method: "GET" },
      fault: { kind: "status", status: 403, when: "before" },
    });
    const declared = net({ use: ["org/acme"] });
    const error = await failureOf(platform.connections.create(declared));
    expect(error.has("outcome_unknown")).toBe(true);
    expect(standin.world.connections).toHaveLength(1);
    await platform.connections.update(key, declared);
    expect(await found()).toEqual({ use: ["org/acme"] });
  });

  test("that could not be changed wholly say what is left", async () => {
    await open();
    await platform.connections.create(net({ use: ["org/acme"] }));
    standin.failNext({
      match: { method: "DELETE" },
      fault: { kind: "status", status: 403, when: "before" },
    });
    const error = await failureOf(
      platform.connections.update(key, net({ use: ["org/other"] })),
    );
    expect(error.diagnostics).toMatchObject([
      { code: "forbidden", path: ["access", "use"] },
    ]);
    expect(error.message).toContain("org/acme still may use");
    expect(await found()).toEqual({ use: ["org/acme", "org/other"] });
  });

  test("ask once for the tenant, however many connections it is granted", async () => {
    await open();
    await Promise.all(
      ["a", "b", "c"].map((name) =>
        platform.connections.create({ ...net({ use: ["tenant"] }), name }),
      ),
    );
    const asked = standin.requests().map(({ path }) => path);
    expect(asked.filter((path) => path.endsWith("/tenant"))).toHaveLength(1);
    expect(standin.world.permissions).toHaveLength(3);
  });

  test("say who may use the connection where a mistaken grant cannot be taken back", async () => {
    await open();
    await platform.connections.create(net());
    standin.failNext({
      match: { method: "DELETE" },
      fault: { kind: "status", status: 403, when: "before" },
    });
    const error = await failureOf(
      platform.connections.update(key, net({ use: ["org/jane"] })),
    );
    expect(error.message).toContain("user/jane still may use");
  });

  test("cannot name a tenant that Pipes does not show", async () => {
    await open({ showsTenant: false });
    const error = await failureOf(
      platform.connections.create(net({ use: ["tenant"] })),
    );
    expect(error.diagnostics).toMatchObject([
      { code: "not_found", path: ["access", "use"] },
    ]);
    expect(standin.world.connections).toEqual([]);
  });

  test("of a connection that is not there are not found; a workspace's own has none", async () => {
    await open();
    expect((await failureOf(found())).diagnostics).toMatchObject([
      { code: "not_found" },
    ]);
    standin.clearRequests();
    const owner = { kind: "workspace", name: "analytics" } as const;
    expect(await platform.access!.find({ owner, name: "net" })).toEqual({});
    expect(standin.requests()).toEqual([]);
  });

  test("let an organization see the tenant's connection, which is not its own", async () => {
    await open();
    await platform.connections.create(net({ use: ["org/acme"] }));
    const owner = { kind: "organization", name: "acme" } as const;
    for (const access of [
      { topParent: "empty" },
      { trunk: "absent" },
    ] as const) {
      Object.assign(standin.behaviour, access);
      expect(
        await platform.connections.tryFind({ owner, name: "net" }),
      ).toBeUndefined();
      expect(await platform.connections.list!(owner)).toEqual([]);
    }
  });
});

async function failureOf(promise: Promise<unknown>): Promise<PatchbayError> {
  const thrown: unknown = await promise.catch((error: unknown) => error);
  if (thrown instanceof PatchbayError) return thrown;
  throw new Error(`It did not fail with a diagnostic: ${String(thrown)}`);
}
