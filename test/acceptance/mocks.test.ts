import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codeBlocksOf } from "../docs/markdown";
import { expectFailure } from "./expected-failure";
import { TerraformProject } from "./terraform-project";
import { describeWith, tools } from "./terraform-tools";

const path = "docs/testing.md";
const [test_, mocks, withMocks] = codeBlocksOf({
  path,
  text: readFileSync(join(__dirname, "../..", path), "utf8"),
})
  .filter(({ language }) => language === "hcl")
  .map(({ code }) => code);

const main = `provider "patchbay" {
  organization = "acme"
}
resource "patchbay_connection" "warehouse" {
  name   = "warehouse"
  type   = "postgresql"
  config = { host = "db.example.com", login = "loader" }
}
resource "patchbay_connection" "beside" {
  name   = "beside"
  owner  = patchbay_connection.warehouse.owner
  type   = "postgresql"
  config = { host = "db.example.com", login = "loader" }
}
resource "patchbay_workspace_attachment" "warehouse" {
  connection_id = patchbay_connection.warehouse.id
  workspace     = "analytics"
}
resource "patchbay_deployment_link" "warehouse" {
  connection_id = patchbay_connection.warehouse.id
  deployment    = "prod"
}
data "patchbay_connection_usage" "warehouse" {
  connection_id = patchbay_connection.warehouse.id
}
data "patchbay_connections" "beside" {
  owner = patchbay_connection.warehouse.owner
}
`;

// `terraform test` with mocks is of 1.7, the tool that the documents are written for.
const [terraform] = tools;

describeWith(terraform!, "a configuration under terraform test", () => {
  let project: TerraformProject;
  beforeAll(async () => {
    project = new TerraformProject({ tool: terraform!, main });
    await project.init();
  });
  afterAll(() => project.remove());

  test("passes with a bare mock_provider, whose ids are made up", async () => {
    project.write("connections.tftest.hcl", test_!);
    expect(await project.succeed(["test", "-no-color"])).toContain(
      "1 passed, 0 failed",
    );
  });

  test("passes with the mocks of docs/testing.md, which say what ids are", async () => {
    mkdirSync(project.path("tests/mocks"), { recursive: true });
    project.write("tests/mocks/patchbay.tfmock.hcl", mocks!);
    project.write(
      "connections.tftest.hcl",
      `${withMocks}
run "ids" {
  assert {
    condition     = patchbay_deployment_link.warehouse.connection_id == "organization/acme/mocked"
    error_message = patchbay_deployment_link.warehouse.connection_id
  }
}
`,
    );
    expect(await project.succeed(["test", "-no-color"])).toContain(
      "1 passed, 0 failed",
    );
  });

  test("is told by a plan of ids and owners that are none", async () => {
    project.write(
      "main.tf",
      `provider "patchbay" {
  organization = "acme"
}
resource "patchbay_connection" "warehouse" {
  name   = "warehouse"
  type   = "postgresql"
  owner  = "acme"
  config = { host = "db.example.com", login = "loader" }
}
resource "patchbay_deployment_link" "warehouse" {
  connection_id = "warehouse"
  deployment    = "prod"
}
`,
    );
    expectFailure(
      await project.tryPlan(),
      {
        code: "invalid_owner",
        path: "owner",
        says: ['for example "organization/acme"'],
      },
      {
        code: "invalid_id",
        path: "connection_id",
        says: ['looks like "organization/acme/warehouse"'],
      },
    );
  });
});
