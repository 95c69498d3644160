import { type Diagnostic, PatchbayError, Secret } from "../../diagnostics";
import { everyCapability } from "../../testing";
import { recordOf, UNKNOWN } from "../wire";
import { codesOf, type Declared, dynamic, SimulatedCore } from "./core-fixture";
import {
  acme,
  key,
  id,
  withPlaces,
  type Given,
  postgresql,
  connection,
  attachment,
  link,
  linkKey,
  workspace,
  actions,
  applied,
  expectSettled,
  stateOf,
  setUp,
} from "./declared-fixture";

describe("workspaces and deployments", () => {
  const deployment: Declared = {
    address: "deployment.prod",
    type: "patchbay_deployment",
    config: () => ({ name: "prod", workspace: "analytics" }),
  };

  test("are created, renamed and destroyed", async () => {
    const { core } = setUp();
    await applied(core, [workspace(), deployment]);
    await expectSettled(core, [workspace(), deployment]);
    expect(stateOf(core, "deployment.prod")["id"]).toBe(
      "organization/acme/deployment/prod",
    );
    const walk = await core.plan([workspace({ name: "other" }), deployment]);
    expect(actions(walk)).toMatchObject({ "workspace.analytics": "update" });
    await applied(core, []);
  });

  test("given twice are refused", async () => {
    const { core } = setUp();
    const { diagnostics } = await core.plan([
      workspace(),
      workspace({}, "workspace.again"),
    ]);
    expect(codesOf(diagnostics)).toEqual(["duplicate_name"]);
  });

  test("are refused where the platform does not manage them", async () => {
    const features = everyCapability.features.filter(
      (feature) => feature !== "manage_inventory",
    );
    const { core } = setUp({ capabilities: { ...everyCapability, features } });
    const { diagnostics } = await core.plan([workspace()]);
    expect(codesOf(diagnostics)).toEqual(["unsupported"]);
    expect(diagnostics[0]!.detail).toContain("data source patchbay_workspace");
  });
});

describe("import", () => {
  test("takes in every kind of object by its natural key", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    await platform.connections.create({
      ...key,
      type: "postgresql",
      config: postgresql,
    });
    await platform.attachments!.create({
      connection: key,
      workspace: "analytics",
    });
    await platform.links!.create({ ...linkKey, overrides: { schema: "PROD" } });
    const declared = [
      workspace(),
      connection(),
      attachment(),
      link({ overrides: dynamic({ schema: "PROD" }) }),
    ];
    const ids = [
      "organization/acme/workspace/analytics",
      id,
      `${id}@workspace/analytics`,
      `${id}@deployment/prod`,
    ];
    for (const [index, one] of declared.entries())
      expect(await core.import(one, ids[index]!)).toEqual([]);
    await expectSettled(core, declared);
  });

  test("with secrets declared sends them once", async () => {
    const { core, platform } = setUp();
    await platform.connections.create({
      ...key,
      type: "postgresql",
      config: postgresql,
      secrets: new Secret({ password: "theirs" }),
    });
    const declared = [
      connection({ secrets_wo: dynamic({ password: "ours" }) }),
    ];
    await core.import(declared[0]!, id);
    await applied(core, declared);
    expect(platform.secretsOf(key)).toEqual({ password: "ours" });
    await expectSettled(core, declared);
  });

  test.each([
    "",
    "warehouse",
    "organization/acme",
    "planet/acme/x",
    "organization/a@b/c",
    "organization/acme/\u0000",
    `${id}@workspace/x`,
  ])("refuses the id %j", async (wrong) => {
    const { core } = setUp();
    const diagnostics = await core.import(connection(), wrong);
    expect(["invalid_id", "invalid_owner", "invalid_name"]).toContain(
      codesOf(diagnostics)[0],
    );
  });

  test("of an object whose owner is called like a kind finds it", async () => {
    const { core, platform } = setUp();
    const owner = { kind: "user", name: "workspace" } as const;
    await platform.inventoryManagement!.createWorkspace({
      owner,
      name: "workspace",
    });
    expect(
      await core.import(workspace(), "user/workspace/workspace/workspace"),
    ).toEqual([]);
    expect(stateOf(core, "workspace.analytics")).toMatchObject({
      owner: "user/workspace",
      name: "workspace",
    });
  });
});

describe("a read that fails", () => {
  test.each<Diagnostic["code"]>([
    "rate_limited",
    "platform_failure",
    "unauthorized",
    "forbidden",
    "unreachable",
    "invalid_answer",
  ])("with %s keeps the state", async (code) => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    const declared = [workspace(), connection(), attachment(), link()];
    await platform.inventoryManagement!.createWorkspace({
      owner: acme,
      name: "extra",
    });
    await applied(core, declared.slice(1));
    await core.import(workspace(), "organization/acme/workspace/analytics");
    const before = new Map(core.stored);
    for (const method of [
      "connections.tryFind",
      "connections.list",
      "attachments.tryFind",
      "attachments.list",
      "links.tryFind",
      "links.list",
      "inventory.listWorkspaces",
    ] as const)
      platform.failNext({ method, code, times: 20 });
    for (const address of before.keys()) {
      await core.configure();
      expect(codesOf(await core.refresh(address))).toEqual([code]);
    }
    expect(core.stored).toEqual(before);
  });
});

describe("a provider block that is not wholly known", () => {
  test.each<[title: string, provider: Given]>([
    ["organization", { organization: UNKNOWN }],
    ["setting", { organization: "acme", hub: recordOf([["token", UNKNOWN]]) }],
    ["block", { organization: "acme", hub: UNKNOWN }],
  ])(
    "can plan while its %s is missing, and keeps what is stored",
    async (_title, provider) => {
      const { core, platform } = setUp();
      await withPlaces(platform);
      await applied(core, [connection()]);
      const undecided = new SimulatedCore({
        platforms: core.context.environment.platforms,
        provider,
      });
      for (const [address, object] of core.stored)
        undecided.stored.set(address, object);
      const walk = await undecided.plan([
        connection(),
        attachment(),
        link(),
        workspace({ name: "new" }),
      ]);
      expect(walk.diagnostics).toEqual([]);
      expect(undecided.stored.size).toBe(1);
      expect(
        codesOf((await undecided.carryOut([attachment()], walk)).diagnostics),
      ).toEqual(["not_known_yet"]);
    },
  );
});

test("a failure that cannot be opened is told once, by configuring", async () => {
  const { core } = setUp();
  const [definition] = core.context.environment.platforms;
  const broken = new SimulatedCore({
    platforms: [
      {
        ...definition!,
        open: () =>
          Promise.reject(
            new PatchbayError({ code: "hub_locked", detail: "Locked." }),
          ),
      },
    ],
  });
  expect(codesOf(await broken.configure())).toEqual(["hub_locked"]);
});
