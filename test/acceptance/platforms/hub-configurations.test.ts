import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PATCHBAY_VERSION } from "../../../src/model";
import { hubKey } from "../hub-key";
import { TerraformProject } from "../terraform-project";
import { anyTool, describeWith, tools } from "../terraform-tools";

const account = { kind: "organization", name: "acme" } as const;
const provider = `provider "patchbay" {
  organization = "acme"
}
`;
const providerExecutable = join(
  __dirname,
  "../../../dist/provider",
  `terraform-provider-patchbay_v${PATCHBAY_VERSION}`,
);

describe.each(tools)("$name", (tool) => {
  describeWith(tool, "what configurations are made of", () => {
    let project: TerraformProject;
    afterEach(() => project.remove());

    test("for_each, count, modules, two hubs, one thing at a time: it all fits together", async () => {
      project = new TerraformProject({
        tool,
        main: `${provider}
provider "patchbay" {
  alias        = "other"
  organization = "umbrella"
  hub          = { path = "other-hub" }
}
resource "patchbay_workspace" "analytics" { name = "analytics" }
resource "patchbay_connection" "each" {
  for_each = toset([for index in range(15) : "each-\${index}"])
  name     = each.key
  type     = "mysql"
  config   = { host = "\${each.key}.example.com", login = "l" }
}
resource "patchbay_connection" "counted" {
  count  = 15
  name   = "counted-\${count.index}"
  type   = "http"
  config = { base_url = "https://example.com/\${count.index}" }
}
module "team" {
  source = "./team"
  name   = "team"
}
module "other" {
  source    = "./team"
  name      = "team"
  providers = { patchbay = patchbay.other }
}
output "team" { value = [module.team.id, module.other.id] }
`,
      });
      mkdirSync(project.path("team"));
      project.write(
        "team/main.tf",
        `terraform {
  required_providers {
    patchbay = { source = "patchbay/patchbay" }
  }
}
variable "name" { type = string }
resource "patchbay_workspace" "team" { name = var.name }
resource "patchbay_connection" "team" {
  name   = var.name
  type   = "generic"
  config = { conn_type = "sftp" }
}
resource "patchbay_workspace_attachment" "team" {
  connection_id = patchbay_connection.team.id
  workspace     = patchbay_workspace.team.name
}
output "id" { value = patchbay_workspace_attachment.team.id }
`,
      );
      await project.init();
      const applied = await project.apply("-parallelism=1");
      expect(applied).toContain("37 added");
      expect(applied).toContain('"organization/umbrella/team@workspace/team"');
      await project.expectNoChanges();
      const other = await project.withHub(
        (hub) =>
          hub.connections.list({ account: { ...account, name: "umbrella" } }),
        "other-hub",
      );
      expect(other.items.map(({ name }) => name)).toEqual(["team"]);
      // A key of for_each that goes takes its connection with it, and no other.
      project.edit("main.tf", "range(15)", "range(14)");
      expect(await project.apply()).toContain(
        "0 added, 0 changed, 1 destroyed",
      );
    });

    test("strings arrive in the hub as they were meant, whatever they hold", async () => {
      const meant = {
        braces: "${not.interpolated} and %{ if no } directive %{ endif }",
        quotes: `"double" 'single' \\ back\\\\slash`,
        lines: "first\nsecond\r\n\tthird",
        signs: "émoji 🔌 𝒳 \u200d ﷽ <&>",
        'key with ${braces} and "quotes"': "v",
        __proto__x: "x",
      };
      const extra = {
        ...meant,
        ["__proto__"]: "a field like any other",
        constructor: "c",
        nested: { toString: "t", "": "empty key" },
      };
      project = new TerraformProject({
        tool,
        main: `${provider}
resource "patchbay_connection" "strings" {
  name        = "strings 🔌"
  type        = "generic"
  description = ${hcl(meant.braces)}
  config = {
    conn_type = "x"
    extra     = ${hcl(extra)}
  }
  secrets = { password = ${hcl(meant.quotes + meant.braces)} }
}
`,
      });
      await project.init();
      await project.apply();
      await project.expectNoChanges();
      const found = await project.withHub((hub) =>
        hub.connections.tryFind({ account, key: hubKey("strings 🔌") }),
      );
      expect(found?.description).toBe(meant.braces);
      expect(JSON.parse(JSON.stringify(found?.config["extra"]))).toEqual(
        JSON.parse(JSON.stringify(extra)),
      );
      expect(Object.keys(found?.config["extra"] as object)).toContain(
        "__proto__",
      );
    });

    const testFunctions = tool.functions ? test : test.skip;
    testFunctions(
      "the provider's function computes without a hub, and says which argument is wrong",
      async () => {
        project = new TerraformProject({
          tool,
          main: `output "seen" {
  value = provider::patchbay::effective({ host = "h", port = 1, tags = { a = 1, b = 2 } }, { port = null, tags = { b = 3 } })
}
variable "overrides" { default = null }
output "other" {
  value = provider::patchbay::effective({ host = "h" }, var.overrides)
}
`,
        });
        await project.init();
        await project.apply();
        expect(
          JSON.parse(await project.succeed(["output", "-json", "seen"])),
        ).toEqual({ host: "h", tags: { a: 1, b: 3 } });
        const wrong = await project.tryPlan("-var", "overrides=text");
        expect(wrong).toMatchObject({
          status: 1,
          output: expect.stringMatching(
            /overrides must be an\s+object\s+of\s+fields,\s+or\s+null\.\s/,
          ),
        });
      },
    );
  });
});

describeWith(anyTool, "a provider under a debugger", () => {
  let project: TerraformProject;
  afterEach(() => project.remove());

  test("with --debug it prints where it is, and serves plan after plan until it is ended", async () => {
    project = new TerraformProject({
      tool: anyTool,
      main: `${provider}resource "patchbay_workspace" "a" { name = "a" }\n`,
    });
    await project.init();
    const host = anyTool.name.startsWith("tofu")
      ? "registry.opentofu.org"
      : "registry.terraform.io";
    const debugged = spawn(
      process.execPath,
      [providerExecutable, `--debug=${host}/patchbay/patchbay`],
      {
        cwd: project.directory,
        env: project.environment,
        stdio: ["ignore", "pipe", "ignore"],
      },
    );
    try {
      const printed = await new Promise<string>((resolve) => {
        let text = "";
        debugged.stdout.on("data", (chunk: Buffer) => {
          text += chunk.toString("utf8");
          if (/TF_REATTACH_PROVIDERS='[^']+'/.test(text)) resolve(text);
        });
      });
      const environment = {
        TF_REATTACH_PROVIDERS: /TF_REATTACH_PROVIDERS='([^']+)'/.exec(
          printed,
        )![1]!,
      };
      expect(
        await project.succeed(
          ["apply", "-no-color", "-auto-approve"],
          environment,
        ),
      ).toContain("1 added");
      expect(
        await project.succeed(["plan", "-no-color"], environment),
      ).toContain("No changes.");
      expect(debugged.exitCode).toBeNull();
    } finally {
      debugged.kill("SIGINT");
    }
  });
});

/** A value as HCL: what is special in a template is escaped. */
function hcl(value: unknown): string {
  if (typeof value === "string")
    return JSON.stringify(value)
      .replaceAll("${", () => "$${")
      .replaceAll("%{", "%%{");
  if (typeof value === "object" && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, part]) => `${hcl(key)} = ${hcl(part)}`)
      .join(", ")} }`;
  return String(value);
}
