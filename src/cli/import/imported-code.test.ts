import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errorDiagnostic, PatchbayError, Secret } from "../../diagnostics";
import type { Access, Connection, ConnectionPort, Platform } from "../../model";
import { createMemoryPlatform, everyCapability } from "../../testing";
import {
  acme,
  codeFor,
  filledPlatform,
} from "../../../test/support/import-fixture";
import {
  expectToCompile,
  synthesizeImported,
} from "../../../test/support/imported-stack";
import type { CodeForm, ImportedCode } from "./imported-code";

const textOf = ({ files }: ImportedCode) =>
  files.map(({ name, text }) => `// ${name}\n${text}`).join("\n");

describe.each(["hcl", "constructs"] satisfies CodeForm[])("as %s", (form) => {
  test("everything of an owner is written, secrets as references", async () => {
    const code = await codeFor(await filledPlatform(), form);
    expect(textOf(code)).toMatchSnapshot();
    expect(code.notes).toMatchSnapshot();
    expect(JSON.stringify(code)).not.toContain("never-shown");
  });

  test("without secrets nothing refers to any", async () => {
    const code = await codeFor(await filledPlatform(), form, {
      withSecrets: false,
    });
    expect(textOf(code)).not.toMatch(/secret|variable/i);
    expect(code.declarations.variables).toEqual([]);
  });

  test("the same objects give the same code, in whatever order the platform lists them", async () => {
    const platform = await filledPlatform();
    const reversed: Platform = {
      ...platform,
      connections: {
        ...platform.connections,
        list: async (owner) =>
          [...(await platform.connections.list!(owner))].reverse(),
      },
    };
    expect((await codeFor(reversed, form)).files).toEqual(
      (await codeFor(platform, form)).files,
    );
  });
});

