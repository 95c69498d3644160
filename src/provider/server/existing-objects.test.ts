import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "../../diagnostics";
import type { Platform } from "../../model";
import { createMemoryPlatform, type MemoryPlatform } from "../../testing";
import { codesOf, dynamic, type Declared } from "./core-fixture";
import {
  actions,
  applied,
  attachment,
  connection,
  coreOn,
  expectSettled,
  id,
  key,
  link,
  linkKey,
  postgresql,
  setUp,
  stateOf,
  withPlaces,
  workspace,
} from "./declared-fixture";

const ours = { secrets: dynamic({ password: "ours" }) };
const theirs = {
  ...key,
  type: "postgresql",
  config: postgresql,
  secrets: new Secret({ password: "theirs" }),
};
const deployment: Declared = {
  address: "deployment.staging",
  type: "patchbay_deployment",
  config: () => ({ name: "staging", workspace: "analytics" }),
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "patchbay-whose-"));
  mkdirSync(join(root, ".terraform"));
});
afterEach(() => rmSync(root, { recursive: true }));

const adopting = { organization: "acme", adopt_existing: true };
const errorsAndWarnings = (
  walk: Awaited<ReturnType<ReturnType<typeof coreOn>["plan"]>>,
) =>
  walk.diagnostics.map(
    ({ severity }, index) => `${severity} ${codesOf(walk.diagnostics)[index]}`,
  );
const writes = (platform: MemoryPlatform) =>
  Object.keys(platform.callCounts()).filter((method) =>
    /\.(update|delete)/.test(method),
  );

describe("what exists already and is somebody else's", () => {
  async function filled(): Promise<MemoryPlatform> {
    const platform = createMemoryPlatform({ organization: "acme" });
    await withPlaces(platform);
    await platform.connections.create(theirs);
    await platform.attachments!.create({
      connection: key,
      workspace: "analytics",
    });
    await platform.links!.create({
      ...linkKey,
      overrides: {},
      overrideSecrets: new Secret({ password: "theirs" }),
    });
    platform.resetCalls();
    return platform;
  }

  test.each<[string, Declared, string]>([
    ["a connection", connection(ours), id],
    ["an attachment", attachment(), `${id}@workspace/analytics`],
    [
      "a link",
      link({ override_secrets: dynamic({ password: "ours" }) }),
      `${id}@deployment/prod`,
    ],
    ["a workspace", workspace(), "organization/acme/workspace/analytics"],
    ["a deployment", deployment, "organization/acme/deployment/staging"],
  ])(
    "%s: the plan warns, the apply refuses, and nothing is sent to it",
    async (_, declared, its) => {
      const platform = await filled();
      const core = coreOn(platform);
      const plan = await core.plan([declared]);
      expect(errorsAndWarnings(plan)).toEqual(["warning already_exists"]);
      expect(plan.diagnostics[0]!.detail).toContain(
        `${its} exists already. The apply will refuse it unless this plan destroys it: write a moved block`,
      );
      const walk = await core.carryOut([declared], plan);
      expect(errorsAndWarnings(walk)).toEqual(["error already_exists"]);
      expect(walk.diagnostics[0]!.detail).toContain(
        `import {\n  to = ADDRESS\n  id = "${its}"\n}`,
      );
      expect(walk.diagnostics[0]!.detail).toContain("adopt_existing = true");
      expect(writes(platform)).toEqual([]);
      expect(platform.secretsOf(key)).toEqual({ password: "theirs" });
      expect(platform.overrideSecretsOf(linkKey)).toEqual({
        password: "theirs",
      });
    },
  );

  test("is said to differ by path, with no value but those that can be no secret", async () => {
    const platform = await filled();
    const core = coreOn(platform);
    const other = connection({
      type: "mysql",
      description: "geheim",
      config: dynamic({ ...postgresql, host: "geheim.example.com", port: 1 }),
    });
    const plan = await core.plan([other]);
    const walk = await core.carryOut([other], plan);
    for (const { detail } of [...plan.diagnostics, ...walk.diagnostics]) {
      expect(detail).toContain('type ("postgresql" there, "mysql" declared)');
      expect(detail).toContain("config.port (5432 there, 1 declared)");
      expect(detail).toMatch(/config\.host,/);
      expect(detail).toContain("description");
      expect(detail).not.toContain("geheim");
      expect(detail).not.toContain("db.example.com");
    }
  });

  test("is told with who made it and when, where the platform tells", async () => {
    const platform = await filled();
    const made = { createdAt: "2026-05-04T03:02:01Z", createdBy: "jane" };
    const { connections } = platform;
    const telling: Platform = {
      ...platform,
      connections: {
        ...connections,
        tryFind: async (asked) => {
          const found = await connections.tryFind(asked);
          return found && { ...found, ...made };
        },
      },
    };
    const core = coreOn(telling);
    const plan = await core.plan([connection()]);
    const walk = await core.carryOut([connection()], plan);
    for (const { detail } of [plan.diagnostics[0]!, walk.diagnostics[0]!])
      expect(detail).toContain("(made by jane on 2026-05-04T03:02:01Z)");
  });

  test("many at once: each is told shortly, and once how to import them all", async () => {
    const platform = await filled();
    const core = coreOn(platform);
    const declared = [connection(), attachment(), link()];
    const plan = await core.plan(declared);
    expect(errorsAndWarnings(plan)).toEqual([
      "warning already_exists",
      "warning already_exists",
      "warning several_exist",
      "warning already_exists",
    ]);
    expect(plan.diagnostics[2]!.detail).toContain(
      "patchbay import --platform hub --owner organization/acme --as hcl --out imported --only-missing --state terraform.tfstate",
    );
  });

  test("is looked for with one listing for all, and not at all where a plan has no use of it", async () => {
    const platform = createMemoryPlatform({ organization: "acme" });
    await withPlaces(platform);
    platform.resetCalls();
    const core = coreOn(platform);
    const many = Array.from({ length: 20 }, (_, index) =>
      connection({ name: `c${index}` }, `connection.c${index}`),
    );
    await core.configure();
    expect((await core.plan(many)).diagnostics).toEqual([]);
    // Each plan is made twice.
    expect(platform.callCounts()).toEqual({
      "connections.tryFind": 2,
      "connections.list": 2,
    });
  });

  test("a look that fails is no failure of the plan, and is not repeated for each object", async () => {
    const { core, platform } = setUp();
    platform.failNext({
      method: "connections.tryFind",
      code: "forbidden",
      times: 100,
    });
    platform.failNext({
      method: "connections.list",
      code: "forbidden",
      times: 100,
    });
    const many = Array.from({ length: 20 }, (_, index) =>
      connection({ name: `c${index}` }, `connection.c${index}`),
    );
    expect((await core.plan(many)).diagnostics).toEqual([]);
    expect(platform.callCount("connections.tryFind")).toBe(2);
    expect(platform.callCount("connections.list")).toBe(0);
  });

  test("nothing is said where names are not unique", async () => {
    const platform = await filled();
    const core = coreOn({
      ...platform,
      capabilities: { ...platform.capabilities, sharedNames: true },
    });
    expect((await core.plan([connection()])).diagnostics).toEqual([]);
  });

  test("what this state holds under another address is told apart: a renamed block", async () => {
    const { core } = setUp();
    await applied(core, [connection({}, "connection.a")]);
    const plan = await core.plan([connection({}, "connection.b")]);
    expect(actions(plan)).toEqual({
      "connection.a": "delete",
      "connection.b": "create",
    });
    expect(errorsAndWarnings(plan)).toEqual(["warning already_exists"]);
    expect(plan.diagnostics[0]!.detail).toMatch(
      /is in this state already\..* write moved \{ from = …, to = … \}/,
    );
    expect(
      errorsAndWarnings(
        await core.carryOut([connection({}, "connection.b")], plan),
      ),
    ).toEqual([]);
  });

  test("a replacement is not warned of", async () => {
    const { core } = setUp();
    await applied(core, [connection()]);
    const plan = await core.plan([connection({ type: "mysql" })]);
    expect(actions(plan)).toEqual({ "connection.warehouse": "replace" });
    expect(codesOf(plan.diagnostics)).not.toContain("already_exists");
  });
});

