import { existsSync } from "node:fs";
import { Secret } from "../../src/diagnostics";
import { expectFailure } from "./expected-failure";
import { hubKey } from "./hub-key";
import { filesWith, searchedFiles } from "./searched-files";
import { TerraformProject } from "./terraform-project";
import {
  describeWith,
  toolWithoutWriteOnly,
  toolWithWriteOnly,
  tools,
} from "./terraform-tools";

const account = { kind: "organization", name: "acme" } as const;
const tail = `
resource "patchbay_workspace" "analytics" { name = "analytics" }
resource "patchbay_deployment" "prod" {
  name      = "prod"
  workspace = patchbay_workspace.analytics.name
}
resource "patchbay_workspace_attachment" "db" {
  connection_id = patchbay_connection.db.id
  workspace     = patchbay_workspace.analytics.name
}
`;
const provider = `provider "patchbay" {
  organization = "acme"
}
`;
const values = {
  password: "write-only-value-QmFzZTY0",
  override: "write-only-override-QmFzZTY0",
};
const main = `${provider}
variable "password" {
  type      = string
  ephemeral = true
}
variable "override" {
  type      = string
  ephemeral = true
}
variable "secrets_version" {
  type    = string
  default = null
}
resource "patchbay_connection" "db" {
  name            = "db"
  type            = "postgresql"
  config          = { host = "db.example.com", login = "loader" }
  secrets_wo      = { password = var.password }
  secrets_version = var.secrets_version
}
${tail}
resource "patchbay_deployment_link" "db" {
  connection_id       = patchbay_workspace_attachment.db.connection_id
  deployment          = patchbay_deployment.prod.name
  override_secrets_wo = { password = var.override }
}
`;

describeWith(toolWithWriteOnly, "write-only secrets", () => {
  let project: TerraformProject;
  beforeAll(async () => {
    project = new TerraformProject({ tool: toolWithWriteOnly, main });
    give(values);
    await project.init();
  });
  afterAll(() => project.remove());

  // Each goes on where the one before has ended.

  test("are in no file that plan and apply write: not the plan, the state, a log at any level, nor the hub", async () => {
    const logging = { TF_LOG: "trace", TF_LOG_PATH: project.path("trace.log") };
    await project.succeed(["plan", "-no-color", "-out=plan.bin"], logging);
    await project.succeed(["apply", "-no-color", "plan.bin"], logging);
    const searched = searchedFiles(project);
    expect([...searched.keys()]).toEqual(
      expect.arrayContaining([
        "plan.bin",
        "terraform.tfstate",
        "trace.log",
        ".patchbay/hub.db",
      ]),
    );
    // The log is one that would show them.
    expect(searched.get("trace.log")!.toString("latin1")).toContain(
      "ApplyResourceChange",
    );
    expect(filesWith(searched, values.password)).toEqual([
      "secrets.auto.tfvars",
    ]);
    expect(filesWith(searched, values.override)).toEqual([
      "secrets.auto.tfvars",
    ]);
    const [effective] = (
      await project.withHub((hub) =>
        hub.deployments.effectiveConnectionsWithSecrets({
          account,
          name: "prod",
        }),
      )
    ).items;
    expect(JSON.stringify(effective!.secrets.reveal())).toContain(
      values.override,
    );
  });

  test("that are the same make no plan; a changed one is noticed by itself, and the plan says only that", async () => {
    await project.expectNoChanges();
    give({ ...values, password: "another" });
    const text = await project.plan();
    expect(differencesIn(text)).toEqual([
      "~ secret_revisions = {",
      '~ "password" = 1 -> 2',
      "~ secrets_revision = 1 -> 2",
    ]);
    await project.applyPlan();
    give({ password: "another", override: "another override" });
    expect(differencesIn(await project.plan())).toEqual([
      "~ override_secret_revisions = {",
      '~ "password" = 1 -> 2',
      "~ override_secrets_revision = 1 -> 2",
    ]);
    await project.applyPlan();
    await project.expectNoChanges();
  });

  test("that were changed elsewhere fall to revision 0, and are sent again", async () => {
    await project.withHub(async (hub) => {
      const key = hubKey("db");
      const found = (await hub.connections.tryFind({ account, key }))!;
      await hub.connections.update({
        account,
        key,
        connection: { ...found, secrets: new Secret({ password: "stolen" }) },
      });
    });
    const text = await project.plan();
    const plan = await project.planDocument();
    expect(
      plan.resource_drift?.map(
        ({ change }) => change.after!["secrets_revision"],
      ),
    ).toEqual([0]);
    expect(differencesIn(text)).toEqual([
      "~ secret_revisions = {",
      '~ "password" = 0 -> 3',
      "~ secrets_revision = 0 -> 3",
    ]);
    await project.applyPlan();
    await project.expectNoChanges();
  });

  test("with a secrets_version are sent again only when that changes", async () => {
    const version = (text: string) => ["-var", `secrets_version=${text}`];
    await project.apply(...version("1"));
    give({ password: "different on every run", override: "another override" });
    expect(await project.plan(...version("1"))).toContain("No changes.");
    expect(differencesIn(await project.plan(...version("2")))).toEqual([
      "~ secret_revisions = {",
      expect.stringMatching(/~ "password" = \d -> \d/),
      expect.stringMatching(/~ secrets_revision = \d -> \d/),
      '~ secrets_version = "1" -> "2"',
    ]);
  });

  /** As a pipeline does, but in a file: the tool's own inputs are not what is searched. */
  function give(secrets: typeof values): void {
    project.write(
      "secrets.auto.tfvars",
      `password = "${secrets.password}"\noverride = "${secrets.override}"\n`,
    );
  }
});

