import { PatchbayError, Secret } from "../../diagnostics";
import type { Connection, Platform } from "../../model";
import type {
  PipesBehaviour,
  PipesStandin,
} from "../../../test/standins/pipes";
import { startStandin } from "../../../test/standins/kit";
import {
  openAt,
  openWithStandin,
} from "../../../test/standins/pipes/open-with-standin";

const acme = { kind: "organization", name: "acme" } as const;
const key = { owner: acme, name: "aws" };
const declared: Connection = {
  ...key,
  type: "pipes:aws",
  config: { regions: ["eu-central-1"], profile: "main" },
  secrets: new Secret({ secret_key: "hunter2-of-the-tests" }),
};

describe("connections of Pipes", () => {
  let platform: Platform;
  let standin: PipesStandin;
  const open = async (behaviour: Partial<PipesBehaviour> = {}) => {
    ({ platform, standin } = await openWithStandin(behaviour));
  };
  afterEach(() => platform.close());

  test.each(["Aws", "1aws", "a__b", "a_", "a-b", "a".repeat(40), "_", ""])(
    "are not called %j, and Pipes is not asked about it",
    async (name) => {
      await open();
      for (const call of [
        platform.connections.tryFind({ ...key, name }),
        platform.connections.create({ ...declared, name }),
        platform.connections.update(key, { ...declared, name }),
        platform.verification!.verify({ ...declared, name }),
      ])
        expect(await codesOf(call)).toEqual(["invalid_name"]);
      expect(standin.requests()).toEqual([]);
    },
  );

  test("send plain and secret fields side by side, and nothing else", async () => {
    await open();
    await platform.connections.create(declared);
    expect(standin.requests({ method: "POST" })[0]?.body).toEqual({
      handle: "aws",
      plugin: "aws",
      config: {
        regions: ["eu-central-1"],
        profile: "main",
        secret_key: "hunter2-of-the-tests",
      },
    });
  });

  test("send the version that was planned against, and none where there is none", async () => {
    await open();
    const { concurrencyToken } = await platform.connections.create(declared);
    await platform.connections.update(key, declared, { concurrencyToken });
    await platform.connections.update(key, declared);
    const sent = standin.requests({ method: "PATCH" });
    expect(sent.map(({ headers }) => headers["if-match"])).toEqual([
      "1",
      undefined,
    ]);
  });

  test("are protected from stale changes where Pipes ignores If-Match", async () => {
    await open({ enforcesIfMatch: false });
    const { concurrencyToken } = await platform.connections.create(declared);
    await platform.connections.update(key, declared);
    expect(
      await codesOf(
        platform.connections.update(key, declared, { concurrencyToken }),
      ),
    ).toEqual(["conflict"]);
    expect(
      await codesOf(platform.connections.delete(key, { concurrencyToken })),
    ).toEqual(["conflict"]);
  });

  test.each(["replace", "replace_whole", "merge"] as const)(
    "lose a field and a secret that were removed, where a PATCH means %s",
    async (patch) => {
      await open({ patch });
      await platform.connections.create(declared);
      const after = await platform.connections.update(
        key,
        { ...declared, config: { regions: ["*"] }, secrets: new Secret({}) },
        { secretFields: ["secret_key"] },
      );
      expect(after.config).toEqual({ regions: ["*"] });
      expect(standin.world.connections[0]?.config).toEqual({ regions: ["*"] });
    },
  );

  test("are not written where nothing differs and no secret is given", async () => {
    await open();
    await platform.connections.create(declared);
    await platform.connections.update(key, { ...declared, secrets: undefined });
    expect(standin.requests({ method: "PATCH" })).toEqual([]);
  });

  test("of a type of the catalogue send its further fields beside the others, and get them back so", async () => {
    await open({ secretsOnRead: "masked" });
    const further: Connection = {
      ...declared,
      type: "snowflake",
      config: { account: "a", login: "u", extra: { browser_auth: true } },
      secrets: new Secret({
        password: "p",
        secret_extra: { session_token: "a-secret-of-the-test" },
      }),
    };
    await platform.connections.create(further);
    expect(standin.world.connections[0]?.config).toEqual({
      account: "a",
      user: "u",
      browser_auth: true,
      password: "p",
      session_token: "a-secret-of-the-test",
    });
    expect(await platform.connections.tryFind(key)).toMatchObject({
      type: "snowflake",
      config: further.config,
      secretFields: ["password", "secret_extra.session_token"],
    });
  });

  test("lose what somebody added beside the declared fields, in place", async () => {
    await open();
    const sf: Connection = {
      ...declared,
      type: "snowflake",
      config: { account: "xy12345", login: "u", role: "R" },
      secrets: new Secret({ password: "p" }),
    };
    await platform.connections.create(sf);
    const known = { ...sf, secretFields: ["password"] };
    const id = standin.world.connections[0]!.id;
    standin.world.connections[0]!.config["ignore_error_codes"] = ["X"];
    const read = await platform.connections.tryFind(key);
    expect(platform.rules!.shown!(read!.stored!, known)).toEqual({
      type: "snowflake",
      config: { ...sf.config, extra: { ignore_error_codes: ["X"] } },
      secretFields: undefined,
    });
    await platform.connections.update(key, sf, { known });
    expect(standin.world.connections).toMatchObject([
      { id, config: { account: "xy12345", user: "u", role: "R" } },
    ]);
    expect(standin.world.connections[0]!.config).not.toHaveProperty(
      "ignore_error_codes",
    );
  });

  test("become the catalogue's type, or the plugin's own, in place, and no secret is left over", async () => {
    await open({ patch: "merge" });
    const native: Connection = {
      ...declared,
      type: "pipes:snowflake",
      config: { account: "xy12345", user: "u", browser_auth: true },
      secrets: new Secret({ token: "t" }),
    };
    await platform.connections.create(native);
    const { storedType } = platform.rules!;
    expect(storedType!("pipes:snowflake", {})).toBe(
      storedType!("snowflake", {}),
    );
    expect(storedType!("pipes:aws", {})).not.toBe(storedType!("snowflake", {}));
    await platform.connections.update(
      key,
      {
        ...native,
        type: "snowflake",
        config: { account: "xy12345", login: "u" },
        secrets: new Secret({ password: "p" }),
      },
      {
        known: { ...native, secretFields: ["token"] },
        secretFields: ["token"],
      },
    );
    expect(standin.world.connections.map(({ config }) => config)).toEqual([
      { account: "xy12345", user: "u", password: "p" },
    ]);
  });

  test("keep what Pipes has filled in by itself, whatever else is changed", async () => {
    await open({ patch: "merge" });
    await platform.connections.create(declared);
    const stored = standin.world.connections[0]!;
    stored.config["min_error_retry_delay"] = 25;
    const known = {
      ...declared,
      secretFields: ["secret_key"],
      platformFields: ["min_error_retry_delay"],
    };
    standin.clearRequests();
    await platform.connections.update(
      key,
      { ...declared, secrets: undefined },
      { known },
    );
    expect(standin.requests({ method: "PATCH" })).toEqual([]);
    await platform.connections.update(
      key,
      { ...declared, config: { regions: ["*"] } },
      { known },
    );
    expect(stored.config).toEqual({
      regions: ["*"],
      secret_key: "hunter2-of-the-tests",
      min_error_retry_delay: 25,
    });
  });

  test("of a workspace are not taken for made where Pipes attaches the organization's of that name", async () => {
    await open({ associates: true });
    await platform.connections.create(declared);
    const owner = { kind: "workspace", name: "analytics" } as const;
    const error = await failureOf(
      platform.connections.create({ ...declared, owner, parent: "Staging" }),
    );
    expect(error.diagnostics).toMatchObject([
      { code: "already_exists", path: ["name"] },
    ]);
    expect(error.message).toContain("belongs to the organization");
    expect(standin.world.connections).toHaveLength(1);
    expect(standin.requests({ method: "DELETE" })).toEqual([]);
  });

  test("are deleted in three requests", async () => {
    await open();
    await platform.connections.create(declared);
    standin.clearRequests();
    await platform.connections.delete(key);
    expect(standin.requests()).toHaveLength(3);
  });

  test("are deleted in two requests each where there are many, and one listing", async () => {
    await open();
    const many = Array.from({ length: 30 }, (_, index) => `aws${index}`);
    const tokens = new Map<string, string | undefined>();
    for (const name of many) {
      const made = await platform.connections.create({ ...declared, name });
      tokens.set(name, made.concurrencyToken);
    }
    await platform.attachments!.create({
      connection: { owner: acme, name: "aws7" },
      workspace: "analytics",
    });
    await platform.connections.update(
      { owner: acme, name: "aws8" },
      { ...declared, name: "aws8" },
    );
    standin.clearRequests();
    const outcomes = await Promise.all(
      many.map((name) =>
        platform.connections
          .delete({ owner: acme, name }, { concurrencyToken: tokens.get(name) })
          .then(
            () => [],
            (error: PatchbayError) => error.diagnostics.map(({ code }) => code),
          ),
      ),
    );
    expect(outcomes.flat()).toEqual(["in_use", "conflict"]);
    expect(standin.world.connections.map(({ handle }) => handle)).toEqual([
      "aws7",
      "aws8",
    ]);
    // One read, one listing; of aws7 the workspaces' names, and no deletion; of aws8 nothing but the listing.
    expect(standin.requests().length).toBeLessThanOrEqual(2 * 30 + 2);
  });

  test("that others have made or taken away since the listing are deleted, or are gone", async () => {
    await open();
    for (const name of ["a", "b", "c"])
      await platform.connections.create({ ...declared, name });
    const gone = { owner: acme, name: "c" };
    await platform.connections.delete({ owner: acme, name: "a" });
    await platform.connections.delete({ owner: acme, name: "b" });
    const other = openAt(standin.url);
    await other.connections.delete(gone);
    await other.connections.create({ ...declared, name: "d" });
    await platform.connections.delete(gone);
    await platform.connections.delete({ owner: acme, name: "d" });
    expect(standin.world.connections).toEqual([]);
  });

  test("that a workspace inherits are neither its own nor destroyed by it", async () => {
    await open();
    await platform.connections.create(declared);
    await platform.attachments!.create({
      connection: key,
      workspace: "analytics",
    });
    const owner = { kind: "workspace", name: "analytics" } as const;
    const inherited = { owner, name: "aws" };
    expect(await platform.connections.tryFind(inherited)).toBeUndefined();
    expect(await platform.connections.list!(owner)).toEqual([]);
    await platform.connections.delete(inherited);
    expect(standin.world.connections).toHaveLength(1);
    expect(standin.world.schemas).toHaveLength(1);
  });

  test.each([
    [{ rolloutReads: 3 }, "ok"],
    [{ rolloutReads: 3, rollout: "error" }, "error"],
    [{ rolloutReads: 1_000 }, "pending"],
    [{}, "unknown"],
  ] as const)("wait for their update: %j ends as %s", async (is, status) => {
    await open(is);
    const created = await platform.connections.create(declared);
    expect(created.status).toBe(status);
    if (status === "error")
      expect(created.statusMessage).toMatch(/p_\w{20} in P/);
  });

  test("are created with two requests where their update takes a moment, and with one where none is shown", async () => {
    await open({ rolloutReads: 1 });
    await platform.connections.create(declared);
    expect(standin.requests().map(({ method }) => method)).toEqual([
      "POST",
      "GET",
    ]);
    await platform.close();
    await open();
    await platform.connections.create(declared);
    expect(standin.requests()).toHaveLength(1);
  });

  test("that were disabled say so", async () => {
    await open();
    await platform.connections.create(declared);
    standin.world.connections[0]!.status = "disabled";
    expect((await platform.connections.tryFind(key))?.status).toBe("disabled");
  });

  test("name what Pipes refuses, and no secret that it repeats", async () => {
    await open();
    const secret = "hunter2-of-the-tests";
    const host = await refusingHost(400, `The value ${secret} is not valid.`);
    const other = openAt(host.url);
    const error = await failureOf(other.connections.create(declared));
    await host.close();
    expect(error.message).not.toContain("is not valid");
    expect(error.message).toContain("config.secret_key: must be other");
    expect(error.message).not.toContain(secret);
  });

  test.each([
    [402, "forbidden"],
    [403, "forbidden"],
    [409, "already_exists"],
    [401, "unauthorized"],
  ] as const)("report a %i as %s", async (status, code) => {
    await open();
    const host = await refusingHost(status, "No.");
    const error = await failureOf(
      openAt(host.url).connections.create(declared),
    );
    await host.close();
    expect(error.diagnostics.map((diagnostic) => diagnostic.code)).toEqual([
      code,
    ]);
    if (status === 401)
      expect(error.message).toMatch(/PIPES_TOKEN.*PIPES_HOST/);
  });

  test("name the host to whose token they belong", async () => {
    await open();
    const error = await failureOf(
      openAt(standin.url, {
        token: "tpt_of-another-tenant",
      }).connections.tryFind(key),
    );
    expect(error.has("unauthorized")).toBe(true);
    expect(error.message).toContain(new URL(standin.url).host);
    expect(error.message).not.toContain("tpt_of-another-tenant");
  });

  test.each([
    [{ status: "ok" }, true],
    [{ status: "Success", reason: "reached it" }, true],
    [{}, true],
    [{ status: "failed", reason: "a-secret-of-the-test is wrong" }, false],
    [{ status: "whatever" }, false],
    [{ reason: "no route" }, false],
  ])("are tested by Pipes: %j is %s", async (testResult, ok) => {
    await open({ testResult });
    const outcome = await platform.verification!.verify(declared);
    expect(outcome.ok).toBe(ok);
    expect(JSON.stringify(outcome)).not.toContain("hunter2-of-the-tests");
    await platform.connections.create(declared);
    await platform.verification!.verify(declared);
    expect(
      standin
        .requests({ method: "POST" })
        .map(({ path }) => path.split("/acme/")[1]),
    ).toEqual(["connection/_/test", "connection", "connection/aws/test"]);
  });
});

/** A host that refuses everything in the words of Pipes. */
async function refusingHost(status: number, detail: string) {
  return startStandin({
    routes: [],
    authorize: () => ({
      status,
      body: {
        type: "t",
        title: "Refused",
        status,
        instance: "i",
        detail,
        validation_errors: [
          { location: "config.secret_key", message: "must be other" },
        ],
      },
    }),
  });
}

async function failureOf(promise: Promise<unknown>): Promise<PatchbayError> {
  const thrown: unknown = await promise.catch((error: unknown) => error);
  if (thrown instanceof PatchbayError) return thrown;
  throw new Error(`It did not fail with a diagnostic: ${String(thrown)}`);
}

async function codesOf(promise: Promise<unknown>): Promise<readonly string[]> {
  const { diagnostics } = await failureOf(promise);
  return diagnostics.map(({ code }) => code);
}