describe("adopt_existing", () => {
  test("takes over what is equal, with a warning each, and sends the declared secrets", async () => {
    const platform = createMemoryPlatform({ organization: "acme" });
    await withPlaces(platform);
    await platform.connections.create(theirs);
    await platform.attachments!.create({
      connection: key,
      workspace: "analytics",
    });
    const core = coreOn(platform, adopting);
    const declared = [connection(ours), attachment(), workspace()];
    const plan = await core.plan(declared);
    expect(errorsAndWarnings(plan)).toEqual([
      "warning taken_over",
      "warning taken_over",
      "warning taken_over",
    ]);
    expect(plan.diagnostics[0]!.detail).toContain(
      `${id} exists already; taken over, as adopt_existing says, and the declared secrets are sent.`,
    );
    const walk = await core.carryOut(declared, plan);
    expect(new Set(errorsAndWarnings(walk))).toEqual(
      new Set(["warning taken_over"]),
    );
    expect(platform.secretsOf(key)).toEqual({ password: "ours" });
    expect(stateOf(core, "connection.warehouse")["platform_id"]).toBe(
      (await platform.connections.tryFind(key))!.platformId,
    );
    await expectSettled(core, declared);
  });

  test("and what differs stays an error", async () => {
    const platform = createMemoryPlatform({ organization: "acme" });
    await platform.connections.create({ ...theirs, description: "Theirs." });
    const core = coreOn(platform, adopting);
    const plan = await core.plan([connection(ours)]);
    expect(errorsAndWarnings(plan)).toEqual(["warning already_exists"]);
    const walk = await core.carryOut([connection(ours)], plan);
    expect(errorsAndWarnings(walk)).toEqual(["error already_exists"]);
    expect(platform.secretsOf(key)).toEqual({ password: "theirs" });
  });
});

