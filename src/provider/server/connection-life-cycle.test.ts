import { everyCapability } from "../../testing";
import {
  type CtyValue,
  Dynamic,
  mapOf,
  recordOf,
  STRING,
  UNKNOWN,
} from "../wire";
import { attributeOf, codesOf, dynamic } from "./core-fixture";
import {
  attachment,
  key,
  id,
  type Given,
  later,
  postgresql,
  connection,
  actions,
  applied,
  expectSettled,
  stateOf,
  plain,
  setUp,
  withPlaces,
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

  test("whose description and exceptions are none in other words is no change, and nothing is sent", async () => {
    const { core, platform } = setUp();
    const none = connection();
    const empty = connection({ description: "", auto_link_except: [] });
    await applied(core, [none]);
    // Core takes what is written for what will be: shown once.
    expect(actions(await applied(core, [empty]))).toEqual({
      "connection.warehouse": "update",
    });
    expect(platform.callCount("connections.update")).toBe(0);
    await expectSettled(core, [empty]);
    await expectSettled(core, [none]);

    const bare = { type: "hub:any", config: null };
    await applied(core, [{ ...connection(bare), replace: true }]);
    await applied(core, [connection({ ...bare, config: dynamic({}) })]);
    expect(platform.callCount("connections.update")).toBe(0);

    const full = { description: "text", auto_link: true };
    await applied(core, [
      connection({ ...full, auto_link_except: ["staging"] }),
    ]);
    await applied(core, [none]);
    expect(stateOf(core, "connection.warehouse")).toMatchObject({
      description: null,
      auto_link_except: null,
    });
    await expectSettled(core, [none]);
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

  test.each([
    ["for its type", false],
    ["because the user asks for it", true],
  ])(
    "that is made anew %s tells who loses access and which folder it leaves, where neither is declared",
    async (_why, replace) => {
      const { core } = setUp();
      const access = recordOf([
        ["view", ["user/jane", "user/joe"]],
        ["use", null],
        ["edit", ["tenant"]],
      ]);
      await applied(core, [connection({ access, parent: "Production" })]);
      const given: Record<string, string> = replace ? {} : { type: "mysql" };
      const { diagnostics } = await core.plan([
        { ...connection(given), replace },
      ]);
      expect(codesOf(diagnostics)).toEqual([
        "replaces_connection",
        "replaces_connection",
      ]);
      expect(diagnostics.map(({ detail }) => detail).join("\n")).toMatch(
        /view: user\/jane, user\/joe; edit: tenant[^]*folder Production/,
      );
      const told = await core.plan([
        { ...connection({ ...given, access, parent: "Production" }), replace },
      ]);
      expect(codesOf(told.diagnostics)).toEqual([]);
    },
  );

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

  test("given twice is none too many where names are shared", async () => {
    const { core } = setUp({
      capabilities: { ...everyCapability, sharedNames: true },
    });
    const { diagnostics } = await core.plan([
      connection(),
      connection({}, "connection.other"),
    ]);
    expect(diagnostics).toEqual([]);
  });

  test("with a secret among its plain fields is refused without the line that it stands on", async () => {
    const { core } = setUp();
    const { diagnostics } = await core.plan([
      connection({ config: dynamic({ ...postgresql, password: "geheim" }) }),
    ]);
    expect(codesOf(diagnostics)).toEqual(["secret_in_config"]);
    expect(diagnostics[0]).not.toHaveProperty("attribute");
    expect(diagnostics[0]!.detail).toContain("Path: config.password");
    expect(diagnostics[0]!.detail).toContain("it is in your code now");
    expect(diagnostics[0]!.detail).not.toContain("geheim");
  });

  describe("with deletion protection", () => {
    const guarded = connection({ deletion_protection: true });
    const attached = attachment();
    const places = async () => {
      const { core, platform } = setUp();
      await withPlaces(platform);
      await applied(core, [guarded, attached]);
      const isAsBefore = async () => {
        expect(await platform.connections.tryFind(key)).toBeDefined();
        expect(core.stored.has(attached.address)).toBe(true);
        expect(platform.callCount("connections.delete")).toBe(0);
        expect(platform.callCount("attachments.delete")).toBe(0);
      };
      return { core, platform, isAsBefore };
    };

    test("is not destroyed, whatever stood in the configuration", async () => {
      const { core, isAsBefore } = await places();
      expect(codesOf((await core.plan([])).diagnostics)).toEqual([
        "deletion_protected",
      ]);
      await isAsBefore();
    });

    test.each<[title: string, given: Given, how: "replace" | "taint" | "none"]>(
      [
        ["changed so that it is made anew", { type: "mysql" }, "none"],
        ["replaced on demand", {}, "replace"],
        ["tainted", {}, "taint"],
      ],
    )(
      "that is %s is refused while planning, so that nothing is lost on the way",
      async (_title, given, how) => {
        const { core, isAsBefore } = await places();
        if (how === "taint") core.taint(guarded.address);
        const changed = {
          ...connection({ deletion_protection: true, ...given }),
          replace: how === "replace",
        };
        const walk = await core.plan([changed, attached]);
        expect(codesOf(walk.diagnostics)).toEqual(["deletion_protected"]);
        expect(attributeOf(walk.diagnostics)).toEqual(["deletion_protection"]);
        await isAsBefore();
      },
    );

    test.each<[title: string, given: Given, how: "replace" | "taint" | "none"]>(
      [
        [
          "set to false, of another type",
          { deletion_protection: false, type: "mysql" },
          "none",
        ],
        ["left out, of another type", { type: "mysql" }, "none"],
        [
          "set to false, replaced on demand",
          { deletion_protection: false },
          "replace",
        ],
        ["left out, replaced on demand", {}, "replace"],
        ["left out, tainted", {}, "taint"],
      ],
    )(
      "that is lifted (%s) is replaced in the same apply",
      async (_title, given, how) => {
        const { core, platform } = await places();
        if (how === "taint") core.taint(guarded.address);
        const lifted = { ...connection(given), replace: how === "replace" };
        const walk = await applied(core, [lifted, attached]);
        expect(actions(walk)).toMatchObject({ [guarded.address]: "replace" });
        expect(platform.callCount("connections.delete")).toBe(1);
        await expectSettled(core, [connection(given), attached]);
        // What was planned for it does not stay: protected again, it is protected.
        const again = connection({ ...given, deletion_protection: true });
        await applied(core, [again, attached]);
        expect(codesOf((await core.plan([])).diagnostics)).toEqual([
          "deletion_protected",
        ]);
      },
    );

    test("that is not known yet counts as it was", async () => {
      const { core } = await places();
      const changed = later(connection({ type: "mysql" }), {
        deletion_protection: UNKNOWN,
      });
      const { diagnostics } = await core.plan([changed]);
      expect(codesOf(diagnostics)).toEqual(["deletion_protected"]);
    });
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
