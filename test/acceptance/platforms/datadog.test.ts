import { join } from "node:path";
import {
  datadogContract,
  type DatadogStandin,
  type Fields,
  startDatadogStandin,
} from "../../standins/datadog";
import { setSecrets, withoutWriteOnly } from "../example-project";
import { vendorOtherProvider } from "../other-provider";
import { plannedActions } from "../planned-actions";
import { TerraformProject } from "../terraform-project";
import {
  describeWith,
  type TerraformTool,
  toolWithoutWriteOnly,
  toolWithWriteOnly,
} from "../terraform-tools";

const example = join(__dirname, "../../../examples/datadog");
const secrets = {
  orders_token: "geheim-orders",
  partner_key: "geheim-partner",
  openai_token: "geheim-openai",
};

let standin: DatadogStandin;
let project: TerraformProject;

const environment = () => ({
  DD_HOST: standin.url,
  DD_API_KEY: standin.apiKey,
  DD_APP_KEY: standin.applicationKey,
});

async function start(): Promise<void> {
  standin = await startDatadogStandin({
    contract: datadogContract,
  });
}

const named = (name: string) =>
  standin.stored().find((connection) => connection.name === name)!;
const credentialsOf = (name: string) =>
  named(name).integration["credentials"] as Fields;
const writes = () =>
  standin
    .requests()
    .filter(({ method }) => method !== "GET")
    .map(({ method, pathTemplate }) => `${method} ${pathTemplate}`);

const CONNECTION = "/api/v2/actions/connections/{connection_id}";

const lifeOf = (tool: TerraformTool) => () => {
  beforeAll(async () => {
    await start();
    project = new TerraformProject({
      tool,
      copyOf: example,
      environment: environment(),
    });
    if (!tool.writeOnly) withoutWriteOnly(project);
    setSecrets(project, secrets);
    await project.init();
    await project.apply();
  });
  afterAll(async () => {
    project.remove();
    await standin.close();
  });
  beforeEach(() => standin.clearRequests());

  // Each goes on where the one before has ended; that its changes are all shows that the one before left nothing undone.

  test("a plan after the first apply is empty, and Datadog holds what is declared", async () => {
    await project.expectNoChanges();
    expect(writes()).toEqual([]);
    expect(standin.stored()).toHaveLength(4);
    expect(named("orders").tags).toEqual(["env:prod", "team:shop"]);
    expect(named("openai").tags).toEqual(["env:prod", "team:platform"]);
    expect(standin.policyOf(named("openai").id)).toEqual(
      ["resolver", "editor"].map((relation) => ({
        relation,
        principals: ["team:7a1b2c3d-0000-4000-8000-000000000001"],
      })),
    );
    expect(JSON.stringify(credentialsOf("partner"))).toContain("geheim");
  });

  (tool.writeOnly ? test : test.skip)("no secret is in the state", () => {
    expect(project.stateText()).not.toContain("geheim");
  });

  test("what Datadog gives an AWS connection becomes its role's trust policy", async () => {
    const { external_id } = credentialsOf("aws-production");
    const policy = await project.succeed([
      "output",
      "-raw",
      "aws_trust_policy",
    ]);
    expect(JSON.parse(policy)).toMatchObject({
      Statement: [
        {
          Principal: { AWS: "arn:aws:iam::464622532012:root" },
          Condition: { StringEquals: { "sts:ExternalId": external_id } },
        },
      ],
    });
  });

  test("fields and names change in place", async () => {
    const { id } = named("orders");
    project.edit("connections.tf", '"orders"\n  type', '"orders-v3"\n  type');
    project.edit("connections.tf", "/v2", "/v3");
    project.edit("connections.tf", '"team:shop"', '"team:orders"');
    project.edit("connections.tf", "headers  = { Accept", "headers  = { X-New");
    expect(plannedActions(await project.plan())).toEqual({
      "patchbay_connection.orders": "updated in-place",
    });
    await project.applyPlan();
    expect(named("orders-v3")).toMatchObject({
      id,
      tags: ["env:prod", "team:orders"],
    });
    expect(credentialsOf("orders-v3")).toMatchObject({
      headers: [
        { name: "Authorization", value: "Bearer {{ patchbayToken }}" },
        { name: "X-New", value: "application/json" },
      ],
      tokens: [{ name: "patchbayToken", value: "geheim-orders" }],
    });
    await project.expectNoChanges();
  });

  test("defaults that are spelled out are no change, and an HTTP connection loses its tags in place", async () => {
    project.edit(
      "connections.tf",
      "headers  = { X-New",
      'token_header = "Authorization"\n    token_prefix = "Bearer"\n    verify_tls = true\n    headers  = { X-New',
    );
    await project.expectNoChanges();
    project.edit(
      "connections.tf",
      'tags     = ["env:prod", "team:orders"]',
      "",
    );
    const text = await project.plan();
    expect(plannedActions(text)).toEqual({
      "patchbay_connection.orders": "updated in-place",
    });
    expect(text).toMatch(/- tags +=/);
    await project.applyPlan();
    expect(named("orders-v3").tags).toEqual([]);
    await project.expectNoChanges();
  });

  test("another secret is sent, and the plan shows nothing else", async () => {
    setSecrets(project, { ...secrets, openai_token: "geheim-rotated" });
    const text = await project.plan();
    expect(plannedActions(text)).toEqual({
      "patchbay_connection.openai": "updated in-place",
    });
    expect(text).toMatch(/~ secrets_revision += 1 -> 2/);
    expect(text).not.toContain("geheim");
    await project.applyPlan();
    expect(credentialsOf("openai")).toMatchObject({
      api_token: "geheim-rotated",
    });
    await project.expectNoChanges();
  });

  test("a change behind Terraform's back is found and repaired", async () => {
    standin.change(named("openai").id, { name: "renamed", tags: [] });
    standin.change(named("orders-v3").id, { tags: ["env:lab"] });
    standin.remove(named("partner").id);
    expect(plannedActions(await project.plan())).toEqual({
      "patchbay_connection.openai": "updated in-place",
      "patchbay_connection.orders": "updated in-place",
      "patchbay_connection.partner": "created",
    });
    await project.applyPlan();
    expect(named("openai").tags).toHaveLength(2);
    expect(named("orders-v3").tags).toEqual([]);
    await project.expectNoChanges();
  });

  test("a failure while reading drops nothing from the state", async () => {
    standin.failNext({
      match: { method: "GET" },
      fault: { kind: "html", status: 404 },
      times: 100,
    });
    const { status, output } = await project.tryPlan();
    standin.clearFaults();
    expect(status).toBe(1);
    expect(output).toContain("Unexpected answer from the platform");
    await project.expectNoChanges();
  });

  test("what exists is imported by its UUID", async () => {
    const imported = ["aws", "openai"];
    await project.succeed([
      "state",
      "rm",
      ...imported.map((name) => `patchbay_connection.${name}`),
    ]);
    await project.succeed([
      "import",
      "-no-color",
      "patchbay_connection.aws",
      named("aws-production").id,
    ]);
    project.write(
      "imports.tf",
      `import {\n  to = patchbay_connection.openai\n  id = "${named("openai").id}"\n}\n`,
    );
    expect(plannedActions(await project.plan())).toMatchObject({
      "patchbay_connection.openai": "updated in-place",
    });
    standin.clearRequests();
    await project.applyPlan();
    expect(writes()).not.toContain("POST /api/v2/actions/connections");
    await project.expectNoChanges();
  });

  test("an import by name says that it takes the UUID", async () => {
    await project.succeed(["state", "rm", "patchbay_connection.aws"]);
    const { status, output } = await project.run([
      "import",
      "-no-color",
      "patchbay_connection.aws",
      "organization/acme/aws-production",
    ]);
    expect(status).toBe(1);
    expect(output).toContain("UUID");
    await project.succeed([
      "import",
      "-no-color",
      "patchbay_connection.aws",
      named("aws-production").id,
    ]);
    await project.expectNoChanges();
  });

  test("destroying leaves nothing", async () => {
    await project.destroy();
    expect(standin.stored()).toEqual([]);
    expect(new Set(writes())).toEqual(new Set([`DELETE ${CONNECTION}`]));
  });
};

