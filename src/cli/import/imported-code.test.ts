import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "../../diagnostics";
import type { ConnectionPort, Platform } from "../../model";
import { createMemoryPlatform, everyCapability } from "../../testing";
import {
  acme,
  codeFor,
  filledPlatform,
} from "../../../test/support/import-fixture";
import { synthesizeImported } from "../../../test/support/imported-stack";
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
    const document = JSON.parse(
      synthesizeImported(files[0]!.text, outdir),
    ) as Record<string, Record<string, unknown>>;
    expect(document["provider"]).toEqual({
      patchbay: [{ organization: "acme", astro: { organization_id: "$${x}" } }],
    });
    expect(document["import"]).toHaveLength(9);
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

test("a text that cdktf would take for its own is not written into a construct", async () => {
  const platform = createMemoryPlatform();
  await platform.connections.create({
    owner: acme,
    name: "sly",
    type: "memory:x",
    config: { text: "${TfToken[TOKEN.0]}" },
  });
  await expect(codeFor(platform, "constructs")).rejects.toThrow(
    "organization/acme/sly holds the text",
  );
  expect(textOf(await codeFor(platform, "hcl"))).toContain(
    "$${TfToken[TOKEN.0]}",
  );
});

test("what no plan would accept is said beforehand", async () => {
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
    expect.stringContaining("leaves out deployments from an auto-link"),
    expect.stringMatching(
      /^organization\/acme\/odd is not as its type prescribes, .* Unknown field at config\.prot/,
    ),
  ]);
  // The typed construct has no prop for it.
  expect(files[0]!.text).toContain("new Connection(this, ");
});
