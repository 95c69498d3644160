import { diagnosticSummaries } from "../../../src/diagnostics/codes";
import { expectFailure, wordsOf } from "../expected-failure";
import { hubKey } from "../hub-key";
import { TerraformProject } from "../terraform-project";
import { anyTool, describeWith } from "../terraform-tools";

const account = { kind: "organization", name: "acme" } as const;
const provider = `provider "patchbay" {
  organization = "acme"
}
`;
const places = `
resource "patchbay_workspace" "analytics" { name = "analytics" }
resource "patchbay_deployment" "prod" {
  name      = "prod"
  workspace = patchbay_workspace.analytics.name
}
`;
const names = Array.from({ length: 12 }, (_, index) => `db${index}`);
const warehouse = names
  .map(
    (name) => `
resource "patchbay_connection" "${name}" {
  name   = "${name}"
  type   = "postgresql"
  config = { host = "h", login = "l" }
}
resource "patchbay_workspace_attachment" "${name}" {
  connection_id = patchbay_connection.${name}.id
  workspace     = patchbay_workspace.analytics.name
}
resource "patchbay_deployment_link" "${name}" {
  connection_id = patchbay_connection.${name}.id
  deployment    = patchbay_deployment.prod.name
  depends_on    = [patchbay_workspace_attachment.${name}]
}
`,
  )
  .join("");
const warning = `Warning: ${diagnosticSummaries.in_use}`;

describeWith(anyTool, "what another configuration uses", () => {
  let project: TerraformProject;
  beforeEach(async () => {
    project = new TerraformProject({
      tool: anyTool,
      main: provider + places + warehouse,
    });
    await project.init();
    await project.apply();
  });
  afterEach(() => project.remove());

  async function useElsewhere(): Promise<void> {
    await project.withHub(async (hub) => {
      await hub.workspaces.create({ account, name: "finance" });
      await hub.deployments.create({
        account,
        name: "billing",
        workspace: "finance",
      });
      await hub.attachments.create({
        account,
        attachment: { connection: hubKey("db3"), workspace: "finance" },
      });
      await hub.links.create({
        account,
        link: {
          connection: hubKey("db3"),
          deployment: "billing",
          overrides: {},
        },
      });
      // Somebody else's deployment in our workspace.
      await hub.deployments.create({
        account,
        name: "theirs",
        workspace: "analytics",
      });
    });
  }

  test("is named by the plan that deletes it, once, and the refusal says what is missing by then", async () => {
    await useElsewhere();
    project.write("main.tf", provider + places);
    const plan = await project.tryPlan();
    const words = wordsOf(plan.output);
    expect(words.split(warning)).toHaveLength(2);
    expect(words).toContain(
      "organization/acme/db3 is to be deleted, and is used by: workspace finance (attachment), deployment billing (link).",
    );

    const applied = await project.tryApply();
    expectFailure(applied, {
      code: "in_use",
      says: [
        "workspace finance (attachment), deployment billing (link)",
        "The connection was not deleted. This apply had removed what it manages of it before: organization/acme/db3@deployment/prod, organization/acme/db3@workspace/analytics.",
      ],
    });
  });

  test("is named when everything is destroyed, workspaces too", async () => {
    await useElsewhere();
    for (const more of [["-refresh=false"], []]) {
      const words = wordsOf(
        (await project.tryPlan("-destroy", ...more)).output,
      );
      expect(words).toContain("organization/acme/db3 is to be deleted, and");
      expect(words).toContain(
        "organization/acme/workspace/analytics is to be deleted, and is used by: deployment theirs.",
      );
    }
  });

  test("is named when it is replaced", async () => {
    await useElsewhere();
    project.write(
      "main.tf",
      project
        .read("main.tf")
        .replace(
          `name   = "db3"\n  type   = "postgresql"`,
          `name   = "db3"\n  type   = "mysql"`,
        ),
    );
    const words = wordsOf((await project.tryPlan()).output);
    expect(words).toContain(
      "organization/acme/db3 is to be replaced, and is used by: workspace analytics (attachment), workspace finance (attachment), deployment billing (link), deployment prod (link).",
    );
  });

  test("and nothing is said of what goes together, in whatever order core plans it", async () => {
    project.write("main.tf", provider);
    for (const more of [[], ["-destroy"], ["-refresh=false"]]) {
      const { status, output } = await project.tryPlan(...more);
      expect(status).toBe(0);
      expect(output).toContain("38 to destroy");
      expect(output).not.toContain("Warning");
    }
  });
});
