import { join } from "node:path";
import { Secret } from "../../../src/diagnostics";
import type {
  Connection,
  ConnectionKey,
  JsonObject,
  Platform,
} from "../../../src/model";
import { hubDefinition } from "../../../src/platforms/hub/definition";
import {
  expectToCompile,
  synthesizeImported,
} from "../../support/imported-stack";
import { runCommand } from "../../support/run-command";
import { TerraformProject } from "../terraform-project";
import { describeWith, toolWithWriteOnly as tool } from "../terraform-tools";

const owner = { kind: "organization", name: "acme" } as const;
const projects: TerraformProject[] = [];
afterEach(() => projects.splice(0).forEach((project) => project.remove()));

describeWith(tool, "patchbay import", () => {
  // Each runs Terraform some ten times.
  jest.setTimeout(180_000);

  test("of what examples/hcl has made, a plan shows imports and no change", async () => {
    const source = projectWith({
      copyOf: join(__dirname, "../../../examples/hcl"),
    });
    const secrets = await applyExample(source);
    const imported = projectWith({});
    await importInto(imported, source, ["--as", "hcl", "--without-secrets"]);
    // As a user would: the code is formatted, and the hub is found from its folder.
    await imported.succeed(["fmt", "-check", "-diff"]);
    expect(imported.read("versions.tf")).toMatch(
      /hub += \{ path = "\.\.\/patchbay-project-\w+\/\.patchbay" \}/,
    );
    await imported.init();
    await expectImportsOnly(imported, 56);
    await imported.applyPlan();
    await imported.expectNoChanges();

    // The same once more, secrets included: the plan says that they are sent.
    const withSecrets = projectWith({});
    const { output } = await importInto(withSecrets, source, ["--as", "hcl"]);
    expect(output).toContain(
      "12 connections, 16 workspace attachments, 20 deployment links",
    );
    await withSecrets.succeed(["fmt", "-check", "-diff"]);
    const variables = [
      ...withSecrets.read("variables.tf").matchAll(/variable "(\w+)"/g),
    ].map(([, name]) => name!);
    expect(variables).toHaveLength(secrets);
    withSecrets.write(
      "secrets.auto.tfvars",
      variables.map((name) => `${name} = "value of ${name}"\n`).join(""),
    );
    await withSecrets.init();
    const text = await withSecrets.plan();
    const plan = await withSecrets.planDocument();
    expect(text).toMatch(
      /Plan: 56 to import, 0 to add, \d+ to change, 0 to destroy\./,
    );
    for (const { change } of plan.resource_changes ?? []) {
      if (change.actions[0] === "no-op") continue;
      expect(change.actions).toEqual(["update"]);
      const changed = Object.keys(change.after!).filter(
        (name) =>
          JSON.stringify(change.after![name]) !==
          JSON.stringify(change.before![name]),
      );
      expect(
        changed.filter(
          (name) =>
            !/^((override_)?secrets?_revisions?|seen_secrets_revision)$/.test(
              name,
            ),
        ),
      ).toEqual([]);
      expect(changed).not.toEqual([]);
    }
    await withSecrets.applyPlan();
    await withSecrets.expectNoChanges();
  });

  test("as constructs of what examples/hcl has made, a plan shows imports and no change", async () => {
    const source = projectWith({
      copyOf: join(__dirname, "../../../examples/hcl"),
    });
    await applyExample(source);
    const imported = projectWith({});
    await importInto(imported, source, ["--without-secrets"]);
    await synthesizeInto(imported);
    await expectImportsOnly(imported, 56);
    await imported.applyPlan();
    await imported.expectNoChanges();
  });

  test.each(["hcl", "constructs"])(
    "names and texts that mean something to the language of %s come through",
    async (form) => {
      const source = projectWith({});
      await withPlatform(source, fillWithHostileThings);
      const imported = projectWith({});
      await importInto(imported, source, ["--as", form, "--without-secrets"]);
      if (form === "hcl") {
        await imported.succeed(["fmt", "-check", "-diff"]);
        await imported.init();
      } else {
        await synthesizeInto(imported);
      }
      await expectImportsOnly(
        imported,
        2 * hostileNames.length + 2 + 3 * hostileNames.length,
      );
      await imported.applyPlan();
      await imported.expectNoChanges();
    },
  );
});

describeWith(tool, "an import by hand", () => {
  test("of a connection whose access list the code does not name changes nothing", async () => {
    const access = { view: ["team/data"], edit: ["user/jane"] };
    const events: Connection = {
      owner,
      name: "events",
      type: "http",
      config: { base_url: "https://events.example.com" },
      access,
    };
    const project = projectWith({
      main: `provider "patchbay" {
  organization = "acme"
  hub          = { path = ".patchbay" }
}
import {
  to = patchbay_connection.events
  id = "organization/acme/events"
}
resource "patchbay_connection" "events" {
  name   = "events"
  type   = "http"
  config = { base_url = "https://events.example.com" }
}
`,
    });
    await withPlatform(project, async ({ connections }) => {
      await connections.create(events);
    });
    await project.init();
    const text = await project.plan();
    expect(text).toContain("Plan: 1 to import, 0 to add, 0 to change");
    await project.applyPlan();
    await project.expectNoChanges();
    await withPlatform(project, async ({ connections }) => {
      const found = await connections.tryFind(events);
      expect(found?.access).toEqual(access);
    });
  });
});

