import { everyCapability } from "../../testing";
import {
  type CtyValue,
  Dynamic,
  mapOf,
  recordOf,
  STRING,
  UNKNOWN,
} from "../wire";
import { codesOf, dynamic } from "./core-fixture";
import {
  key,
  id,
  postgresql,
  connection,
  actions,
  applied,
  expectSettled,
  stateOf,
  plain,
  setUp,
} from "./declared-fixture";

describe("a connection", () => {
  test("is created, changed in place and destroyed, and each plan in between is empty", async () => {
    const { core, platform } = setUp();
    const first = [
      connection({
        description: "",
        access: recordOf([
          ["view", ["user/jane"]],
          ["use", null],
          ["edit", []],
        ]),
      }),
    ];
    expect(actions(await applied(core, first))).toEqual({
      "connection.warehouse": "create",
    });
    await expectSettled(core, first);
    expect(stateOf(core, "connection.warehouse")).toMatchObject({
      id,
      owner: "organization/acme",
      auto_link: false,
      status: "unknown",
      secrets_revision: 0,
      secret_fields: [],
      description: "",
    });

    const second = [
      connection({
        config: dynamic({ ...postgresql, host: "other.example.com" }),
        auto_link: true,
        auto_link_except: ["staging"],
      }),
    ];
    expect(actions(await applied(core, second))).toEqual({
      "connection.warehouse": "update",
    });
    await expectSettled(core, second);
    const observed = await platform.connections.tryFind(key);
    expect(observed).toMatchObject({
      config: { host: "other.example.com" },
      autoLink: true,
      autoLinkExcept: ["staging"],
    });

    expect(actions(await applied(core, []))).toEqual({
      "connection.warehouse": "delete",
    });
    expect(await platform.connections.tryFind(key)).toBeUndefined();
  });

  test.each<[title: string, config: CtyValue]>([
    ["numbers as text", dynamic({ ...postgresql, port: "5432" })],
    ["nulls", dynamic({ ...postgresql, schema: null, parameters: null })],
    [
      "nested nulls",
      dynamic({
        ...postgresql,
        parameters: { application_name: "etl", options: null },
      }),
    ],
    [
      "numbers where texts belong",
      dynamic({
        ...postgresql,
        database: 42,
        parameters: { connect_timeout: 5 },
      }),
    ],
    [
      "a map of texts",
      new Dynamic(
        mapOf(STRING),
        recordOf([
          ["host", "db"],
          ["login", "x"],
          ["port", "5432"],
        ]),
      ),
    ],
  ])("keeps the spelling of %s", async (_title, config) => {
    const { core } = setUp();
    await applied(core, [connection({ config })]);
    await expectSettled(core, [connection({ config })]);
    expect(plain(stateOf(core, "connection.warehouse")["config"])).toEqual(
      plain(config),
    );
  });

  test("shows only the drifted field as different", async () => {
    const { core, platform } = setUp();
    const declared = [
      connection({ config: dynamic({ ...postgresql, port: "5432" }) }),
    ];
    await applied(core, declared);
    await platform.connections.update(key, {
      ...key,
      type: "postgresql",
      config: { ...postgresql, host: "elsewhere" },
    });
    const walk = await core.plan(declared);
    expect(actions(walk)).toEqual({ "connection.warehouse": "update" });
    expect(plain(stateOf(core, "connection.warehouse")["config"])).toEqual({
      ...postgresql,
      host: "elsewhere",
      port: "5432",
    });
    await applied(core, declared);
    await expectSettled(core, declared);
  });

  test("that is gone on the platform is planned anew", async () => {
    const { core, platform } = setUp();
    await applied(core, [connection()]);
    await platform.connections.delete(key);
    expect(actions(await core.plan([connection()]))).toEqual({
      "connection.warehouse": "create",
    });
    expect(core.stored.size).toBe(0);
  });

  test("without owner and organization is refused", async () => {
    const { core } = setUp({ provider: {} });
    const { diagnostics } = await core.plan([connection()]);
    expect(codesOf(diagnostics)).toEqual(["missing_argument"]);
  });

  test("is renamed in place where the platform can, else replaced", async () => {
    const renamed = connection({ name: "lake" });
    const { core } = setUp();
    await applied(core, [connection()]);
    expect(actions(await applied(core, [renamed]))).toEqual({
      "connection.warehouse": "update",
    });
    expect(stateOf(core, "connection.warehouse")["id"]).toBe(
      "organization/acme/lake",
    );
    await expectSettled(core, [renamed]);

    const features = everyCapability.features.filter(
      (feature) => feature !== "rename",
    );
    const other = setUp({ capabilities: { ...everyCapability, features } });
    await applied(other.core, [connection()]);
    expect(actions(await applied(other.core, [renamed]))).toEqual({
      "connection.warehouse": "replace",
    });
    await expectSettled(other.core, [renamed]);
  });

  test.each<[title: string, config: CtyValue]>([
    ["an object", dynamic({ ...postgresql, host: "other" })],
    [
      "a typed map",
      new Dynamic(
        mapOf(STRING),
        recordOf([
          ["host", "other"],
          ["login", "loader"],
          ["port", "5432"],
        ]),
      ),
    ],
    ["not known", UNKNOWN],
  ])(
    "is replaced when a field changes that the platform cannot change, the config being %s",
    async (_title, config) => {
      const { core } = setUp({
        capabilities: {
          ...everyCapability,
          immutableFields: { postgresql: ["host"] },
        },
      });
      await applied(core, [connection()]);
      const walk = await core.plan([connection({ config })]);
      expect(actions(walk)).toEqual({ "connection.warehouse": "replace" });
    },
  );

  test("that is written in other words, or no longer says what is left to the platform, is no change", async () => {
    const { core } = setUp();
    const access = recordOf([
      ["view", ["user/jane"]],
      ["use", null],
      ["edit", null],
    ]);
    await applied(core, [connection({ access, parent: "Production" })]);
    await expectSettled(core, [
      connection({ config: dynamic({ ...postgresql, port: "5432" }) }),
    ]);
  });

  test("is replaced when it goes to another owner", async () => {
    const { core } = setUp();
    await applied(core, [connection()]);
    const moved = connection({ owner: "user/jane" });
    expect(actions(await applied(core, [moved]))).toEqual({
      "connection.warehouse": "replace",
    });
    await expectSettled(core, [moved]);
  });

  test("that somebody else has changed since the plan is not deleted", async () => {
    const { core, platform } = setUp();
    await applied(core, [connection()]);
    const plan = await core.plan([]);
    const stored = (await platform.connections.tryFind(key))!;
    await platform.connections.update(key, {
      ...stored,
      description: "theirs",
    });
    const { diagnostics } = await core.carryOut([], plan);
    expect(codesOf(diagnostics)).toEqual(["conflict"]);
    expect(await platform.connections.tryFind(key)).toMatchObject({
      description: "theirs",
    });
    await applied(core, []);
    expect(await platform.connections.tryFind(key)).toBeUndefined();
  });

  test("given twice is refused, naming both", async () => {
    const { core } = setUp();
    const { diagnostics } = await core.plan([
      connection(),
      connection(
        { config: dynamic({ ...postgresql, host: "second" }) },
        "connection.other",
      ),
    ]);
    expect(codesOf(diagnostics)).toEqual(["duplicate_name"]);
    expect(diagnostics[0]!.detail).toContain("second");
    expect(diagnostics[0]!.detail).toContain("db.example.com");
  });

  test("with deletion protection is neither destroyed nor replaced", async () => {
    const { core, platform } = setUp();
    const guarded = connection({ deletion_protection: true });
    await applied(core, [guarded]);
    expect(codesOf((await core.plan([])).diagnostics)).toEqual([
      "deletion_protected",
    ]);
    const changed = connection({ deletion_protection: true, type: "mysql" });
    expect(codesOf((await core.plan([changed])).diagnostics)).toContain(
      "deletion_protected",
    );
    const forced = await core.apply([{ ...guarded, replace: true }]);
    expect(codesOf(forced.diagnostics)).toEqual(["deletion_protected"]);
    expect(await platform.connections.tryFind(key)).toBeDefined();
    await applied(core, [connection({ deletion_protection: false })]);
    await applied(core, []);
  });

  test("with an access list that does not say who is meant is refused", async () => {
    const { core } = setUp();
    const access = (view: readonly string[]) =>
      connection({
        access: recordOf([
          ["view", view],
          ["use", null],
          ["edit", null],
        ]),
      });
    const { diagnostics } = await core.plan([access(["jane", "team/data"])]);
    expect(codesOf(diagnostics)).toEqual(["invalid_field"]);
    expect(diagnostics[0]!.detail).toContain('"jane"');
    await applied(core, [access(["user/jane", "team/data"])]);
  });

  test("whose test fails is not changed", async () => {
    const { core, platform } = setUp();
    platform.answerVerification({ ok: false, message: "no route" });
    const walk = await core.apply([connection({ verify: "on_change" })]);
    expect(codesOf(walk.diagnostics)).toEqual(["verification_failed"]);
    expect(walk.diagnostics[0]!.detail).toContain("no route");
    expect(platform.callCount("connections.create")).toBe(0);
    platform.answerVerification({ ok: true });
    await applied(core, [connection({ verify: "on_change" })]);
  });

  test("made by a create whose answer was lost is adopted, secrets sent again", async () => {
    const { core, platform } = setUp();
    const declared = [
      connection({ secrets_wo: dynamic({ password: "pw-1" }) }),
    ];
    platform.outcomeUnknownAfterEffect("connections.create");
    await applied(core, declared);
    await expectSettled(core, declared);
    expect(platform.callCount("connections.create")).toBe(1);
    expect(platform.callCount("connections.update")).toBe(1);
    expect(platform.secretsOf(key)).toEqual({ password: "pw-1" });
  });

  test("that exists and differs is left alone, and the error says how to import it", async () => {
    const { core, platform } = setUp();
    await platform.connections.create({
      ...key,
      type: "generic",
      config: { conn_type: "ftp" },
    });
    const walk = await core.apply([connection()]);
    expect(codesOf(walk.diagnostics)).toEqual(["already_exists"]);
    expect(walk.diagnostics[0]!.detail).toContain(
      `import {\n  to = ADDRESS\n  id = "${id}"\n}`,
    );
  });

  test("changed by somebody else between plan and apply is not overwritten", async () => {
    const { core, platform } = setUp();
    await applied(core, [connection()]);
    const changed = [connection({ description: "mine" })];
    const plan = await core.plan(changed);
    await platform.connections.update(key, {
      ...key,
      type: "postgresql",
      config: postgresql,
      description: "theirs",
    });
    const walk = await core.carryOut(changed, plan);
    expect(codesOf(walk.diagnostics)).toEqual(["conflict"]);
    await applied(core, changed);
  });
});
