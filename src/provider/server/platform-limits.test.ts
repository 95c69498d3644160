import { errorDiagnostic } from "../../diagnostics";
import {
  type Access,
  type Connection,
  isObject,
  type Link,
  type Platform,
} from "../../model";
import {
  createMemoryPlatform,
  everyCapability,
  type MemoryPlatform,
} from "../../testing";
import { type CtyValue, recordOf, toDynamic, UNKNOWN } from "../wire";
import { attributeOf, codesOf, dynamic } from "./core-fixture";
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
  plain,
  postgresql,
  setUp,
  stateOf,
  withPlaces,
} from "./declared-fixture";

describe("what a platform cannot hold", () => {
  /** A platform without schemas, without tokens and without overridden ports. */
  function limited(): {
    readonly platform: MemoryPlatform;
    readonly checked: Connection[];
    readonly core: ReturnType<typeof coreOn>;
  } {
    const memory = createMemoryPlatform({ organization: "acme" });
    const checked: Connection[] = [];
    const refused = (path: readonly string[]) =>
      errorDiagnostic({ code: "unsupported", path, detail: "Leave it out." });
    const platform: Platform = {
      ...memory,
      connections: {
        ...memory.connections,
        check: (declared: Connection) => {
          checked.push(declared);
          return [
            ...("schema" in declared.config
              ? [refused(["config", "schema"])]
              : []),
            ...(declared.secrets !== undefined &&
            !("password" in declared.secrets.reveal())
              ? [refused(["secrets", "password"])]
              : []),
          ];
        },
      },
      links: {
        ...memory.links!,
        check: ({ overrides }: Link, parent) =>
          "port" in overrides && parent.type === "postgresql"
            ? [refused(["overrides", "port"])]
            : [],
      },
    };
    return { platform: memory, checked, core: coreOn(platform) };
  }

  const withPassword = {
    secrets_wo: dynamic({ password: "pw-1" }),
  };

  test("is told in the plan, at the argument, and nothing is sent", async () => {
    const { core, platform } = limited();
    const walk = await core.plan([
      connection({
        ...withPassword,
        config: dynamic({ ...postgresql, schema: "PROD" }),
      }),
    ]);
    expect(codesOf(walk.diagnostics)).toEqual(["unsupported"]);
    expect(attributeOf(walk.diagnostics)).toEqual(["config"]);
    expect(platform.callCounts()).toEqual({});
  });

  test("of secrets is told at whichever argument gives them", async () => {
    const { core } = limited();
    for (const argument of ["secrets", "secrets_wo"]) {
      const { diagnostics } = await core.plan([
        connection({ [argument]: dynamic({ sslkey: "…" }) }),
      ]);
      expect(attributeOf(diagnostics)[0]).toBe(argument);
    }
  });

  test("is looked for as soon as what it depends on is known", async () => {
    const { core, checked } = limited();
    const unknownConfig = connection({ ...withPassword, config: UNKNOWN });
    expect((await core.plan([unknownConfig])).diagnostics).toEqual([]);
    expect(checked).toEqual([]);
    const unknownSecrets = connection({ secrets_wo: UNKNOWN });
    expect((await core.plan([unknownSecrets])).diagnostics).toEqual([]);
    expect(checked[0]).toMatchObject({ name: "warehouse" });
    expect(checked[0]!.secrets).toBeUndefined();
  });

  test("because secrets are missing is told where there will be none, and not where there may be some", async () => {
    const { core } = limited();
    expect(codesOf((await core.plan([connection()])).diagnostics)).toEqual([
      "unsupported",
    ]);
    await applied(core, [connection(withPassword)]);
    const none = connection({ secrets_wo: dynamic({}) });
    expect(codesOf((await core.plan([none])).diagnostics)).toEqual([
      "unsupported",
    ]);

    const imported = limited();
    await imported.platform.connections.create({
      ...key,
      type: "postgresql",
      config: postgresql,
    });
    expect(await imported.core.import(connection(), id)).toEqual([]);
    await expectSettled(imported.core, [connection()]);
  });

  test("of overrides is told in the plan of the link", async () => {
    const { core, platform } = limited();
    await withPlaces(platform);
    const { diagnostics } = await core.plan([
      connection(withPassword),
      attachment(),
      link({ overrides: dynamic({ port: 6432 }) }),
    ]);
    expect(codesOf(diagnostics)).toEqual(["unsupported"]);
    expect(attributeOf(diagnostics)).toEqual(["overrides"]);
  });
});

