import { TerraformOutput, TerraformVariable } from "cdktf";
import { faultsOf, synthesize } from "../../../test/cdktf/synthesis";
import { Deployment } from "../deployment";
import { Workspace } from "../workspace";
import {
  DataPatchbayConnection,
  DataPatchbayConnections,
  DataPatchbayConnectionTypes,
  DataPatchbayConnectionUsage,
  DataPatchbayDeployment,
  DataPatchbayDeployments,
  DataPatchbayEffectiveConnection,
  DataPatchbayWorkspace,
  DataPatchbayWorkspaces,
} from ".";

test("every data source writes its arguments, and nothing that was not given", () => {
  const { data } = synthesize((stack) => {
    const analytics = new Workspace(stack, "analytics");
    const prod = new Deployment(stack, "prod", { workspace: analytics });
    const id = new TerraformVariable(stack, "id", {}).stringValue;
    new DataPatchbayConnection(stack, "by-id", { connectionId: id });
    new DataPatchbayConnection(stack, "by-name", {
      name: "a ${b}",
      owner: "user/jane",
    });
    new DataPatchbayConnections(stack, "all");
    new DataPatchbayConnections(stack, "some", {
      owner: "organization/acme",
      type: "http",
    });
    new DataPatchbayConnectionUsage(stack, "usage", {
      connectionId: id,
      dependsOn: [prod],
    });
    new DataPatchbayConnectionTypes(stack, "types");
    new DataPatchbayEffectiveConnection(stack, "effective", {
      connectionId: id,
      deployment: prod,
    });
    new DataPatchbayWorkspace(stack, "workspace", { name: "w" });
    new DataPatchbayWorkspaces(stack, "workspaces", {
      owner: "organization/acme",
    });
    new DataPatchbayDeployment(stack, "deployment", {
      name: "d",
      owner: "organization/acme",
    });
    new DataPatchbayDeployments(stack, "deployments", { workspace: analytics });
  });
  expect(data).toEqual({
    patchbay_connection: {
      "by-id": { id: "${var.id}" },
      "by-name": { name: "a $${b}", owner: "user/jane" },
    },
    patchbay_connections: {
      all: {},
      some: { owner: "organization/acme", type: "http" },
    },
    patchbay_connection_usage: {
      usage: {
        connection_id: "${var.id}",
        depends_on: ["patchbay_deployment.prod"],
      },
    },
    patchbay_connection_types: { types: {} },
    patchbay_effective_connection: {
      effective: {
        connection_id: "${var.id}",
        deployment: "${patchbay_deployment.prod.name}",
      },
    },
    patchbay_workspace: { workspace: { name: "w" } },
    patchbay_workspaces: { workspaces: { owner: "organization/acme" } },
    patchbay_deployment: {
      deployment: { name: "d", owner: "organization/acme" },
    },
    patchbay_deployments: {
      deployments: { workspace: "${patchbay_workspace.analytics.name}" },
    },
  });
});

test("their results are references, lists and objects included", () => {
  const build = (stack: Parameters<Parameters<typeof synthesize>[0]>[0]) => {
    const types = new DataPatchbayConnectionTypes(stack, "types");
    const one = new DataPatchbayConnection(stack, "one", { name: "x" });
    new TerraformOutput(stack, "out", {
      value: {
        types: types.types,
        config: one.config,
        text: `at ${one.connectionString}`,
        secrets: one.secretFields,
      },
    });
  };
  expect(faultsOf(build)).toEqual([]);
  expect((synthesize(build) as unknown as { output: unknown }).output).toEqual({
    out: {
      value: {
        types: "${data.patchbay_connection_types.types.types}",
        config: "${data.patchbay_connection.one.config}",
        text: "at ${data.patchbay_connection.one.connection_string}",
        secrets: "${data.patchbay_connection.one.secret_fields}",
      },
    },
  });
});
