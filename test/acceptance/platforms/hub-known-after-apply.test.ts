import { TerraformProject } from "../terraform-project";
import { describeWith, tools } from "../terraform-tools";

const account = { kind: "organization", name: "acme" } as const;
const main = `provider "patchbay" {
  organization = "acme"
}
resource "terraform_data" "later" {
  input = {
    host    = "db.example.com"
    port    = 5433
    servers = ["a:1", "b:2"]
    schema  = "late"
    secret  = "secret known later"
  }
}
resource "terraform_data" "identity" {
  input = {
    type   = "postgresql"
    name   = "late"
    config = { host = "all.example.com", login = "all" }
  }
}
locals {
  later    = terraform_data.later.output
  identity = terraform_data.identity.output
}
resource "patchbay_workspace" "analytics" { name = "analytics" }
resource "patchbay_workspace" "late" { name = local.identity.name }
resource "patchbay_deployment" "prod" {
  name      = "prod"
  workspace = patchbay_workspace.analytics.name
}
resource "patchbay_connection" "field" {
  name    = "field"
  type    = "postgresql"
  config  = {
    host       = local.later.host
    port       = local.later.port
    login      = "l-\${local.later.host}"
    database   = "known"
    parameters = { application_name = local.later.host, known = "yes" }
  }
  secrets = { password = local.later.secret }
}
resource "patchbay_connection" "list" {
  name   = "list"
  type   = "kafka"
  config = { bootstrap_servers = local.later.servers, topics = ["known", local.later.host] }
}
resource "patchbay_connection" "whole" {
  name   = "whole"
  type   = local.identity.type
  config = local.identity.config
}
resource "patchbay_connection" "named" {
  name   = local.identity.name
  type   = "generic"
  config = { conn_type = "x" }
}
resource "patchbay_workspace_attachment" "field" {
  connection_id = patchbay_connection.field.id
  workspace     = patchbay_workspace.analytics.name
}
resource "patchbay_workspace_attachment" "named" {
  connection_id = patchbay_connection.named.id
  workspace     = patchbay_workspace.late.name
}
resource "patchbay_deployment_link" "field" {
  connection_id = patchbay_workspace_attachment.field.connection_id
  deployment    = patchbay_deployment.prod.name
  overrides     = { schema = local.later.schema, database = "overridden", ssl_mode = "require" }
}
`;

describe.each(tools)("$name", (tool) => {
  describeWith(tool, "values that are known only after apply", () => {
    test("anywhere in config, overrides, names and types: the plan hides them alone, and the apply knows them", async () => {
      const project = new TerraformProject({ tool, main });
      try {
        await project.init();
        await project.plan();
        const plan = await project.planDocument();
        const unknownOf = (address: string) =>
          plan.resource_changes!.find((change) => change.address === address)!
            .change;
        expect(unknownOf("patchbay_connection.field")).toMatchObject({
          after: {
            id: "organization/acme/field",
            config: { database: "known", parameters: { known: "yes" } },
          },
          after_unknown: {
            config: {
              host: true,
              port: true,
              login: true,
              parameters: { application_name: true },
            },
            connection_string: true,
            // It may come to null, and then there is none.
            secret_fields: true,
            secrets_revision: true,
          },
        });
        expect(unknownOf("patchbay_connection.list")).toMatchObject({
          after: { config: { topics: ["known", null] } },
          after_unknown: {
            config: { bootstrap_servers: true, topics: [false, true] },
          },
        });
        expect(unknownOf("patchbay_connection.whole")).toMatchObject({
          after: { name: "whole" },
          after_unknown: { type: true, config: true },
        });
        expect(
          unknownOf("patchbay_connection.named").after_unknown,
        ).toMatchObject({ name: true, id: true });
        expect(
          unknownOf("patchbay_workspace_attachment.named").after_unknown,
        ).toMatchObject({
          connection_id: true,
          workspace: true,
          id: true,
        });
        expect(unknownOf("patchbay_deployment_link.field")).toMatchObject({
          after: {
            id: "organization/acme/field@deployment/prod",
            effective: {
              database: "overridden",
              ssl_mode: "require",
              parameters: { known: "yes" },
            },
          },
          after_unknown: {
            effective: { host: true, port: true, schema: true },
          },
        });

        await project.applyPlan();
        await project.expectNoChanges();
        const [seen] = (
          await project.withHub((hub) =>
            hub.deployments.effectiveConnectionsWithSecrets({
              account,
              name: "prod",
            }),
          )
        ).items;
        expect(seen).toMatchObject({
          config: {
            host: "db.example.com",
            port: 5433,
            login: "l-db.example.com",
            schema: "late",
            database: "overridden",
          },
        });
        expect(seen!.secrets.reveal()).toMatchObject({
          password: "secret known later",
        });

        // Once more, as a change: the output is not known again.
        project.edit("main.tf", "5433", "5434");
        const changed = await project.plan();
        expect(changed).toMatch(/~ port += 5433 -> \(known after apply\)/);
        expect(changed).toContain("0 to destroy");
        await project.applyPlan();
        await project.expectNoChanges();
      } finally {
        project.remove();
      }
    });

    test("a field that comes to what it was keeps to the plan, beside one that is spelled otherwise", async () => {
      const project = new TerraformProject({
        tool,
        main: `provider "patchbay" {
  organization = "acme"
}
resource "terraform_data" "server" { input = "db-1" }
resource "patchbay_connection" "main" {
  name   = "main"
  type   = "postgresql"
  config = {
    host  = substr(terraform_data.server.output, 0, 2)
    login = "loader"
    port  = 5432
  }
}
`,
      });
      try {
        await project.init();
        await project.apply();
        project.edit("main.tf", "db-1", "db-2");
        // Its default: the same without it.
        project.edit("main.tf", "    port  = 5432\n", "");
        expect(await project.plan()).toContain("2 to change");
        await project.applyPlan();
        await project.expectNoChanges();
        project.edit("main.tf", '"loader"', '"loader", port = "5432"');
        await project.expectNoChanges();
      } finally {
        project.remove();
      }
    });
  });
});