describe("what an interrupted apply has made", () => {
  /** An apply that made the connection, after which the process and its state are gone. */
  async function interrupted(): Promise<MemoryPlatform> {
    const platform = createMemoryPlatform({ organization: "acme" });
    const core = coreOn(platform, { organization: "acme" }, root);
    await applied(core, [connection(ours)]);
    platform.resetCalls();
    return platform;
  }
  const next = (platform: Platform) =>
    coreOn(platform, { organization: "acme" }, root);

  test("is taken over by the next, whose plan says so, and then it is settled", async () => {
    const platform = await interrupted();
    const core = next(platform);
    const plan = await core.plan([connection(ours)]);
    expect(errorsAndWarnings(plan)).toEqual(["warning taken_over"]);
    expect(plan.diagnostics[0]!.detail).toMatch(
      /^organization\/acme\/warehouse exists: made by an interrupted apply on 20.*Z; taken over, and the declared secrets are sent\./,
    );
    const walk = await core.carryOut([connection(ours)], plan);
    expect(errorsAndWarnings(walk)).toEqual(["warning taken_over"]);
    expect(platform.callCount("connections.update")).toBe(1);
    await expectSettled(core, [connection(ours)]);
    // Its state is lost in another way now: that is not an interruption.
    const later = await next(platform).plan([connection(ours)]);
    expect(errorsAndWarnings(later)).toEqual(["warning already_exists"]);
  });

  test("is somebody else's where the run has ended in good order", async () => {
    const platform = createMemoryPlatform({ organization: "acme" });
    const core = coreOn(platform, { organization: "acme" }, root);
    await applied(core, [connection(ours)]);
    await core.context.endWalk();
    expect(
      errorsAndWarnings(await next(platform).plan([connection(ours)])),
    ).toEqual(["warning already_exists"]);
  });

  test("is not, once somebody has changed it", async () => {
    const platform = await interrupted();
    await platform.connections.update(key, {
      ...theirs,
      description: "Theirs.",
    });
    const core = next(platform);
    const plan = await core.plan([connection(ours)]);
    expect(errorsAndWarnings(plan)).toEqual(["warning already_exists"]);
    const walk = await core.carryOut([connection(ours)], plan);
    expect(errorsAndWarnings(walk)).toEqual(["error already_exists"]);
    expect(platform.secretsOf(key)).toEqual({ password: "theirs" });
  });

  test("is not, where the platform says that it was made before", async () => {
    const platform = await interrupted();
    const { connections } = platform;
    const core = next({
      ...platform,
      connections: {
        ...connections,
        tryFind: async (asked) => ({
          ...(await connections.tryFind(asked))!,
          createdAt: "2020-01-01T00:00:00Z",
        }),
      },
    });
    expect(errorsAndWarnings(await core.plan([connection(ours)]))).toEqual([
      "warning already_exists",
    ]);
  });

  test("is not pending once a plan has found it in the state", async () => {
    const platform = createMemoryPlatform({ organization: "acme" });
    const core = coreOn(platform, { organization: "acme" }, root);
    await applied(core, [connection(ours)]);
    // The process is gone, and its state is not.
    const second = next(platform);
    second.stored.set(
      "connection.warehouse",
      core.stored.get("connection.warehouse")!,
    );
    await expectSettled(second, [connection(ours)]);
    expect(
      errorsAndWarnings(await next(platform).plan([connection(ours)])),
    ).toEqual(["warning already_exists"]);
  });

  test("no secret is in the journal", async () => {
    await interrupted();
    const file = join(root, ".terraform", "patchbay-pending.jsonl");
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, "utf8")).not.toContain("ours");
  });
});

describe("names that go round in a circle", () => {
  const named = (name: string, address: string) =>
    connection({ name }, `connection.${address}`);
  const before = [named("a", "a"), named("b", "b"), named("c", "c")];

  test.each([
    ["two", [named("b", "a"), named("a", "b"), named("c", "c")]],
    ["three", [named("b", "a"), named("c", "b"), named("a", "c")]],
  ])("of %s are an error of the plan", async (_, after) => {
    const { core } = setUp();
    await applied(core, before);
    const plan = await core.plan(after);
    expect(errorsAndWarnings(plan)).toEqual(["error circular_names"]);
    expect(plan.diagnostics[0]!.detail).toContain("Do it in two steps");
  });

  test("and names that are only handed on are not", async () => {
    const { core } = setUp();
    await applied(core, before);
    const plan = await core.plan([
      named("d", "a"),
      named("a", "b"),
      named("c", "c"),
    ]);
    expect(errorsAndWarnings(plan)).toEqual([]);
  });

  test("nor where names are not unique", async () => {
    const { platform } = setUp();
    const core = coreOn({
      ...platform,
      capabilities: { ...platform.capabilities, sharedNames: true },
    });
    await applied(core, before);
    const plan = await core.plan([
      named("b", "a"),
      named("a", "b"),
      named("c", "c"),
    ]);
    expect(errorsAndWarnings(plan)).toEqual([]);
  });
});