describeWith(
  toolWithWriteOnly,
  "the life of examples/datadog",
  lifeOf(toolWithWriteOnly),
);
describeWith(
  toolWithoutWriteOnly,
  "the life of examples/datadog",
  lifeOf(toolWithoutWriteOnly),
);

describeWith(toolWithWriteOnly, "a datadog_action_connection", () => {
  beforeAll(start);
  afterAll(async () => {
    project.remove();
    await standin.close();
  });

  test("is taken over by a moved block, with nothing written to Datadog", async () => {
    const id = standin.add({
      name: "robot",
      integration: {
        type: "AWS",
        credentials: {
          type: "AWSAssumeRole",
          account_id: "123456789012",
          role: "loader",
        },
      },
    });
    project = new TerraformProject({
      tool: toolWithWriteOnly,
      environment: environment(),
      main: `provider "patchbay" {
  organization = "acme"
  datadog      = {}
}
moved {
  from = datadog_action_connection.robot
  to   = patchbay_connection.robot
}
resource "patchbay_connection" "robot" {
  name   = "robot"
  type   = "datadog:AWS"
  config = { account_id = "123456789012", role = "loader" }
}
`,
    });
    project.write("terraform.tfstate", stateOf(id));
    vendorOtherProvider(project, "datadog/datadog/4.19.0");
    await project.init();
    const text = await project.plan();
    expect(plannedActions(text)).toEqual({});
    expect(text).toContain("has moved to patchbay_connection.robot");
    await project.applyPlan();
    expect(writes()).toEqual([]);
    expect(await project.managed()).toEqual(["patchbay_connection.robot"]);
    await project.expectNoChanges();
  });

  function stateOf(id: string): string {
    const attributes = {
      id,
      name: "robot",
      aws: {
        assume_role: {
          account_id: "123456789012",
          role: "loader",
          external_id: "x",
          principal_id: "y",
        },
      },
      http: null,
      openai: null,
    };
    return JSON.stringify({
      version: 4,
      terraform_version: "1.11.0",
      serial: 1,
      lineage: "00000000-0000-4000-8000-000000000000",
      outputs: {},
      resources: [
        {
          mode: "managed",
          type: "datadog_action_connection",
          name: "robot",
          provider: 'provider["registry.terraform.io/datadog/datadog"]',
          instances: [{ schema_version: 0, attributes }],
        },
      ],
    });
  }
});