describe("a field that has its default", () => {
  const withoutPort = { host: "db.example.com", login: "loader" };

  test.each<[title: string, first: object, second: object]>([
    ["written out after it was not", withoutPort, postgresql],
    ["no longer written out", postgresql, withoutPort],
  ])("is no change when it is %s", async (_title, first, second) => {
    const { core } = setUp();
    await applied(core, [connection({ config: dynamic({ ...first }) })]);
    await expectSettled(core, [connection({ config: dynamic({ ...second }) })]);
  });

  test("is no drift when somebody else writes it out, for a link either", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    const declared = [
      connection({ config: dynamic(withoutPort) }),
      attachment(),
      link({ overrides: dynamic({ schema: "PROD" }) }),
    ];
    await applied(core, declared);
    await platform.connections.update(key, {
      ...key,
      type: "postgresql",
      config: postgresql,
    });
    await expectSettled(core, declared);
    const seen = plain(stateOf(core, "link.prod")["effective"]);
    expect(isObject(seen as never) && Object.keys(seen as object)).toEqual([
      "host",
      "login",
      "schema",
    ]);
  });

  test("is an override like any other", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    const declared = (overrides: CtyValue) => [
      connection({ config: dynamic({ ...postgresql, port: 6432 }) }),
      attachment(),
      link({ overrides }),
    ];
    await applied(core, declared(dynamic({})));
    const overridden = declared(dynamic({ port: 5432 }));
    expect(actions(await applied(core, overridden))).toMatchObject({
      "link.prod": "update",
    });
    expect(plain(stateOf(core, "link.prod")["effective"])).toMatchObject({
      port: 5432,
    });
    await expectSettled(core, overridden);
  });
});

test("a field that cannot be taken back is changed in place and replaced when it goes", async () => {
  const { core } = setUp({
    capabilities: {
      ...everyCapability,
      irremovableFields: { postgresql: ["schema", "port"] },
    },
  });
  const declared = (fields: object) => [
    connection({ config: dynamic({ ...postgresql, ...fields }) }),
  ];
  await applied(core, declared({ schema: "A" }));
  expect(actions(await applied(core, declared({ schema: "B" })))).toEqual({
    "connection.warehouse": "update",
  });
  const walk = await core.plan(declared({}));
  expect(actions(walk)).toEqual({ "connection.warehouse": "replace" });
  expect(walk.diagnostics).toMatchObject([
    {
      severity: "warning",
      detail: expect.stringContaining("change to schema in place") as string,
    },
  ]);
  // Its default is what it was, so that nothing is taken back.
  await expectSettled(core, [
    connection({
      config: dynamic({ host: "db.example.com", login: "loader", schema: "B" }),
    }),
  ]);
});

test.each([
  ["the field is", "schema"],
  ["all fields are", "config"],
])(
  "a field that cannot be taken back is warned of while %s known after apply",
  async (_what, later) => {
    const { core } = setUp({
      capabilities: {
        ...everyCapability,
        irremovableFields: { "*": ["schema", "ssl_mode"] },
      },
    });
    const before = { ...postgresql, schema: "PROD" };
    await applied(core, [connection({ config: dynamic(before) })]);
    const { diagnostics } = await core.plan([
      connection({
        config:
          later === "config"
            ? UNKNOWN
            : toDynamic({ ...postgresql, schema: UNKNOWN }),
      }),
    ]);
    expect(codesOf(diagnostics)).toEqual(["replaces_connection"]);
    expect(diagnostics[0]).toMatchObject({ severity: "warning" });
    expect(diagnostics[0]!.detail).toContain("cannot take back schema, and");
  },
);

test("a field that replaces is warned of where Terraform marks nothing else, and said to be known after apply where it is", async () => {
  const { core } = setUp({
    capabilities: { ...everyCapability, immutableFields: { "*": ["host"] } },
  });
  await applied(core, [connection()]);
  const moved = dynamic({ ...postgresql, host: "elsewhere" });
  expect(
    (await core.plan([connection({ type: "mysql", config: moved })]))
      .diagnostics,
  ).toEqual([]);
  expect(
    (await core.plan([connection({ config: moved })])).diagnostics,
  ).toMatchObject([
    {
      detail: expect.stringContaining(
        "cannot make this change to host in place, so organization/acme/warehouse is destroyed",
      ) as string,
    },
  ]);
  expect(
    (await core.plan([connection({ config: UNKNOWN })])).diagnostics,
  ).toMatchObject([
    {
      detail: expect.stringContaining(
        "cannot change host in place, and its value is known after apply, so",
      ) as string,
    },
  ]);
});

test("a platform may check in methods of its own", async () => {
  const memory = createMemoryPlatform({ organization: "acme" });
  class Checked {
    readonly fault = errorDiagnostic({
      code: "unsupported",
      path: ["config", "host"],
      detail: "Leave it out.",
    });
    check() {
      return [this.fault];
    }
  }
  const core = coreOn({
    ...memory,
    connections: Object.assign(new Checked(), memory.connections),
  });
  const { diagnostics } = await core.plan([connection()]);
  expect(codesOf(diagnostics)).toEqual(["unsupported"]);
});