test("the constructs compile, and say what HCL says", async () => {
  const outdir = mkdtempSync(join(tmpdir(), "patchbay-import-"));
  try {
    const { files } = await codeFor(
      { ...(await filledPlatform()), name: "astro" },
      "constructs",
      {
        settings: [
          { name: "organization_id", value: "${x}", isRelativePath: false },
        ],
      },
    );
    expectToCompile([files[0]!.text]);
    const document = JSON.parse(
      synthesizeImported(files[0]!.text, outdir),
    ) as Record<string, Record<string, unknown>>;
    expect(document["provider"]).toEqual({
      patchbay: [{ organization: "acme", astro: { organization_id: "$${x}" } }],
    });
    expect(document["import"]).toHaveLength(9);
    const { main_warehouse, events } = (
      document["resource"] as Record<string, Record<string, unknown>>
    )["patchbay_connection"]!;
    expect(main_warehouse).toMatchObject({
      parent: "Production/$${stage} databases",
      access: { view: ["tenant"], edit: ["role/$${admin}", "user/zoe"] },
    });
    // Lists without anybody and the top level are what a connection has by itself.
    expect(events).not.toHaveProperty("access");
    expect(events).not.toHaveProperty("parent");
    expect(Object.keys(document["variable"]!).sort()).toEqual([
      "EVENTS_SECRET_HEADERS_X_API_KEY",
      "EVENTS_TOKEN",
      "GITHUB_TOKEN",
      "MAIN_WAREHOUSE_PASSWORD",
      "MAIN_WAREHOUSE_PROD_PASSWORD",
    ]);
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

test("where nobody manages them, workspaces and deployments are names", async () => {
  const platform = createMemoryPlatform({
    capabilities: {
      ...everyCapability,
      features: everyCapability.features.filter(
        (feature) => feature !== "manage_inventory",
      ),
    },
  });
  const filled = await filledPlatform();
  const code = await codeFor(
    { ...filled, inventoryManagement: platform.inventoryManagement },
    "hcl",
  );
  expect(textOf(code)).not.toContain("patchbay_workspace.");
  expect(textOf(code)).toContain('workspace     = "analytics"');
  expect(textOf(code)).toContain('deployment    = "prod"');
});

test.each<[title: string, told: readonly string[], note: string]>([
  ["any", [], "so the code refers to none. Those"],
  [
    "some",
    ["events"],
    "so the code of these connections refers to none: organization/acme/Main warehouse, organization/acme/github. Those",
  ],
])(
  "where the platform does not tell %s of the secrets, the note says of which connections",
  async (_title, told, note) => {
    const platform = await filledPlatform();
    const { notes } = await codeFor(
      {
        ...platform,
        connections: {
          ...platform.connections,
          list: async (owner) =>
            (await platform.connections.list!(owner)).map((connection) =>
              told.includes(connection.name)
                ? connection
                : { ...connection, secretFields: undefined },
            ),
        },
      },
      "hcl",
    );
    expect(notes).toContainEqual(
      expect.stringContaining(
        `Memory does not tell which secrets are set, ${note}`,
      ),
    );
  },
);

test("where nothing is, nothing is written", async () => {
  const { files } = await codeFor(createMemoryPlatform(), "hcl");
  expect(files).toEqual([]);
});

describe("a platform that lists nothing", () => {
  const unlisted = async (): Promise<Platform> => {
    const platform = await filledPlatform();
    const all = await platform.connections.list!(acme);
    const connections: ConnectionPort = {
      ...platform.connections,
      tryFindByPlatformId: async (id) =>
        all.find(({ platformId }) => platformId === id),
    };
    delete connections.list;
    return {
      ...platform,
      capabilities: {
        ...platform.capabilities,
        features: platform.capabilities.features.filter(
          (feature) => feature !== "list",
        ),
        instead: { list: "It has no such call." },
      },
      connections,
    };
  };

  test("is asked for ids, which are the import ids, too", async () => {
    const platform = await unlisted();
    const found = await platform.connections.tryFind({
      owner: acme,
      name: "events",
    });
    const { platformId } = found!;
    const code = await codeFor(platform, "hcl", { platformIds: [platformId] });
    expect(code.declarations.connections).toMatchObject([
      { name: "events", importId: platformId },
    ]);
    expect(textOf(code)).toContain(`id = "${platformId}"`);
  });

  test("says what to do where none is given", async () => {
    await expect(codeFor(await unlisted(), "hcl")).rejects.toThrow(
      "Not supported by this platform (unsupported): Memory has no support for listing connections. It has no such call. Name the connections by their ids on the platform: --id ID, once for each.",
    );
  });

  test("names the ids that it does not know", async () => {
    await expect(
      codeFor(await unlisted(), "hcl", { platformIds: ["no-such"] }),
    ).rejects.toThrow('Memory has no connection with the id "no-such".');
  });
});

test("where names are enough, ids are refused", async () => {
  await expect(
    codeFor(await filledPlatform(), "hcl", { platformIds: ["1"] }),
  ).rejects.toThrow("Leave out --id");
});

describe("a platform whose listing is without access lists", () => {
  const lists: Readonly<Record<string, Access>> = {
    "Main warehouse": { view: ["user/zoe", "user/ann"] },
    events: { edit: ["team/events"], view: [] },
    github: {},
  };
  const unshown = async (
    find: (name: string) => Promise<Access>,
  ): Promise<Platform> => {
    const platform = await filledPlatform();
    return {
      ...platform,
      connections: {
        ...platform.connections,
        list: async (owner) =>
          (await platform.connections.list!(owner)).map((connection) => ({
            ...connection,
            access: undefined,
          })),
      },
      access: {
        find: async ({ name }, options) => {
          expect(options?.platformId).toMatch(/^connection-/);
          return await find(name);
        },
      },
    };
  };

  test("is asked for those of each connection", async () => {
    const platform = await unshown(async (name) => lists[name]!);
    const { declarations } = await codeFor(platform, "hcl");
    expect(
      declarations.connections.map(({ name, access }) => [name, access]),
    ).toEqual([
      ["Main warehouse", { view: ["user/ann", "user/zoe"] }],
      ["events", { edit: ["team/events"] }],
      ["github", undefined],
    ]);
  });

  test("where it refuses to tell, nothing is written: an import would be refused, too", async () => {
    const platform = await unshown(() =>
      Promise.reject(
        new PatchbayError({ code: "forbidden", detail: "Ask an admin." }),
      ),
    );
    await expect(codeFor(platform, "hcl")).rejects.toThrow("Ask an admin.");
  });
});

test.each<[place: string, sly: Partial<Connection>]>([
  ["field", { config: { text: "${TfToken[TOKEN.0]}" } }],
  ["description", { description: "${TfToken[TOKEN.0]}" }],
  ["folder", { parent: "A/${TfToken[TOKEN.0]}" }],
  ["principal", { access: { use: ["user/${TfToken[TOKEN.0]}"] } }],
])(
  "a %s that cdktf would take for its own is not written into a construct",
  async (_place, sly) => {
    const platform = createMemoryPlatform();
    await platform.connections.create({
      owner: acme,
      name: "sly",
      type: "memory:x",
      config: {},
      ...sly,
    });
    await expect(codeFor(platform, "constructs")).rejects.toMatchObject({
      diagnostics: [
        {
          code: "import_failed",
          detail: expect.stringContaining(
            "organization/acme/sly holds the text",
          ) as string,
        },
      ],
    });
    expect(textOf(await codeFor(platform, "hcl"))).toContain(
      "$${TfToken[TOKEN.0]}",
    );
  },
);

describe("what no plan would accept is said beforehand:", () => {
  test("what the type's schema does not know", async () => {
    const platform = createMemoryPlatform();
    await platform.connections.create({
      owner: acme,
      name: "odd",
      type: "postgresql",
      config: { host: "db", login: "x", prot: 1 },
      secrets: new Secret({ password: "never-shown" }),
      autoLinkExcept: ["prod"],
    });
    const { notes, files } = await codeFor(platform, "constructs");
    expect(notes).toEqual([
      expect.stringContaining("1 variable for them"),
      expect.stringMatching(
        /^organization\/acme\/odd cannot be declared as it is, .* Unknown field at config\.prot/,
      ),
    ]);
    // Kept, although they count only with auto-link.
    expect(files[0]!.text).toContain('autoLinkExcept: ["prod"]');
    // The typed construct has no prop for it.
    expect(files[0]!.text).toContain("new Connection(this, ");
  });

  test("a principal of no kind that there is", async () => {
    const platform = createMemoryPlatform();
    await platform.connections.create({
      owner: acme,
      name: "odd",
      type: "memory:x",
      config: {},
      access: { view: ["jane"] },
    });
    expect((await codeFor(platform, "hcl")).notes).toEqual([
      expect.stringMatching(
        /^organization\/acme\/odd cannot be declared .* at access\.view \(invalid_field\): "jane" does not say who/,
      ),
    ]);
  });

  test("what the platform does not hold as declared, of connections and of links", async () => {
    const platform = await filledPlatform();
    const asked: Connection[] = [];
    const { notes } = await codeFor(
      {
        ...platform,
        connections: {
          ...platform.connections,
          check: (connection) => {
            asked.push(connection);
            return connection.name === "github"
              ? [
                  errorDiagnostic({
                    code: "unsupported",
                    path: ["config", "off"],
                    detail: "It is always on. Remove off.",
                  }),
                ]
              : [];
          },
        },
        links: {
          ...platform.links!,
          check: ({ overrides }, { type }) =>
            Object.keys(overrides).map((field) =>
              errorDiagnostic({
                code: "unsupported",
                path: ["overrides", field],
                detail: `No deployment has its own ${field} of ${type}.`,
              }),
            ),
        },
      },
      "hcl",
    );
    expect(notes.slice(1)).toEqual([
      expect.stringMatching(
        /^organization\/acme\/Main warehouse@deployment\/prod cannot be declared .* at overrides\.schema \(unsupported\): No deployment has its own schema of snowflake\.$/,
      ),
      expect.stringContaining(" at overrides.session_parameters (unsupported)"),
      expect.stringMatching(
        /^organization\/acme\/github cannot be declared .* at config\.off \(unsupported\): It is always on\. Remove off\.$/,
      ),
    ]);
    // As they are declared, secrets not looked at.
    expect(asked).toMatchObject([
      {
        name: "Main warehouse",
        secrets: undefined,
        access: { view: ["tenant"] },
        parent: "Production/${stage} databases",
      },
      { name: "events", access: undefined, parent: undefined },
      { name: "github", access: { view: ["team/data"] }, parent: "Sources" },
    ]);
  });
});
