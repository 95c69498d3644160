import { Secret } from "../../diagnostics";
import { KNOWN_AFTER_APPLY, type ObservedConnection } from "../../model";
import { createMemoryPlatform } from "../../testing";
import { connectionSchema } from "../schema/connection";
import { recordOfSchema } from "../schema/schema-type";
import { type CtyValue, Dynamic, recordOf, STRING, UNKNOWN } from "../wire";
import { codesOf, dynamic, type SimulatedCore } from "./core-fixture";
import {
  key,
  type Given,
  postgresql,
  connection,
  later,
  actions,
  applied,
  attachment,
  coreOn,
  expectSettled,
  link,
  stateOf,
  setUp,
  withPlaces,
} from "./declared-fixture";

describe("secrets", () => {
  const withSecrets = (password: CtyValue, more: Given = {}) =>
    connection({
      secrets_wo:
        password === null
          ? null
          : password instanceof Object
            ? password
            : dynamic({ password: String(password) }),
      ...more,
    });
  const revision = (core: SimulatedCore) =>
    stateOf(core, "connection.warehouse")["secrets_revision"];

  test("that are write-only are noticed when they change, and only then", async () => {
    const { core, platform } = setUp();
    await applied(core, [withSecrets("one")]);
    expect(revision(core)).toBe(1);
    await expectSettled(core, [withSecrets("one")]);
    const walk = await applied(core, [withSecrets("two")]);
    expect(actions(walk)).toEqual({ "connection.warehouse": "update" });
    expect(revision(core)).toBe(2);
    expect(platform.secretsOf(key)).toEqual({ password: "two" });
    const private_ = Buffer.from(
      core.stored.get("connection.warehouse")!.private,
    ).toString();
    expect(private_).not.toMatch(/one|two/);
    expect(JSON.stringify(stateOf(core, "connection.warehouse"))).not.toMatch(
      /"(one|two)"/,
    );
  });

  test("stay when only another argument changes", async () => {
    const { core, platform } = setUp();
    await applied(core, [withSecrets("one")]);
    await applied(core, [withSecrets("one", { description: "new" })]);
    expect(revision(core)).toBe(1);
    expect(platform.secretsOf(key)).toEqual({ password: "one" });
  });

  test.each<[title: string, Given]>([
    ["that are compared", {}],
    ["with a version", { secrets_wo_version: "1" }],
  ])("%s are sent along to another host, and only then", async (_, version) => {
    const { core, platform } = setUp();
    const to = (host: string, more: Given = {}) => [
      withSecrets("one", {
        ...version,
        ...more,
        config: dynamic({ host, login: "loader" }),
      }),
    ];
    await applied(core, to("a.example.com"));
    await applied(core, to("a.example.com", { description: "Ours." }));
    expect(revision(core)).toBe(1);
    const sent = jest.spyOn(platform.connections, "update");
    const walk = await applied(core, to("b.example.com"));
    expect(
      walk.objects.get("connection.warehouse")!.planned!["secrets_revision"],
    ).toBe(2);
    expect(sent.mock.calls[0]?.[1].secrets?.reveal()).toEqual({
      password: "one",
    });
    await expectSettled(core, to("b.example.com"));
    // What is known later may be the same.
    const knownLater = (host: string) =>
      to(host).map((one) =>
        later(one, {
          config: dynamic({ host: KNOWN_AFTER_APPLY, login: "loader" }),
        }),
      );
    await applied(core, knownLater("b.example.com"));
    expect(revision(core)).toBe(2);
    await applied(core, knownLater("c.example.com"));
    expect(revision(core)).toBe(3);
    await expectSettled(core, to("c.example.com"));
  });

  test("of a link are sent along where the host that its deployment sees is another one", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    const own = dynamic({ password: "own" });
    const to = (host: string, more: Given = {}) => [
      connection({ config: dynamic({ host, login: "loader" }) }),
      attachment(),
      link({ override_secrets_wo: own, ...more }),
    ];
    await applied(core, to("a.example.com"));
    await expectSettled(core, to("a.example.com"));
    platform.resetCalls();
    await applied(core, to("b.example.com"));
    expect(platform.callCount("links.update")).toBe(1);
    await expectSettled(core, to("b.example.com"));
    const overrides = dynamic({ host: "b.example.com" });
    await applied(core, to("b.example.com", { overrides }));
    await applied(core, to("c.example.com", { overrides }));
    expect(stateOf(core, "link.prod")["override_secrets_revision"]).toBe(2);
    const walk = await core.plan(
      to("c.example.com", { override_secrets_wo: null }),
    );
    expect(codesOf(walk.diagnostics)).toEqual(["destination_changed"]);
  });

  test.each<[title: string, secrets: CtyValue]>([
    ["a number", dynamic({ password: 12345 })],
    ["a null beside others", dynamic({ password: "x", ssl_key: null })],
    ["nothing but a null", dynamic({ password: null })],
    ["no field", dynamic({})],
  ])("with %s are settled after one apply", async (_title, secrets) => {
    const { core } = setUp();
    await applied(core, [withSecrets(secrets)]);
    await expectSettled(core, [withSecrets(secrets)]);
  });

  test("fall to revision 0 when they were changed elsewhere, and are sent again", async () => {
    const { core, platform } = setUp();
    await applied(core, [withSecrets("one")]);
    await platform.connections.update(key, {
      ...key,
      type: "postgresql",
      config: postgresql,
      secrets: new Secret({
        password: "stolen",
      }),
    });
    const walk = await core.plan([withSecrets("one")]);
    expect(actions(walk)).toEqual({ "connection.warehouse": "update" });
    expect(revision(core)).toBe(0);
    expect(walk.objects.get("connection.warehouse")!.planned).toMatchObject({
      secrets_revision: 2,
    });
    await applied(core, [withSecrets("one")]);
    expect(platform.secretsOf(key)).toEqual({ password: "one" });
    await expectSettled(core, [withSecrets("one")]);
  });

  test("that are not given stay as they are, as ignore_changes = [secrets_wo] wants it, and no plan shows them", async () => {
    const { core, platform } = setUp();
    await applied(core, [withSecrets("one")]);
    // Core takes the state's value of an ignored argument, and a state holds no write-only one.
    await expectSettled(core, [connection()]);
    await applied(core, [connection({ description: "new" })]);
    expect(platform.secretsOf(key)).toEqual({ password: "one" });
    expect(stateOf(core, "connection.warehouse")).toMatchObject({
      secret_fields: ["password"],
      secrets_revision: 1,
    });
    await expectSettled(core, [withSecrets("one", { description: "new" })]);
    await applied(core, [withSecrets("two")]);
    expect(platform.secretsOf(key)).toEqual({ password: "two" });
  });

  test.each(["geheim\n", " geheim", "TODO"])(
    "that are doubtful are told of when they are sent, without an attribute whose source line core would print: %j",
    async (password) => {
      const { core } = setUp();
      const walk = await core.apply([withSecrets(password)]);
      expect(codesOf(walk.diagnostics)).toEqual(["doubtful_secret"]);
      const [told] = walk.diagnostics;
      expect(told).toMatchObject({ severity: "warning" });
      expect(told).not.toHaveProperty("attribute");
      expect(told!.detail).toContain("Path: secrets_wo.password\n");
      expect(JSON.stringify(told)).not.toMatch(/geheim|TODO/);
      // What stays as it is was told about when it was sent.
      await expectSettled(core, [withSecrets(password)]);
    },
  );

  test("that are stored and taken out of the configuration stay, and the plan says how to remove them", async () => {
    const { core, platform } = setUp();
    await applied(core, [connection({ secrets: dynamic({ password: "1" }) })]);
    const walk = await core.apply([connection()]);
    expect(codesOf(walk.diagnostics)).toEqual(["secrets_kept"]);
    expect(walk.diagnostics[0]).toMatchObject({ severity: "warning" });
    expect(walk.diagnostics[0]!.detail).toContain("secrets_wo = {}");
    expect(platform.secretsOf(key)).toEqual({ password: "1" });
    await expectSettled(core, [connection()]);
  });

  test("that are not given are not there in a connection that is made anew, and the plan says so", async () => {
    for (const replace of [true, false]) {
      const { core, platform } = setUp();
      await applied(core, [withSecrets("one")]);
      const other = connection(replace ? {} : { type: "mysql" });
      const walk = await core.plan([{ ...other, replace }]);
      expect(codesOf(walk.diagnostics)).toEqual(["replaces_connection"]);
      expect(walk.diagnostics[0]!.detail).toContain("password");
      await core.carryOut([{ ...other, replace }], walk);
      expect(platform.secretsOf(key)).toEqual({});
    }
  });

  test("of which {} leaves none are removed, also those that were set by others; those never declared are left alone", async () => {
    const { core, platform } = setUp();
    const none = withSecrets(dynamic({}));
    await applied(core, [withSecrets("one")]);
    await applied(core, [none]);
    expect(platform.secretsOf(key)).toEqual({});
    expect(revision(core)).toBe(2);
    await expectSettled(core, [none]);
    await expectSettled(core, [connection()]);
    await platform.connections.update(key, {
      ...key,
      type: "postgresql",
      config: postgresql,
      secrets: new Secret({ password: "theirs" }),
    });
    await expectSettled(core, [connection()]);
    expect(platform.secretsOf(key)).toEqual({ password: "theirs" });
    await applied(core, [none]);
    expect(platform.secretsOf(key)).toEqual({});
    await expectSettled(core, [none]);
  });

  test("with a version are sent again only when it changes", async () => {
    const { core, platform } = setUp();
    await applied(core, [withSecrets("one", { secrets_version: "1" })]);
    await expectSettled(core, [withSecrets("two", { secrets_version: "1" })]);
    expect(platform.secretsOf(key)).toEqual({ password: "one" });
    await applied(core, [withSecrets("two", { secrets_version: "2" })]);
    expect(platform.secretsOf(key)).toEqual({ password: "two" });
  });

  test("that the type needs are missed at plan, on creation and when they would go", async () => {
    const { core, platform } = setUp();
    const snowflake = (given: Given) =>
      connection({
        type: "snowflake",
        config: dynamic({ account: "xy12345", login: "loader" }),
        ...given,
      });
    const none = await core.plan([snowflake({})]);
    expect(codesOf(none.diagnostics)).toEqual(["missing_field"]);
    await applied(core, [
      snowflake({ secrets_wo: dynamic({ password: "one" }) }),
    ]);
    await expectSettled(core, [snowflake({})]);
    const removed = await core.plan([snowflake({ secrets_wo: dynamic({}) })]);
    expect(codesOf(removed.diagnostics)).toEqual(["missing_field"]);
    expect(platform.secretsOf(key)).toEqual({ password: "one" });
  });

  test("that the platform shows beside plain fields stay out of the state", async () => {
    const memory = createMemoryPlatform({ organization: "acme" });
    const shown = (observed: ObservedConnection) => ({
      ...observed,
      config: { ...observed.config, ...memory.secretsOf(observed) },
    });
    const core = coreOn({
      ...memory,
      connections: {
        ...memory.connections,
        tryFind: async (...given) => {
          const observed = await memory.connections.tryFind(...given);
          return observed && shown(observed);
        },
      },
    });
    const declared = [
      connection({
        type: "hub:anything",
        config: dynamic({ a: 1 }),
        secrets_wo: dynamic({ token: "one" }),
      }),
    ];
    await applied(core, declared);
    await expectSettled(core, declared);
    expect(JSON.stringify(stateOf(core, "connection.warehouse"))).not.toContain(
      '"one"',
    );
  });

  test("may be in the state", async () => {
    const { core, platform } = setUp();
    const declared = [connection({ secrets: dynamic({ password: "kept" }) })];
    await applied(core, declared);
    await expectSettled(core, declared);
    expect(platform.secretsOf(key)).toEqual({ password: "kept" });
    await applied(core, [
      connection({ secrets: dynamic({ password: "new" }) }),
    ]);
    expect(platform.secretsOf(key)).toEqual({ password: "new" });
    await applied(core, [withSecrets("new")]);
    await expectSettled(core, [withSecrets("new")]);
  });

  test("in both arguments are refused", async () => {
    const { core } = setUp();
    const { diagnostics } = await core.plan([
      withSecrets("one", { secrets: dynamic({ password: "two" }) }),
    ]);
    expect(codesOf(diagnostics)).toEqual(["conflicting_arguments"]);
  });

  test.each<[title: string, planned: CtyValue, came: CtyValue]>([
    ["a whole that came to a value", UNKNOWN, dynamic({ password: "x" })],
    ["a whole that came to null", UNKNOWN, null],
    ["a whole that came to nothing", UNKNOWN, dynamic({})],
    [
      "a part that came to a value",
      new Dynamic(
        { kind: "object", attributes: { password: STRING } },
        recordOf([["password", UNKNOWN]]),
      ),
      dynamic({ password: "x" }),
    ],
    [
      "a part that came to null",
      new Dynamic(
        { kind: "object", attributes: { password: STRING } },
        recordOf([["password", UNKNOWN]]),
      ),
      new Dynamic(
        { kind: "object", attributes: { password: STRING } },
        recordOf([["password", null]]),
      ),
    ],
  ])(
    "known after apply: %s, on creation and on a change",
    async (_title, planned, came) => {
      const { core } = setUp();
      const unknown = later(withSecrets(came), { secrets_wo: planned });
      await applied(core, [unknown]);
      await expectSettled(core, [withSecrets(came)]);
      await applied(core, [withSecrets("before")]);
      await applied(core, [unknown]);
      await expectSettled(core, [withSecrets(came)]);
    },
  );

  test("that are write-only are refused from a client that would store them", async () => {
    const { core } = setUp();
    const config = recordOfSchema(
      connectionSchema,
      withSecrets("one").config("plan"),
    );
    const diagnostics = await core.validate(
      "patchbay_connection",
      config,
      false,
    );
    expect(codesOf(diagnostics)).toEqual(["client_too_old"]);
    expect(diagnostics[0]!.detail).toContain("1.11");
  });
});