describe("the folder of a connection", () => {
  const inFolder = (parent: string) => [connection({ parent })];

  test("may be given by path or by id, and is left alone where it is not given", async () => {
    const { core, platform } = setUp();
    await applied(core, inFolder("Production/Databases"));
    await expectSettled(core, inFolder("Production/Databases"));
    await applied(core, inFolder("folder:Production/Databases"));
    await expectSettled(core, inFolder("folder:Production/Databases"));
    await applied(core, [connection()]);
    await expectSettled(core, [connection()]);
    expect((await platform.connections.tryFind(key))?.folder?.path).toBe(
      "Production/Databases",
    );
  });

  test("that was changed elsewhere is drift, back to the top level as well", async () => {
    const { core, platform } = setUp();
    await applied(core, inFolder("/"));
    await platform.connections.update(key, {
      ...key,
      type: "postgresql",
      config: postgresql,
      parent: "Archive",
    });
    expect(actions(await core.plan(inFolder("/")))).toEqual({
      "connection.warehouse": "update",
    });
    expect(stateOf(core, "connection.warehouse")["parent"]).toBe("Archive");
    await applied(core, inFolder("/"));
    expect((await platform.connections.tryFind(key))?.folder).toBeUndefined();
    await expectSettled(core, inFolder("/"));
  });

  test("is refused where the platform has none", async () => {
    const features = everyCapability.features.filter(
      (feature) => feature !== "folders",
    );
    const { core } = setUp({ capabilities: { ...everyCapability, features } });
    const { diagnostics } = await core.plan(inFolder("Production"));
    expect(codesOf(diagnostics)).toEqual(["unsupported"]);
    expect(attributeOf(diagnostics)).toEqual(["parent"]);
  });
});

describe("an access list that takes a request of its own", () => {
  function withAccessPort(): {
    readonly core: ReturnType<typeof coreOn>;
    readonly asked: string[];
    readonly lists: Map<string, Access>;
  } {
    const memory = createMemoryPlatform({ organization: "acme" });
    const lists = new Map<string, Access>();
    const asked: string[] = [];
    const { connections } = memory;
    const remember = ({ name, access }: Connection) => {
      if (access !== undefined) lists.set(name, access);
    };
    const platform: Platform = {
      ...memory,
      connections: {
        ...connections,
        create: async (declared, options) => {
          remember(declared);
          return connections.create(
            { ...declared, access: undefined },
            options,
          );
        },
        update: async (of, declared, options) => {
          remember(declared);
          return connections.update(
            of,
            { ...declared, access: undefined },
            options,
          );
        },
      },
      access: {
        find: ({ name }) => {
          asked.push(name);
          return Promise.resolve(lists.get(name) ?? {});
        },
      },
    };
    return { core: coreOn(platform), asked, lists };
  }

  const use = (principals: readonly string[]) => ({
    access: recordOf([
      ["view", null],
      ["use", principals],
      ["edit", null],
    ]),
  });

  test("is read for connections that declare one, and drifts", async () => {
    const { core, asked, lists } = withAccessPort();
    await applied(core, [connection()]);
    await expectSettled(core, [connection()]);
    expect(asked).toEqual([]);
    const declared = [connection(use(["org/acme", "tenant"]))];
    await applied(core, declared);
    await expectSettled(core, declared);
    expect(asked).toContain("warehouse");
    lists.set("warehouse", { use: ["org/acme"] });
    expect(actions(await core.plan(declared))).toEqual({
      "connection.warehouse": "update",
    });
    await applied(core, declared);
    await expectSettled(core, declared);
  });

  test("is taken over by an import, which lists that name nobody are not", async () => {
    const { core, lists } = withAccessPort();
    await applied(core, [connection(use(["org/acme"]))]);
    core.stored.clear();
    expect(await core.import(connection(), id)).toEqual([]);
    expect(plain(stateOf(core, "connection.warehouse")["access"])).toEqual({
      view: null,
      use: ["org/acme"],
      edit: null,
    });
    await expectSettled(core, [connection(use(["org/acme"]))]);
    await expectSettled(core, [connection()]);
    await applied(core, [connection({ description: "not about access" })]);
    expect(lists.get("warehouse")?.use).toEqual(["org/acme"]);

    lists.set("warehouse", { use: [] });
    core.stored.clear();
    expect(await core.import(connection(), id)).toEqual([]);
    expect(stateOf(core, "connection.warehouse")["access"]).toBeNull();
  });
});
