import type {
  PipesBehaviour,
  PipesStandin,
} from "../../../test/standins/pipes";
import { PIPES_TOKEN } from "../../../test/standins/pipes";
import { startChecked } from "../../../test/standins/pipes/open-with-standin";
import {
  attributeOf,
  codesOf,
  type Declared,
  dynamic,
  SimulatedCore,
} from "../../provider/server/core-fixture";
import {
  actions,
  applied,
  attachment,
  expectSettled,
  type Given,
  plain,
  stateOf,
} from "../../provider/server/declared-fixture";
import { recordOf } from "../../provider/wire";
import { pipesDefinition } from "./definition";

/** Connections of Pipes as Terraform sees them. */

const address = "connection.it";
const id = "organization/acme/it";

let standin: PipesStandin;
let core: SimulatedCore;
afterEach(() => standin.close());

async function start(behaviour: Partial<PipesBehaviour> = {}) {
  standin = await startChecked(behaviour);
  core = new SimulatedCore({
    platforms: [pipesDefinition],
    provider: {
      organization: "acme",
      pipes: recordOf([
        ["host", standin.url],
        ["token", PIPES_TOKEN],
        ["headers", null],
      ]),
    },
  });
}

const declared = (given: Given): Declared => ({
  address,
  type: "patchbay_connection",
  config: () => ({ name: "it", owner: "organization/acme", ...given }),
});
const stored = () =>
  standin.world.connections.find(({ handle }) => handle === "it")!;
const configIn = () => plain(stateOf(core, address)["config"]);

const aws = (config: Record<string, string | string[] | number>) =>
  declared({
    type: "pipes:aws",
    config: dynamic(config),
    secrets_wo: dynamic({}),
  });
const warehouse = (given: Given = {}) =>
  declared({
    type: "snowflake",
    config: dynamic({ account: "xy12345", login: "u", role: "R" }),
    secrets_wo: dynamic({ password: "pw-of-the-test" }),
    ...given,
  });

describe("a field that Pipes fills in by itself", () => {
  const regions = { regions: ["us-west-2"] };

  test.each(["replace", "merge"] as const)(
    "is no change, at once and later, where a PATCH means %s",
    async (patch) => {
      await start({ patch, fills: { aws: { min_error_retry_delay: 25 } } });
      await applied(core, [aws(regions)]);
      await expectSettled(core, [aws(regions)]);
      expect(configIn()).toEqual(regions);

      stored().config["min_error_retry_delay"] = 99;
      await expectSettled(core, [aws(regions)]);
      const other = { regions: ["us-west-2"], profile: "main" };
      await applied(core, [aws(other)]);
      await expectSettled(core, [aws(other)]);
    },
  );

  test("is an ordinary one as soon as it is declared, and its own again when it is not", async () => {
    await start({ fills: { aws: { min_error_retry_delay: 25 } } });
    await applied(core, [aws(regions)]);
    const set = { ...regions, min_error_retry_delay: 50 };
    await applied(core, [aws(set)]);
    expect(stored().config).toEqual(set);
    await expectSettled(core, [aws(set)]);
    stored().config["min_error_retry_delay"] = 99;
    expect(actions(await core.plan([aws(set)]))).toEqual({
      [address]: "update",
    });
    await applied(core, [aws(regions)]);
    await expectSettled(core, [aws(regions)]);
  });

  test("is another one than somebody adds later", async () => {
    await start({ fills: { aws: { min_error_retry_delay: 25 } } });
    await applied(core, [aws(regions)]);
    stored().config["profile"] = "theirs";
    expect(actions(await core.plan([aws(regions)]))).toEqual({
      [address]: "update",
    });
    await applied(core, [aws(regions)]);
    expect(stored().config).not.toHaveProperty("profile");
    await expectSettled(core, [aws(regions)]);
  });

  test("is noticed where nothing was known of it, and no apply fails for it", async () => {
    await start();
    await applied(core, [aws(regions)]);
    Object.assign(standin.behaviour, {
      fills: { aws: { min_error_retry_delay: 25 } },
    });
    stored().config["min_error_retry_delay"] = 25;
    expect(actions(await applied(core, [aws(regions)]))).toEqual({
      [address]: "update",
    });
    await expectSettled(core, [aws(regions)]);
  });
});