const hostileNames = [
  "a b",
  "a_b",
  "a-b",
  "A B",
  "a_b_2",
  "1st",
  "ä ö \u{1F418}",
  "\u202Eevil",
  "${path.root}",
  "$${x}",
  "%{if true}",
  '"; drop',
  "back\\slash",
  "__proto__",
  "constructor",
  "Default",
  "patchbay",
  "for",
  "null",
  "this",
  "a\u2028b",
  "`${process.exit()}`",
];

const hostileConfig: JsonObject = Object.fromEntries([
  ...[...hostileNames, "", "a.b", "line\nfeed", "\u2028", "x".repeat(100)].map(
    (text) => [text === "__proto__" ? "proto" : text, text] as const,
  ),
  ["numbers", [0, -1, 0.1, 1e21, 1e-7, 9007199254740991, 123456789.25]],
  [
    "nested",
    [{ "a b": [], "${k}": {} }, [["deep", { for: "each" }]], true, null],
  ],
  ["heredoc", "<<EOT\n${x}\nEOT"],
  ["tabs\t", "\t\r\n\u0000\u001b[31m\ufeff"],
]);

/** As many workspaces, deployments and connections as there are names; each connection is attached and linked. */
async function fillWithHostileThings(platform: Platform): Promise<void> {
  const { connections, attachments, links, inventoryManagement } = platform;
  for (const name of hostileNames) {
    await inventoryManagement!.createWorkspace({ owner, name });
    await inventoryManagement!.createDeployment({
      owner,
      name,
      workspace: name,
    });
  }
  for (const [index, name] of hostileNames.entries()) {
    const connection: ConnectionKey = { owner, name };
    await connections.create({
      ...connection,
      type: index % 2 === 0 ? "hub:custom" : "generic",
      description: `Called ${name}.\n\${x}`,
      config:
        index % 2 === 0
          ? hostileConfig
          : { conn_type: "ftp", login: name, extra: hostileConfig },
      secrets: new Secret({
        [index % 2 === 0 ? "a.b" : "password"]: "never-shown",
      }),
      // Line separators are in no principal that Terraform would be told of.
      access: /\u2028/.test(name)
        ? { view: [], use: ["tenant"] }
        : { view: [`user/${name}`, "org/acme"], edit: [`team/${name}`] },
    });
    await attachments!.create({ connection, workspace: name });
    await links!.create({
      connection,
      deployment: name,
      overrides:
        index % 2 === 0
          ? { [name === "__proto__" ? "x" : name]: name, "a b": null }
          : { login: `${name} %{for}`, extra: { "${k}": name, deep: null } },
    });
  }
  await connections.create({
    owner,
    name: "bare",
    type: "generic",
    config: { conn_type: "ftp" },
  });
  await connections.create({ owner, name: "none", type: "hub:x", config: {} });
}

function projectWith(options: {
  readonly copyOf?: string;
  readonly main?: string;
}): TerraformProject {
  const project = new TerraformProject({ tool, ...options });
  projects.push(project);
  return project;
}

/** Gives the number of secrets that are set. */
async function applyExample(project: TerraformProject): Promise<number> {
  const secrets = [
    ...project.read("variables.tf").matchAll(/variable "(\w+)" \{\n {2}type/g),
  ].map(([, name]) => name!);
  project.write(
    "secrets.auto.tfvars",
    secrets.map((name) => `${name} = "value of ${name}"\n`).join(""),
  );
  await project.init();
  await project.apply();
  return secrets.length;
}

async function importInto(
  project: TerraformProject,
  source: TerraformProject,
  args: readonly string[],
): Promise<{ readonly output: string }> {
  const result = await runCommand(
    [
      ...["import", "--platform", "hub", "--owner", "organization/acme"],
      ...["--out", project.directory, ...args],
      // An app's relative paths start where it runs, and this one runs nowhere.
      ...(args.includes("hcl")
        ? []
        : ["--set", `path=${source.path(".patchbay")}`]),
    ],
    { workingDirectory: source.directory },
  );
  expect({ ...result, output: "" }).toEqual({
    exitCode: 0,
    output: "",
    errors: expect.not.stringContaining("refuse"),
  });
  return result;
}

async function synthesizeInto(project: TerraformProject): Promise<void> {
  const code = project.read("imported-stack.ts");
  expectToCompile([code]);
  const document = synthesizeImported(code, project.path("cdktf.out"));
  project.write("cdk.tf.json", document);
  await project.init();
}

async function expectImportsOnly(
  project: TerraformProject,
  imports: number,
): Promise<void> {
  const text = await project.plan();
  expect(text).toContain(
    `Plan: ${imports} to import, 0 to add, 0 to change, 0 to destroy.`,
  );
}

/** The hub of a project, through the port. */
async function withPlatform(
  project: TerraformProject,
  use: (platform: Platform) => Promise<void>,
): Promise<void> {
  const platform = await hubDefinition.open({
    settings: {},
    organization: "acme",
    workingDirectory: project.directory,
    environment: {},
    log: { trace: ignore, debug: ignore, warn: ignore },
  });
  try {
    await use(platform);
  } finally {
    await platform.close();
  }
}

function ignore(): void {
  // Nothing is logged.
}
