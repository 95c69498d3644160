import { existsSync } from "node:fs";
import { expectFailure, expectNoCrash } from "../expected-failure";
import { hubKey } from "../hub-key";
import { TerraformProject } from "../terraform-project";
import { anyTool, describeWith, tools } from "../terraform-tools";

const provider = `provider "patchbay" {
  organization = "acme"
}
`;
const account = { kind: "organization", name: "acme" } as const;

describe.each(tools)("$name", (tool) => {
  describeWith(tool, "mistakes in what is declared", () => {
    let project: TerraformProject;
    afterEach(() => project.remove());

    test("are all reported at once, before anything is opened, each with its path and what to write instead", async () => {
      project = new TerraformProject({
        tool,
        main: `${provider}
          ${connection("unknown_type", `type = "postgresq"`)}
          ${connection("unknown_field", `type = "postgresql"\nconfig = { host = "h", login = "l", databse = "x" }`)}
          ${connection("wrong_type", `type = "postgresql"\nconfig = { host = "h", login = "l", port = "many", parameters = { a = [1] } }`)}
          ${connection("missing", `type = "postgresql"\nconfig = { host = "h" }`)}
          ${connection("secret_in_config", `type = "postgresql"\nconfig = { host = "h", login = "l", password = "in-config" }`)}
          ${connection("plain_in_secrets", `type = "postgresql"\nconfig = { host = "h" }\nsecrets = { login = "l", password = "in-secrets" }`)}
          ${connection("not a name ", `type = "postgresql"\nconfig = { host = "h", login = "l" }`)}
          resource "patchbay_deployment_link" "no_object" {
            connection_id = "organization/acme/warehouse"
            deployment    = "prod"
            overrides     = "schema"
          }`,
      });
      await project.init();
      const run = await project.tryPlan();
      expectFailure(
        run,
        {
          code: "unknown_type",
          path: "type",
          says: [
            'no connection type "postgresq"',
            'Did you mean "postgresql"?',
          ],
        },
        {
          code: "unknown_field",
          path: "config.databse",
          says: ['no field "databse"', 'Did you mean "database"?'],
        },
        {
          code: "invalid_field",
          path: "config.port",
          says: ["a whole number from 1 to 65535"],
        },
        {
          code: "invalid_field",
          path: "config.parameters.a",
          says: ["must be a string, but is a list"],
        },
        {
          code: "missing_field",
          path: "config.login",
          says: ["Add it to config"],
        },
        {
          code: "secret_in_config",
          path: "config.password",
          says: ["Move it to secrets"],
        },
        {
          code: "plain_field_in_secrets",
          path: "secrets.login",
          says: ["Move it to config"],
        },
        { code: "invalid_name", path: "name", says: ["Choose a name"] },
        {
          code: "invalid_field",
          path: "overrides",
          says: ["must be an object of fields"],
        },
      );
      expect(existsSync(project.path(".patchbay"))).toBe(false);
      expect(project.stateText()).toBe("");
    });

    test("that only show beside what is there change nothing", async () => {
      const good = `${provider}
        resource "patchbay_workspace" "analytics" { name = "analytics" }
        resource "patchbay_deployment" "prod" {
          name      = "prod"
          workspace = patchbay_workspace.analytics.name
        }
        ${connection("unattached", plainPostgresql)}
        ${connection("protected", `${plainPostgresql}\ndeletion_protection = true`)}
      `;
      const used = connection("used", plainPostgresql);
      project = new TerraformProject({ tool, main: good + used });
      await project.init();
      await project.apply();
      const stateBefore = project.stateText();
      const hubBefore = await hubContent(project);

      project.write(
        "main.tf",
        `${good}${used}
        ${connection("twice", `${plainPostgresql}`).replace('name = "twice"', 'name = "used"')}
        ${link("first", "unattached")}
        ${link("second", "unattached", `overrides = { prot = 5433, password = "in-overrides" }`)}`,
      );
      expectFailure(
        await project.tryApply(),
        {
          code: "duplicate_name",
          path: "name",
          says: [
            "organization/acme/used is declared twice",
            "here (type",
            "another patchbay_connection (type",
            "rename one of the two",
          ],
        },
        {
          code: "duplicate_name",
          path: "deployment",
          says: [
            "organization/acme/unattached@deployment/prod is declared twice",
          ],
        },
        {
          code: "unknown_field",
          path: "overrides.prot",
          says: ['Did you mean "port"?'],
        },
        {
          code: "secret_in_config",
          path: "overrides.password",
          says: ["Move it to override_secrets"],
        },
      );

      project.write("main.tf", good + used + link("early", "unattached"));
      expectFailure(await project.tryApply(), {
        code: "attachment_missing",
        path: "deployment",
        says: [
          "the attachment organization/acme/unattached@workspace/analytics is missing",
          "Declare it",
        ],
      });

      // Used by somebody else, as another Terraform project would.
      await project.withHub(async (hub) => {
        await hub.workspaces.create({ account, name: "elsewhere" });
        await hub.attachments.create({
          account,
          attachment: { connection: hubKey("used"), workspace: "elsewhere" },
        });
      });
      project.write("main.tf", good);
      expectFailure(await project.tryApply(), {
        code: "in_use",
        says: ["organization/acme/used", "elsewhere", "was not deleted"],
      });

      const destroyed = await project.run([
        "destroy",
        "-no-color",
        "-input=false",
        "-auto-approve",
      ]);
      expectFailure(destroyed, {
        code: "deletion_protected",
        path: "deletion_protection",
        says: [
          "organization/acme/protected is protected",
          "set deletion_protection = false, apply",
        ],
      });
      expect(destroyed.output).not.toContain("Destroying...");

      await project.withHub((hub) =>
        hub.attachments.delete({
          account,
          key: { connection: hubKey("used"), workspace: "elsewhere" },
        }),
      );
      await project.withHub((hub) =>
        hub.workspaces.delete({ account, name: "elsewhere" }),
      );
      expect(await hubContent(project)).toEqual(hubBefore);
      expect(resourcesOf(project.stateText())).toEqual(
        resourcesOf(stateBefore),
      );
    });
  });
});