describe("a list that is a set", () => {
  const set = { regions: ["us-west-2", "eu-west-1", "ap-south-1"] };
  const sorted = { regions: ["ap-south-1", "eu-west-1", "us-west-2"] };

  test("is no change where Pipes shows it in another order, nor where the configuration has", async () => {
    await start();
    await applied(core, [aws(set)]);
    stored().config["regions"] = sorted.regions;
    await expectSettled(core, [aws(set)]);
    expect(configIn()).toEqual(set);
    await expectSettled(core, [aws(sorted)]);
    standin.clearRequests();
    // Only the name is changed, so nothing else is sent.
    await applied(core, [
      declared({ type: "pipes:aws", config: dynamic(sorted), name: "other" }),
    ]);
    expect(
      standin.requests({ method: "PATCH" }).map(({ body }) => body),
    ).toEqual([{ handle: "other" }]);
  });

  test("is a change where it has another member", async () => {
    await start();
    await applied(core, [aws(set)]);
    stored().config["regions"] = [...sorted.regions, "us-east-1"];
    expect(actions(await core.plan([aws(set)]))).toEqual({
      [address]: "update",
    });
  });

  test("is one among the further fields of the catalogue's type as well", async () => {
    await start();
    const extra = (codes: readonly string[]) =>
      warehouse({
        config: dynamic({
          account: "xy12345",
          login: "u",
          extra: { ignore_error_codes: codes },
        }),
      });
    await applied(core, [extra(["B", "A"])]);
    stored().config["ignore_error_codes"] = ["A", "B"];
    await expectSettled(core, [extra(["B", "A"])]);
  });

  test("is none where its order may matter", async () => {
    await start();
    const listed = aws({ order_of_profiles: ["b", "a"] });
    await applied(core, [listed]);
    stored().config["order_of_profiles"] = ["a", "b"];
    expect(actions(await core.plan([listed]))).toEqual({ [address]: "update" });
  });
});

describe("a connection with fields that somebody added", () => {
  test("is changed back in place, and its attachment stays", async () => {
    await start();
    const all = [
      warehouse(),
      attachment({ connection_id: id, workspace: "analytics" }),
    ];
    await applied(core, all);
    const { id: there } = stored();
    stored().config["ignore_error_codes"] = ["X"];
    const walk = await core.plan(all);
    expect(walk.diagnostics).toEqual([]);
    expect(Object.values(actions(walk))).toEqual(["update", "no-op"]);
    await applied(core, all);
    expect(stored()).toMatchObject({ id: there });
    expect(stored().config).toEqual({
      account: "xy12345",
      user: "u",
      role: "R",
      password: "pw-of-the-test",
    });
    await expectSettled(core, all);
  });

  test("takes them over under extra", async () => {
    await start();
    await applied(core, [warehouse()]);
    stored().config["ignore_error_codes"] = ["X"];
    await expectSettled(core, [
      warehouse({
        config: dynamic({
          account: "xy12345",
          login: "u",
          role: "R",
          extra: { ignore_error_codes: ["X"] },
        }),
      }),
    ]);
  });

  test("changes between the catalogue's type and the plugin's own in place", async () => {
    await start();
    await applied(core, [warehouse()]);
    const { id: there } = stored();
    const native = warehouse({
      type: "pipes:snowflake",
      config: dynamic({ account: "xy12345", user: "u", browser_auth: true }),
    });
    expect(actions(await applied(core, [native]))).toEqual({
      [address]: "update",
    });
    expect(stored().config).toEqual({
      account: "xy12345",
      user: "u",
      browser_auth: true,
      password: "pw-of-the-test",
    });
    await expectSettled(core, [native]);
    expect(actions(await applied(core, [warehouse()]))).toEqual({
      [address]: "update",
    });
    await expectSettled(core, [warehouse()]);
    expect(stored().id).toBe(there);
  });
});

