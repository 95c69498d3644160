import { Secret } from "../../diagnostics";
import { linkSchema } from "../schema/places";
import { recordOfSchema, schemaType } from "../schema/schema-type";
import {
  type CtyRecord,
  Dynamic,
  encodeDynamicValue,
  recordOf,
  STRING,
  UNKNOWN,
} from "../wire";
import {
  codesOf,
  type Declared,
  dynamic,
  type SimulatedCore,
} from "./core-fixture";
import {
  key,
  id,
  linkKey,
  withPlaces,
  type Given,
  postgresql,
  connection,
  attachment,
  link,
  later,
  actions,
  applied,
  expectSettled,
  stateOf,
  plain,
  setUp,
} from "./declared-fixture";
import { resourceOf } from "./schema-of";

describe("attachments and links", () => {
  const all = (given: Given = {}, linked: Given = {}) => [
    connection(given),
    attachment(),
    link({ overrides: dynamic({ schema: "PROD", port: "6432" }), ...linked }),
  ];

  test("are made after their connection and destroyed before it", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    await applied(core, all());
    await expectSettled(core, all());
    expect(plain(stateOf(core, "link.prod")["effective"])).toEqual({
      ...postgresql,
      schema: "PROD",
      port: 6432,
    });
    await applied(core, []);
    expect(await platform.connections.tryFind(key)).toBeUndefined();
  });

  test("show what changes in the connection field by field, before it is applied", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    await applied(core, all());
    const changed = all({
      config: dynamic({ ...postgresql, host: "new.example.com" }),
    });
    const walk = await core.plan(changed);
    expect(actions(walk)).toEqual({
      "connection.warehouse": "update",
      "attachment.analytics": "no-op",
      "link.prod": "update",
    });
    expect(
      plain(walk.objects.get("link.prod")!.planned!["effective"]),
    ).toMatchObject({ host: "new.example.com", schema: "PROD" });
    await applied(core, changed);
    await expectSettled(core, changed);
  });

  test("show only the parts that are not known yet as known after apply", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    const [parent, ...children] = all();
    const unknownHost = new Dynamic(
      {
        kind: "object",
        attributes: { host: STRING, login: STRING, port: { kind: "number" } },
      },
      recordOf([
        ["host", UNKNOWN],
        ["login", "loader"],
        ["port", 5432],
      ]),
    );
    const declared = [later(parent!, { config: unknownHost }), ...children];
    const walk = await core.plan(declared);
    const effective = walk.objects.get("link.prod")!.planned!["effective"];
    expect((effective as Dynamic).value).toMatchObject({
      host: UNKNOWN,
      schema: "PROD",
      port: 6432,
    });
    await applied(core, declared);
    await expectSettled(core, all());
  });

  test.each<[title: string, planned: Given]>([
    ["overrides", { overrides: UNKNOWN }],
    ["override secrets", { override_secrets_wo: UNKNOWN }],
    ["the connection's id", { connection_id: UNKNOWN }],
    ["the deployment", { deployment: UNKNOWN }],
  ])("can be planned while %s are not known", async (_title, planned) => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    const linked = later(
      link({
        overrides: dynamic({ schema: "PROD" }),
        override_secrets_wo: dynamic({ password: "other" }),
      }),
      planned,
    );
    const declared = [connection(), attachment(), linked];
    await applied(core, declared);
    await expectSettled(core, [
      connection(),
      attachment(),
      link({
        overrides: dynamic({ schema: "PROD" }),
        override_secrets_wo: dynamic({ password: "other" }),
      }),
    ]);
  });

  test.each<
    [title: string, change: (core: SimulatedCore) => readonly Declared[]]
  >([
    [
      "by another type",
      () =>
        all(
          { type: "mysql", config: dynamic({ host: "db", login: "x" }) },
          { overrides: dynamic({ port: 1 }) },
        ),
    ],
    [
      "because the user asks for it",
      () => {
        const [parent, ...children] = all();
        return [{ ...parent!, replace: true }, ...children];
      },
    ],
    [
      "because it is tainted",
      (core) => {
        core.taint("connection.warehouse");
        return all();
      },
    ],
  ])(
    "are replaced with a connection that is replaced %s",
    async (_title, change) => {
      const { core, platform } = setUp();
      await withPlaces(platform);
      await applied(core, all());
      const before = stateOf(core, "link.prod")["platform_id"];
      const declared = change(core);
      const walk = await applied(core, declared);
      expect(actions(walk)).toEqual({
        "connection.warehouse": "replace",
        "attachment.analytics": "replace",
        "link.prod": "replace",
      });
      expect(walk.objects.get("link.prod")!.because).toEqual([
        "connection_platform_id",
      ]);
      expect(walk.objects.get("link.prod")!.planned!["platform_id"]).toEqual(
        UNKNOWN,
      );
      expect(stateOf(core, "link.prod")["platform_id"]).not.toBe(before);
      await expectSettled(
        core,
        declared.map((one) => ({ ...one, replace: false })),
      );
    },
  );

  test("can be replaced by themselves", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    await applied(core, all());
    const [parent, attached, linked] = all();
    const declared = [parent!, attached!, { ...linked!, replace: true }];
    expect(actions(await applied(core, declared))).toMatchObject({
      "link.prod": "replace",
      "attachment.analytics": "no-op",
    });
    const moved = [parent!, attached!, link({ deployment: "staging" })];
    expect(actions(await applied(core, moved))).toMatchObject({
      "link.prod": "replace",
    });
    await expectSettled(core, moved);
  });

  test("with an id that is none are refused while planning, not before: a mocked provider makes ids up, and never plans", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    const made = [
      attachment({ connection_id: "n2x8ob4y" }),
      link({ connection_id: "n2x8ob4y" }),
      connection({ owner: "n2x8ob4y" }),
    ];
    for (const one of made) {
      const { schema } = resourceOf(one.type);
      const config = recordOfSchema(schema, one.config("plan"));
      expect(await core.validate(one.type, config)).toEqual([]);
      const { diagnostics } = await core.plan([one]);
      expect(codesOf(diagnostics)[0]).toMatch(/^invalid_(id|owner)$/);
    }
  });

  test("given twice are refused", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    const { diagnostics } = await core.plan([
      ...all(),
      attachment({}, "attachment.again"),
      link({}, "link.again"),
    ]);
    expect(codesOf(diagnostics)).toEqual(["duplicate_name", "duplicate_name"]);
  });

  test("to a workspace that the connection is not attached to say which attachment is missing", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    const walk = await core.apply([connection(), link()]);
    expect(codesOf(walk.diagnostics)).toEqual(["attachment_missing"]);
    expect(walk.diagnostics[0]!.detail).toContain(`${id}@workspace/analytics`);
  });

  test("used outside this plan keep the connection from being deleted", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    await applied(core, [connection()]);
    await platform.attachments!.create({
      connection: key,
      workspace: "science",
    });
    const walk = await core.apply([]);
    expect(codesOf(walk.diagnostics)).toEqual(["in_use"]);
    expect(walk.diagnostics[0]!.detail).toContain("science");
    expect(core.stored.has("connection.warehouse")).toBe(true);
  });

  test("with overrides that make the connection invalid are refused at plan time", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    const { diagnostics } = await core.plan(
      all(
        {},
        {
          overrides: dynamic({ prot: 1, password: "x" }),
          removed_fields: ["host"],
        },
      ),
    );
    expect([...codesOf(diagnostics)].sort()).toEqual([
      "missing_field",
      "secret_in_config",
      "unknown_field",
    ]);
  });

  test.each([true, false])(
    "with a key beside the password of the connection are refused while planning, naming what removes it (the connection planned with it: %s)",
    async (together) => {
      const { core, platform } = setUp();
      await withPlaces(platform);
      const snowflake = connection({
        type: "snowflake",
        config: dynamic({ account: "xy12345", login: "loader" }),
        secrets_wo: dynamic({ password: "one" }),
      });
      const rest = [snowflake, attachment()];
      await applied(core, rest);
      const plan = (secrets: Given) =>
        core.plan([
          ...(together ? rest : []),
          link({ override_secrets_wo: dynamic(secrets as never) }),
        ]);
      if (!together) core.stored.clear();
      const { diagnostics } = await plan({ private_key: "PEM" });
      expect(codesOf(diagnostics)).toEqual(["invalid_configuration"]);
      expect(diagnostics[0]!.detail).toContain("password = null");
      const right = await plan({ private_key: "PEM", password: null });
      expect(right.diagnostics).toEqual([]);
    },
  );

  test("take away what removed_fields names, and nothing for a null", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    const linked = (removed: readonly string[]) =>
      all(
        {},
        { overrides: dynamic({ schema: null }), removed_fields: removed },
      );
    await applied(core, linked(["port"]));
    await expectSettled(core, linked(["port"]));
    const { port: _, ...without } = postgresql;
    expect(plain(stateOf(core, "link.prod")["effective"])).toEqual(without);
    expect((await platform.links!.tryFind(linkKey))?.overrides).toEqual({
      port: null,
    });
    const { diagnostics } = await core.plan(
      all({}, { overrides: dynamic({ port: null }) }),
    );
    expect(diagnostics.map(({ detail }) => detail)).toEqual([
      expect.stringContaining('write removed_fields = ["port"]'),
    ]);
    await applied(core, linked([]));
    await expectSettled(core, linked([]));
    expect((await platform.links!.tryFind(linkKey))?.overrides).toEqual({});
    const faulty = await core.plan(
      all(
        {},
        { overrides: dynamic({ port: 1 }), removed_fields: ["port", "a..b"] },
      ),
    );
    expect([...codesOf(faulty.diagnostics)].sort()).toEqual([
      "conflicting_arguments",
      "invalid_field",
    ]);
  });

  test("with overridden secrets notice a change by themselves, here and on the platform", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    const declared = (password: string) =>
      all({}, { override_secrets_wo: dynamic({ password }) });
    await applied(core, declared("one"));
    await expectSettled(core, declared("one"));
    expect(stateOf(core, "link.prod")).toMatchObject({
      override_secrets_revision: 1,
      override_secret_fields: ["password"],
    });
    await applied(core, declared("two"));
    expect(platform.overrideSecretsOf(linkKey)).toEqual({ password: "two" });
    await platform.links!.update({
      ...linkKey,
      overrides: { schema: "PROD", port: 6432 },
      overrideSecrets: new Secret({}),
    });
    const walk = await core.plan(declared("two"));
    expect(stateOf(core, "link.prod")["override_secrets_revision"]).toBe(0);
    expect(actions(walk)).toMatchObject({ "link.prod": "update" });
    await applied(core, declared("two"));
    await expectSettled(core, declared("two"));
    // As with ignore_changes: what is not given stays as it is.
    await expectSettled(core, all());
    await applied(core, all({ port: 6543 }));
    expect(platform.overrideSecretsOf(linkKey)).toEqual({ password: "two" });
    expect(stateOf(core, "link.prod")).toMatchObject({
      override_secret_fields: ["password"],
    });
    const none = all({}, { override_secrets_wo: dynamic({}) });
    await applied(core, none);
    expect(platform.overrideSecretsOf(linkKey)).toEqual({});
    await expectSettled(core, none);
    await expectSettled(core, all());
  });

  test("leave overridden secrets alone that were never declared", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    await applied(core, [connection(), attachment()]);
    await platform.links!.create({
      ...linkKey,
      overrides: {},
      overrideSecrets: new Secret({ password: "theirs" }),
    });
    expect(
      await core.import(
        { address: "link.prod", type: "patchbay_deployment_link" },
        `${id}@deployment/prod`,
      ),
    ).toEqual([]);
    await expectSettled(core, [connection(), attachment(), link()]);
    expect(platform.overrideSecretsOf(linkKey)).toEqual({ password: "theirs" });
  });

  test("changed by somebody else between plan and apply are not overwritten", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    await applied(core, all());
    const changed = all({}, { overrides: dynamic({ schema: "MINE" }) });
    const plan = await core.plan(changed);
    await platform.links!.update({
      ...linkKey,
      overrides: { schema: "THEIRS" },
    });
    const walk = await core.carryOut(changed, plan);
    expect(codesOf(walk.diagnostics)).toEqual(["conflict"]);
    await applied(core, changed);
  });

  test("that somebody else has changed since the plan are not removed", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    const rest = [connection(), attachment()];
    await applied(core, [...rest, link()]);
    const plan = await core.plan(rest);
    await platform.links!.update({
      connection: key,
      deployment: "prod",
      overrides: { schema: "THEIRS" },
    });
    const { diagnostics } = await core.carryOut(rest, plan);
    expect(codesOf(diagnostics)).toEqual(["conflict"]);
    await applied(core, rest);
  });

  test("of a connection managed elsewhere are refused when it changed since the plan", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    const elsewhere = { ...key, type: "postgresql", config: postgresql };
    await platform.connections.create(elsewhere);
    await platform.attachments!.create({
      connection: key,
      workspace: "analytics",
    });
    const declared = [link({ overrides: dynamic({ schema: "PROD" }) })];
    await applied(core, declared);
    const update = [link({ overrides: dynamic({ schema: "STAGE" }) })];
    const second = await core.plan(update);
    await platform.connections.update(key, {
      ...elsewhere,
      config: { ...postgresql, host: "new" },
    });
    expect(codesOf((await core.carryOut(update, second)).diagnostics)).toEqual([
      "parent_changed",
    ]);
    await applied(core, update);
    await expectSettled(core, update);
  });

  test("are refused by the write itself where nobody planned again before it", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    const elsewhere = { ...key, type: "postgresql", config: postgresql };
    await platform.connections.create(elsewhere);
    await platform.attachments!.create({
      connection: key,
      workspace: "analytics",
    });
    const declared = link({ overrides: dynamic({ schema: "PROD" }) });
    const { objects } = await core.plan([declared]);
    const { planned } = objects.get("link.prod")!;
    await platform.connections.update(key, {
      ...elsewhere,
      config: { ...postgresql, host: "new" },
    });
    await core.configure();
    const encoded = (record: CtyRecord | null) =>
      encodeDynamicValue(schemaType(linkSchema), record);
    const { diagnostics } = await core.service.applyResourceChange(
      {
        typeName: declared.type,
        priorState: encoded(null),
        plannedState: encoded(planned),
        config: encoded(recordOfSchema(linkSchema, declared.config("apply"))),
        plannedPrivate: new Uint8Array(),
      },
      new AbortController().signal,
    );
    expect(codesOf(diagnostics)).toEqual(["parent_changed"]);
    expect(platform.callCount("links.create")).toBe(0);
  });
});
