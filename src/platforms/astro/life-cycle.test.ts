import {
  type AstroStandin,
  type AstroStandinOptions,
  idOf,
  openAt,
  STANDIN_ORGANIZATION,
  STANDIN_TOKEN,
  startAstroStandin,
} from "../../../test/standins/astro";
import type { ObservedConnection } from "../../model";
import {
  codesOf,
  type Declared,
  dynamic,
  SimulatedCore,
} from "../../provider/server/core-fixture";
import {
  actions,
  applied,
  expectSettled,
} from "../../provider/server/declared-fixture";
import { recordOf } from "../../provider/wire";
import { astroDefinition } from "./definition";

/** Connections of Astro as Terraform sees them, whose workspace or deployment does not stay as it was. */

let standin: AstroStandin;
let core: SimulatedCore;
afterEach(() => standin.close());

async function start(behaviour: AstroStandinOptions["behaviour"] = {}) {
  standin = await startAstroStandin({ behaviour });
  core = new SimulatedCore({
    platforms: [astroDefinition],
    provider: {
      astro: recordOf([
        ["host", standin.url],
        ["organization_id", STANDIN_ORGANIZATION],
        ["token", STANDIN_TOKEN],
        ["headers", null],
      ]),
    },
  });
}

const workspace = idOf("w", 1);
const many = (owner: string, count: number): readonly Declared[] =>
  Array.from({ length: count }, (_, index) => ({
    address: `connection.c${index}`,
    type: "patchbay_connection",
    config: () => ({
      name: `c${index}`,
      owner,
      type: "postgresql",
      config: dynamic({ host: "db.example.com", login: "u" }),
      secrets_wo: dynamic({ password: "pw-of-the-test" }),
    }),
  }));

const owners = [
  ["workspace/analytics", workspace],
  ["deployment/prod", idOf("d", 1)],
] as const;

describe.each(owners)("of %s", (owner, id) => {
  test.each([1, 3])("%d are gone with it", async (count) => {
    await start();
    await applied(core, many(owner, count));
    standin.remove(id);
    const walk = await core.plan(many(owner, count));
    expect(codesOf(walk.diagnostics)).not.toContain("not_found");
    expect(new Set(Object.values(actions(walk)))).toEqual(new Set(["create"]));
    await applied(core, []);
    expect(core.stored.size).toBe(0);
  });

  test.each([1, 3])(
    "%d are there under its new name, and a configuration that follows is settled",
    async (count) => {
      await start();
      await applied(core, many(owner, count));
      const [kind] = owner.split("/");
      standin.rename(id, "renamed");
      const walk = await core.plan(many(`${kind}/renamed`, count));
      for (const action of Object.values(actions(walk)))
        expect(["no-op", "update"]).toContain(action);
      await applied(core, many(`${kind}/renamed`, count));
      expect(standin.world.objects).toHaveLength(count);
      await expectSettled(core, many(`${kind}/renamed`, count));
    },
  );

  test("are destroyed after it was renamed", async () => {
    await start();
    await applied(core, many(owner, 3));
    standin.rename(id, "renamed");
    await applied(core, []);
    expect(standin.world.objects).toEqual([]);
  });
});

test.each(["empty", 403, 404] as const)(
  "of a workspace that is named by its id are gone with it, where its listing answers %s",
  async (goneScope) => {
    await start({ goneScope });
    await applied(core, many(`workspace/${workspace}`, 2));
    standin.remove(workspace);
    await applied(core, []);
    expect(core.stored.size).toBe(0);
  },
);

test("creates of ten at a time take two calls each, and destroys as well", async () => {
  await start();
  const { connections } = openAt(standin.url);
  const names = Array.from({ length: 20 }, (_, index) => `c${index}`);
  const owner = { kind: "workspace", name: "analytics" } as const;
  const made: ObservedConnection[] = [];
  for (const wave of [names.slice(0, 10), names.slice(10)])
    made.push(
      ...(await Promise.all(
        wave.map((name) =>
          connections.create({
            owner,
            name,
            type: "postgresql",
            config: { host: "db.example.com", login: "u" },
          }),
        ),
      )),
    );
  // Beside them one listing of workspaces, and one of connections a wave.
  expect(standin.requests().length).toBeLessThanOrEqual(2 * names.length + 3);
  standin.clearRequests();
  await Promise.all(
    made.map(({ name, platformId }) =>
      connections.delete({ owner, name }, { platformId }),
    ),
  );
  expect(standin.requests().length).toBeLessThanOrEqual(2 * names.length);
  expect(standin.world.objects).toEqual([]);
});

test("one in a state is destroyed by two calls", async () => {
  await start();
  await applied(core, many("workspace/analytics", 10));
  standin.clearRequests();
  await applied(core, []);
  // Beside them a few listings, for the refresh and for who uses what goes.
  expect(standin.requests().length).toBeLessThanOrEqual(2 * 10 + 9);
});

test("a type that Astro cannot store in the same kind is replaced, and the plan says what is stored", async () => {
  await start();
  const api = (): readonly Declared[] => [
    {
      address: "connection.api",
      type: "patchbay_connection",
      config: () => ({
        name: "api",
        owner: "workspace/analytics",
        type: "http",
        config: dynamic({ base_url: "https://api.example.com" }),
        secrets_wo: dynamic({ token: "token-of-the-test" }),
      }),
    },
  ];
  await applied(core, api());
  standin.world.objects = standin.world.objects.map((object) => ({
    ...object,
    connection: {
      type: "snowflake",
      login: "l",
      password: "canary-of-the-test",
      extra: { account: "xy12345" },
    },
  }));
  const walk = await core.plan(api());
  expect(actions(walk)).toEqual({ "connection.api": "replace" });
  const [object] = [...walk.objects.values()];
  expect(object).toMatchObject({
    because: ["type"],
    prior: { type: "snowflake", config: { value: { account: "xy12345" } } },
  });
  expect(JSON.stringify([...walk.objects])).not.toContain("canary");
  await applied(core, api());
  await expectSettled(core, api());
});

test("creates one after the other take two calls each, and each sees what is there by then", async () => {
  await start({ refusesDuplicates: false });
  const { connections } = openAt(standin.url);
  const owner = { kind: "workspace", name: "analytics" } as const;
  const create = (name: string) =>
    connections.create({
      owner,
      name,
      type: "postgresql",
      config: { host: "db.example.com", login: "u" },
    });
  for (let index = 0; index < 20; index++) await create(`c${index}`);
  // Beside them one listing of workspaces, and one of connections.
  expect(standin.requests().length).toBeLessThanOrEqual(2 * 20 + 2);
  await expect(create("c7")).rejects.toMatchObject({
    diagnostics: [{ code: "already_exists" }],
  });
  // What was deleted meanwhile is free again.
  await connections.delete({ owner, name: "c7" });
  await create("c7");
  expect(standin.world.objects).toHaveLength(20);
});

test("an empty plan of two dozen is a few listings", async () => {
  await start();
  await applied(core, many("workspace/analytics", 24));
  standin.clearRequests();
  await expectSettled(core, many("workspace/analytics", 24));
  expect(standin.requests().length).toBeLessThanOrEqual(6);
});