describe("an owner that is not there", () => {
  const rename = (
    all: readonly { readonly handle: string }[],
    from: string,
    handle: string,
  ) =>
    Object.assign(
      all.find((one) => one.handle === from)!,
      { handle },
    );
  const names = ["it", "second", "third"];
  const many = (owner: string, kept = names) =>
    kept.map((name) => ({
      ...declared({ name, owner, type: "pipes:net" }),
      address: `connection.${name}`,
    }));

  test.each([1, 3])(
    "and stands at the top is an error that names it, and %d connections stay in the state",
    async (count) => {
      await start();
      const all = many("organization/acme", names.slice(0, count));
      await applied(core, all);
      rename(standin.world.organizations, "acme", "acme_inc");
      const walk = await core.plan(all);
      expect(new Set(codesOf(walk.diagnostics))).toEqual(
        new Set(["not_found"]),
      );
      for (const { detail } of walk.diagnostics)
        expect(detail).toContain(
          "organization/acme is not there for this token: renamed, deleted, or not visible",
        );
      expect(core.stored.size).toBe(count);
    },
  );

  test.each([1, 3])(
    "because its workspace was deleted is gone with %d connections",
    async (count) => {
      await start();
      const all = many("workspace/analytics", names.slice(0, count));
      await applied(core, all);
      const { world } = standin;
      const { id: gone } = world.workspaces.find(
        ({ handle }) => handle === "analytics",
      )!;
      world.workspaces = world.workspaces.filter(({ id: one }) => one !== gone);
      world.connections = world.connections.filter(
        ({ workspaceId }) => workspaceId !== gone,
      );
      expect(Object.values(actions(await core.plan(all)))).toEqual(
        all.map(() => "create"),
      );
      await applied(core, []);
      expect(core.stored.size).toBe(0);
    },
  );

  test.each([1, 3])(
    "because its workspace was renamed has its %d connections there, and the plan names both names",
    async (count) => {
      await start();
      const kept = names.slice(0, count);
      await applied(core, many("workspace/analytics", kept));
      rename(standin.world.workspaces, "analytics", "insights");
      const walk = await core.plan(many("workspace/analytics", kept));
      for (const { action, because, prior, planned } of walk.objects.values()) {
        expect(action).toBe("replace");
        expect(because).toEqual(["owner"]);
        expect(prior).toMatchObject({ owner: "workspace/insights" });
        expect(planned).toMatchObject({ owner: "workspace/analytics" });
      }
      await expectSettled(core, many("workspace/insights", kept));
    },
  );

  test("does not make a deletion succeed that nobody can tell of", async () => {
    await start();
    await applied(core, many("organization/acme", ["it"]));
    const plan = await core.plan([]);
    rename(standin.world.organizations, "acme", "acme_inc");
    const walk = await core.carryOut([], plan);
    expect(codesOf(walk.diagnostics)).toEqual(["not_found"]);
    expect(core.stored.size).toBe(1);
  });
});

describe("secrets that nobody declared", () => {
  const host = (name: string, given: Given = {}) =>
    declared({ type: "pipes:net", config: dynamic({ host: name }), ...given });

  test("are warned of where a change of a plain field may take them away", async () => {
    await start({ patch: "replace_whole" });
    await applied(core, [host("a")]);
    stored().config["password"] = "hunter2";
    const walk = await core.plan([host("b")]);
    expect(walk.diagnostics).toMatchObject([{ severity: "warning" }]);
    expect(codesOf(walk.diagnostics)).toEqual(["secret_would_be_lost"]);
    expect(JSON.stringify(walk.diagnostics)).not.toContain("hunter2");
  });

  test("are named where Pipes tells that there are some", async () => {
    await start({ secretsOnRead: "masked" });
    await applied(core, [host("a")]);
    stored().config["password"] = "hunter2";
    const [warning] = (await core.plan([host("b")])).diagnostics;
    expect(warning?.detail).toContain("the secrets password");
  });

  test("are not spoken of where nothing of the configuration changes, or all is declared", async () => {
    await start();
    await applied(core, [host("a")]);
    const harmless: readonly Given[] = [
      { name: "other" },
      { deletion_protection: true },
      { config: dynamic({ host: "b" }), secrets_wo: dynamic({}) },
      { config: dynamic({ host: "b" }), secrets_wo: dynamic({ token: "t" }) },
    ];
    for (const given of harmless)
      expect((await core.plan([host("a", given)])).diagnostics).toEqual([]);
  });
});

describe("secrets among the plain fields", () => {
  test.each([
    ["pipes:datadog", { api_url: "https://a.example.com", app_key: "x" }],
    ["pipes:net", { proxy: { auth: { password: "x" } } }],
    ["pipes:postgres", { connection_string: "postgres://u:hunter2@db/x" }],
  ])("are refused in the plan of %s", async (type, config) => {
    await start();
    const walk = await core.plan([declared({ type, config: dynamic(config) })]);
    expect(codesOf(walk.diagnostics)).toContain("secret_in_config");
    expect(JSON.stringify(walk.diagnostics)).not.toContain("hunter2");
    // Terraform would print the line, value and all.
    expect(attributeOf(walk.diagnostics)[0]).toBeUndefined();
    expect(standin.requests()).toEqual([]);
  });

  test("are taken neither into the state nor into a plan where Pipes shows them", async () => {
    await start();
    await applied(core, [aws({ profile: "main" })]);
    Object.assign(stored().config, {
      app_key: "hunter2",
      proxy: { host: "h", password: "hunter2" },
    });
    const walk = await core.plan([aws({ profile: "main" })]);
    expect(JSON.stringify([...walk.objects])).not.toContain("hunter2");
    core.stored.clear();
    expect(
      await core.import({ address, type: "patchbay_connection" }, id),
    ).toEqual([]);
    expect(configIn()).toEqual({ profile: "main", proxy: { host: "h" } });
  });
});
