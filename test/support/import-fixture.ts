import { type Platform } from "../../src/model";
import { Secret } from "../../src/diagnostics";
import { createMemoryPlatform } from "../../src/testing";
import {
  type CodeForm,
  type ImportedCode,
  importedCode,
} from "../../src/cli/import/imported-code";
import type { WrittenSetting } from "../../src/cli/import/platform-settings";

/** A platform in memory with something of everything. */
export async function filledPlatform(): Promise<Platform> {
  const platform = createMemoryPlatform();
  const { connections, attachments, links, inventoryManagement } = platform;
  for (const name of ["science", "analytics"])
    await inventoryManagement!.createWorkspace({ owner: acme, name });
  await inventoryManagement!.createDeployment({
    owner: acme,
    name: "prod",
    workspace: "analytics",
  });
  await inventoryManagement!.createDeployment({
    owner: acme,
    name: "lab",
    workspace: "science",
  });
  const warehouse = await connections.create({
    owner: acme,
    name: "Main warehouse",
    type: "snowflake",
    description: 'The "company\'s" warehouse: ${HOME}, 100 %{of} it.',
    config: {
      schema: "PUBLIC",
      account: "xy12345",
      login: "loader",
      session_parameters: { QUERY_TAG: "etl", "a key": "ü" },
    },
    secrets: new Secret({ password: "never-shown-1" }),
    access: { edit: ["user/zoe", "role/${admin}"], use: [], view: ["tenant"] },
    parent: "Production/${stage} databases",
  });
  await attachments!.create({ connection: warehouse, workspace: "analytics" });
  await links!.create({
    connection: warehouse,
    deployment: "prod",
    overrides: { schema: "PROD", session_parameters: { QUERY_TAG: "prod" } },
    overrideSecrets: new Secret({ password: "never-shown-2" }),
  });
  await connections.create({
    owner: acme,
    name: "events",
    type: "http",
    config: { base_url: "https://events.example.com" },
    secrets: new Secret({
      token: "never-shown-3",
      secret_headers: { "X-Api.Key": "never-shown-4" },
    }),
    autoLink: true,
    autoLinkExcept: ["lab"],
    access: { view: [], use: [] },
    parent: "/",
  });
  await connections.create({
    owner: acme,
    name: "github",
    type: "memory:github",
    config: { base: { url: "https://x", retries: [1, 2.5] }, off: false },
    secrets: new Secret({ token: "never-shown-5" }),
    access: { view: ["team/data"] },
    parent: "Sources",
  });
  return platform;
}

export const acme = { kind: "organization", name: "acme" } as const;

/** The code for what acme has there. */
export function codeFor(
  platform: Platform,
  form: CodeForm,
  options: {
    readonly withSecrets?: boolean;
    readonly settings?: readonly WrittenSetting[];
    readonly platformIds?: readonly string[];
  } = {},
): Promise<ImportedCode> {
  return importedCode({
    platform,
    owner: acme,
    organization: "acme",
    settings: [],
    platformIds: [],
    withSecrets: true,
    form,
    framework: "cdktf",
    workingDirectory: "/work",
    directory: "/work",
    ...options,
  });
}