describeWith(anyTool, "faults of the provider block", () => {
  let project: TerraformProject;
  beforeAll(async () => {
    project = new TerraformProject({ tool: anyTool, main: "" });
    await project.init();
  });
  afterAll(() => project.remove());

  test.each([
    [
      "an organization that is no name",
      `organization = "a "`,
      { code: "invalid_name", path: "organization", says: ["Choose a name"] },
    ],
    [
      "embedded and on a server at once",
      `organization = "acme"\nhub = { path = "x", endpoint = "https://hub.example.com", token = "t" }`,
      {
        code: "conflicting_arguments",
        path: "hub.path",
        says: ["Remove one of them"],
      },
    ],
    [
      "a server without a token",
      `organization = "acme"\nhub = { endpoint = "https://hub.example.com" }`,
      {
        code: "missing_credential",
        path: "hub.token",
        says: ["PATCHBAY_TOKEN", "token = var.patchbay_token"],
      },
    ],
    [
      "a token in clear over the network",
      `organization = "acme"\nhub = { endpoint = "http://hub.example.com", token = "the-token" }`,
      { code: "insecure_endpoint", says: ["https"] },
    ],
    [
      "nobody's connection",
      "",
      { code: "missing_argument", path: "owner", says: ["Set `owner` here"] },
    ],
  ] as const)("%s", async (_, block, expected) => {
    project.write(
      "main.tf",
      `provider "patchbay" {\n${block}\n}\n${connection("db", plainPostgresql)}`,
    );
    const run = await project.tryPlan();
    expectFailure(run, expected);
    expectNoCrash(run.output);
    expect(run.output).not.toContain("the-token");
  });

  test("a platform that does not answer, told in full once, whatever asks it", async () => {
    const lookUps = ["a", "b", "c", "d"].map(
      (owner) =>
        `data "patchbay_workspaces" "${owner}" { owner = "organization/${owner}" }`,
    );
    project.write(
      "main.tf",
      `provider "patchbay" {
        hub = { endpoint = "http://127.0.0.1:9", token = "the-token" }
      }
      ${lookUps.join("\n")}`,
    );
    const run = await project.tryPlan();
    expectFailure(run, { code: "unreachable", says: ["does not answer"] });
    const words = run.output.replaceAll(/[\s│]+/g, " ");
    expect(words.split("Code: unreachable")).toHaveLength(5);
    expect(words.split("does not answer")).toHaveLength(2);
    expect(words.split("The same as the first")).toHaveLength(4);
  });

  test("a look-up while the provider block is known after apply, which a plan of resources alone takes", async () => {
    const later = `resource "terraform_data" "account" { input = "acme" }
      provider "patchbay" { organization = terraform_data.account.output }
      ${connection("db", plainPostgresql)}`;
    project.write("main.tf", later);
    expect((await project.tryPlan()).status).toBe(0);
    for (const lookUp of [
      `data "patchbay_connections" "all" {}`,
      `data "patchbay_workspace" "one" { name = "analytics" }`,
      `data "patchbay_connection" "one" { id = "organization/acme/db" }`,
    ]) {
      project.write("main.tf", `${later}\n${lookUp}`);
      const run = await project.tryPlan();
      expectFailure(run, {
        code: "not_known_yet",
        says: ["known after apply", "-target"],
      });
      expect(run.output).not.toContain("missing_argument");
    }
    project.write(
      "main.tf",
      `${later}\ndata "patchbay_connection_types" "all" {}`,
    );
    expect((await project.tryPlan()).status).toBe(0);
  });
});

const plainPostgresql = `type = "postgresql"\nconfig = { host = "h", login = "l" }`;

function connection(name: string, body: string): string {
  return `resource "patchbay_connection" "${name.replaceAll(/\W/g, "_")}" {\nname = "${name}"\n${body}\n}\n`;
}

function link(name: string, connectionName: string, body = ""): string {
  return `resource "patchbay_deployment_link" "${name}" {
    connection_id = patchbay_connection.${connectionName}.id
    deployment    = patchbay_deployment.prod.name
    ${body}
  }\n`;
}

async function hubContent(project: TerraformProject): Promise<unknown> {
  return project.withHub(async (hub) => ({
    connections: await hub.connections.list({ account }),
    attachments: await hub.attachments.list({ account }),
    links: await hub.links.list({ account }),
    workspaces: await hub.workspaces.list({ account }),
    deployments: await hub.deployments.list({ account }),
  }));
}

/** What was recorded, without the serial number, which grows with every write. */
function resourcesOf(state: string): unknown {
  const { resources } = JSON.parse(state) as {
    resources: { name: string; instances: { attributes: unknown }[] }[];
  };
  return resources.map(({ name, instances }) => [
    name,
    instances.map(({ attributes }) => attributes),
  ]);
}
