import { type Diagnostic, PatchbayError, Secret } from "../../diagnostics";
import type { PlatformDefinition } from "../../model";
import {
  createMemoryPlatform,
  everyCapability,
  type MemoryPlatform,
} from "../../testing";
import {
  type CtyValue,
  type CtyRecord,
  Dynamic,
  mapOf,
  STRING,
  recordOf,
  UNKNOWN,
} from "../wire";
import { connectionSchema } from "../schema/connection";
import { recordOfSchema } from "../schema/schema-type";
import { toValue } from "../state/values";
import {
  codesOf,
  type Declared,
  dynamic,
  SimulatedCore,
  type Walk,
} from "./core-fixture";

const acme = { kind: "organization", name: "acme" } as const;
const key = { owner: acme, name: "warehouse" };
const id = "organization/acme/warehouse";
const linkKey = { connection: key, deployment: "prod" };

function setUp(
  options: {
    readonly capabilities?: typeof everyCapability;
    readonly provider?: Readonly<Record<string, CtyValue>>;
  } = {},
): { readonly core: SimulatedCore; readonly platform: MemoryPlatform } {
  const { capabilities = everyCapability } = options;
  const platform = createMemoryPlatform({ organization: "acme", capabilities });
  const definition: PlatformDefinition = {
    name: "hub",
    title: "Hub",
    capabilities,
    description: "A platform in memory.",
    settings: [{ name: "token", description: "Token.", secret: true }],
    open: async () =>
      Promise.resolve({
        ...platform,
        name: "hub",
        close: async () => undefined,
      }),
  };
  const core = new SimulatedCore({
    platforms: [definition],
    provider: options.provider ?? { organization: "acme" },
  });
  return { core, platform };
}

async function withPlaces(platform: MemoryPlatform): Promise<void> {
  const management = platform.inventoryManagement!;
  for (const name of ["analytics", "science"])
    await management.createWorkspace({ owner: acme, name });
  for (const name of ["prod", "staging"])
    await management.createDeployment({
      owner: acme,
      name,
      workspace: "analytics",
    });
}

type Given = Readonly<Record<string, CtyValue>>;

const postgresql = { host: "db.example.com", login: "loader", port: 5432 };

function connection(
  given: Given = {},
  address = "connection.warehouse",
): Declared {
  return {
    address,
    type: "patchbay_connection",
    config: () => ({
      name: "warehouse",
      type: "postgresql",
      config: dynamic(postgresql),
      ...given,
    }),
  };
}

function attachment(
  given: Given = {},
  address = "attachment.analytics",
): Declared {
  return {
    address,
    type: "patchbay_workspace_attachment",
    config: () => ({ connection_id: id, workspace: "analytics", ...given }),
  };
}

function link(given: Given = {}, address = "link.prod"): Declared {
  return {
    address,
    type: "patchbay_deployment_link",
    config: () => ({ connection_id: id, deployment: "prod", ...given }),
  };
}

function workspace(
  given: Given = {},
  address = "workspace.analytics",
): Declared {
  return {
    address,
    type: "patchbay_workspace",
    config: () => ({ name: "analytics", ...given }),
  };
}

/** What is only known after apply while planning, for one declaration. */
function later(declared: Declared, planned: Given): Declared {
  return {
    ...declared,
    config: (phase) => ({
      ...declared.config(phase),
      ...(phase === "plan" ? planned : {}),
    }),
  };
}

function actions(walk: Walk): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...walk.objects].map(([address, { action }]) => [address, action]),
  );
}

async function applied(
  core: SimulatedCore,
  declared: readonly Declared[],
): Promise<Walk> {
  const walk = await core.apply(declared);
  expect(walk.diagnostics).toEqual([]);
  return walk;
}

/** Promise 1: a plan after an apply is empty. */
async function expectSettled(
  core: SimulatedCore,
  declared: readonly Declared[],
): Promise<void> {
  const walk = await core.plan(declared);
  expect(walk.diagnostics).toEqual([]);
  expect(
    Object.values(actions(walk)).filter((action) => action !== "no-op"),
  ).toEqual([]);
}

function stateOf(core: SimulatedCore, address: string): CtyRecord {
  return core.stored.get(address)!.state;
}

function plain(value: CtyValue | undefined): unknown {
  return JSON.parse(JSON.stringify(toValue(value ?? null)));
}

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
      `terraform import ADDRESS ${id}`,
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

  test("declared no more are removed; those never declared are left alone", async () => {
    const { core, platform } = setUp();
    await applied(core, [withSecrets("one")]);
    await applied(core, [connection()]);
    expect(platform.secretsOf(key)).toEqual({});
    expect(revision(core)).toBe(2);
    await expectSettled(core, [connection()]);
    await platform.connections.update(key, {
      ...key,
      type: "postgresql",
      config: postgresql,
      secrets: new Secret({ password: "theirs" }),
    });
    await expectSettled(core, [connection()]);
    expect(platform.secretsOf(key)).toEqual({ password: "theirs" });
  });

  test("with a version are sent again only when it changes", async () => {
    const { core, platform } = setUp();
    await applied(core, [withSecrets("one", { secrets_version: "1" })]);
    await expectSettled(core, [withSecrets("two", { secrets_version: "1" })]);
    expect(platform.secretsOf(key)).toEqual({ password: "one" });
    await applied(core, [withSecrets("two", { secrets_version: "2" })]);
    expect(platform.secretsOf(key)).toEqual({ password: "two" });
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
    expect(stateOf(core, "link.prod")["overridden_fields"]).toEqual([
      "port",
      "schema",
    ]);
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
      expect(walk.objects.get("link.prod")!.because).toEqual(["platform_id"]);
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
      all({}, { overrides: dynamic({ host: null, prot: 1, password: "x" }) }),
    );
    expect([...codesOf(diagnostics)].sort()).toEqual([
      "missing_field",
      "secret_in_config",
      "unknown_field",
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
      overridden_fields: ["password", "port", "schema"],
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
    await applied(core, all());
    expect(platform.overrideSecretsOf(linkKey)).toEqual({});
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
});

describe("workspaces and deployments", () => {
  const deployment: Declared = {
    address: "deployment.prod",
    type: "patchbay_deployment",
    config: () => ({ name: "prod", workspace: "analytics" }),
  };

  test("are created, replaced and destroyed", async () => {
    const { core } = setUp();
    await applied(core, [workspace(), deployment]);
    await expectSettled(core, [workspace(), deployment]);
    expect(stateOf(core, "deployment.prod")["id"]).toBe(
      "organization/acme/deployment/prod",
    );
    const walk = await core.plan([workspace({ name: "other" }), deployment]);
    expect(actions(walk)).toMatchObject({ "workspace.analytics": "replace" });
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
      ).toEqual(["missing_argument"]);
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