describe.each(tools)("$name", (tool) => {
  describeWith(tool, "secrets that are kept in the state", () => {
    let project: TerraformProject;
    afterEach(() => project.remove());

    test("are in the state and the plan, never shown, and nowhere else", async () => {
      project = new TerraformProject({
        tool,
        main: `${provider}
resource "patchbay_connection" "db" {
  name    = "db"
  type    = "postgresql"
  config  = { host = "db.example.com", login = "loader" }
  secrets = { password = "in-state-value" }
}`,
      });
      await project.init();
      const planned = await project.succeed([
        "plan",
        "-no-color",
        "-out=plan.bin",
      ]);
      const applied = await project.succeed(["apply", "-no-color", "plan.bin"]);
      expect(planned + applied).not.toContain("in-state-value");
      expect(
        new Set(filesWith(searchedFiles(project), "in-state-value")),
      ).toEqual(new Set(["main.tf", "plan.bin", "terraform.tfstate"]));
      project.edit("main.tf", "in-state-value", "changed-value");
      const changed = await project.succeed(["plan", "-no-color"]);
      expect(changed).toContain("~ secrets_revision  = 1 -> 2");
      expect(changed).not.toMatch(/(in-state|changed)-value/);
    });
  });
});

describeWith(
  toolWithoutWriteOnly,
  "write-only secrets with an older client",
  () => {
    test("are refused, with the versions that have them and what to write instead", async () => {
      const project = new TerraformProject({
        tool: toolWithoutWriteOnly,
        main: `${provider}
resource "patchbay_connection" "db" {
  name       = "db"
  type       = "postgresql"
  config     = { host = "db.example.com", login = "loader" }
  secrets_wo = { password = "p" }
}
${tail}
resource "patchbay_deployment_link" "db" {
  connection_id       = "organization/acme/db"
  deployment          = patchbay_deployment.prod.name
  override_secrets_wo = { password = "p" }
}`,
      });
      try {
        await project.init();
        expectFailure(
          await project.tryPlan(),
          {
            code: "client_too_old",
            path: "secrets_wo",
            says: ["Terraform 1.11", "OpenTofu 1.11", /use\W+secrets\b/i],
          },
          {
            code: "client_too_old",
            path: "override_secrets_wo",
            says: [/use\W+override_secrets\b/i],
          },
        );
        expect(existsSync(project.path(".patchbay"))).toBe(false);
      } finally {
        project.remove();
      }
    });
  },
);

/** The lines of a plan that differ, without their padding. */
function differencesIn(plan: string): readonly string[] {
  const [, actions = ""] = plan.split("will perform the following actions:");
  return (
    actions
      .split("\n")
      .map((line) => line.trim().replaceAll(/ +/g, " "))
      .filter((line) => /^[~+-] /.test(line) && !line.startsWith("~ resource"))
      // OpenTofu 1.12 says this of every update, whether the value is another or not.
      .filter((line) => !line.endsWith(" = (write-only attribute)"))
  );
}
