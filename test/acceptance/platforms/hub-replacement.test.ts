import { expectFailure, expectNoCrash } from "../expected-failure";
import { hubKey } from "../hub-key";
import { plannedActions } from "../planned-actions";
import { TerraformProject } from "../terraform-project";
import { describeWith, tools } from "../terraform-tools";

const account = { kind: "organization", name: "acme" } as const;
const main = `provider "patchbay" {
  organization = "acme"
}
resource "patchbay_workspace" "analytics" { name = "analytics" }
resource "patchbay_deployment" "all" {
  for_each  = toset(["prod", "staging"])
  name      = each.key
  workspace = patchbay_workspace.analytics.name
}
resource "patchbay_connection" "db" {
  name   = "db"
  type   = "postgresql"
  config = { host = "db.example.com", login = "loader" }
}
resource "patchbay_workspace_attachment" "db" {
  connection_id = patchbay_connection.db.id
  workspace     = patchbay_workspace.analytics.name
}
resource "patchbay_deployment_link" "db" {
  for_each      = patchbay_deployment.all
  connection_id = patchbay_workspace_attachment.db.connection_id
  deployment    = each.value.name
  overrides     = { database = each.key }
}
`;

describe.each(tools)("$name", (tool) => {
  describeWith(
    tool,
    "a connection that changes below its attachments and links",
    () => {
      let project: TerraformProject;
      beforeAll(async () => {
        project = new TerraformProject({ tool, main });
        await project.init();
        await project.apply();
      });
      afterAll(() => project.remove());

      test("another type replaces all of them in one plan, in the right order, and then nothing is left to do", async () => {
        project.edit("main.tf", '"postgresql"', '"mysql"');
        const text = await project.plan();
        expect(plannedActions(text)).toEqual({
          "patchbay_connection.db": "replaced",
          'patchbay_deployment_link.db["prod"]': "replaced",
          'patchbay_deployment_link.db["staging"]': "replaced",
          "patchbay_workspace_attachment.db": "replaced",
        });
        expect(text).toMatch(
          /~ type +=.*"postgresql" -> "mysql" # forces replacement/,
        );
        await project.applyPlan();
        await project.expectNoChanges();
        const links = await project.withHub((hub) =>
          hub.links.list({ account }),
        );
        expect(links.items.map(({ deployment }) => deployment)).toEqual([
          "prod",
          "staging",
        ]);
      });

      test("deletion protection stops -replace in the plan; lifted in the configuration, the same apply replaces", async () => {
        const type = '  type   = "mysql"\n';
        const protect = (value: boolean) =>
          `${type}  deletion_protection = ${value}\n`;
        project.edit("main.tf", type, protect(true));
        await project.apply();
        const replace = "-replace=patchbay_connection.db";
        const refused = await project.run(["plan", "-no-color", replace]);
        expectFailure(refused, {
          code: "deletion_protected",
          path: "deletion_protection",
          says: ["organization/acme/db is protected", "the same apply"],
        });
        const replaced = {
          "patchbay_connection.db": "replaced",
          'patchbay_deployment_link.db["prod"]': "replaced",
          'patchbay_deployment_link.db["staging"]': "replaced",
          "patchbay_workspace_attachment.db": "replaced",
        };
        project.edit("main.tf", protect(true), protect(false));
        expect(plannedActions(await project.plan(replace))).toEqual(replaced);
        await project.applyPlan();
        await project.expectNoChanges();

        project.edit("main.tf", protect(false), protect(true));
        await project.apply();
        await project.succeed(["taint", "patchbay_connection.db"]);
        expectFailure(await project.run(["plan", "-no-color"]), {
          code: "deletion_protected",
          says: ["organization/acme/db is protected"],
        });
        project.edit("main.tf", protect(true), type);
        await project.apply();
        await project.expectNoChanges();
      });

      test("a saved plan of a link is refused once its connection has changed, and a new plan is right", async () => {
        project.edit(
          "main.tf",
          "database = each.key",
          'database = "${each.key}_2"',
        );
        await project.plan();
        await project.withHub(async (hub) => {
          const key = hubKey("db");
          const found = (await hub.connections.tryFind({ account, key }))!;
          await hub.connections.update({
            account,
            key,
            connection: {
              ...found,
              config: { ...found.config, host: "elsewhere.example.com" },
            },
          });
        });
        const run = await project.run(["apply", "-no-color", "plan.bin"]);
        expectFailure(run, {
          code: "parent_changed",
          path: "connection_id",
          says: [
            "organization/acme/db has changed since this was planned",
            "Nothing was changed",
            "plan again",
          ],
        });
        expect(
          overridesOf(
            await project.withHub((hub) => hub.links.list({ account })),
          ),
        ).toEqual([{ database: "prod" }, { database: "staging" }]);
        expectNoCrash(await project.apply());
        await project.expectNoChanges();
      });
    },
  );
});

function overridesOf({
  items,
}: {
  readonly items: readonly { readonly overrides: unknown }[];
}): unknown {
  return items.map(({ overrides }) => overrides);
}
