import { join } from "node:path";
import { loadContract } from "../../standins/kit";
import {
  PIPES_DOCUMENT,
  PIPES_TOKEN,
  pipesContractOptions,
  type PipesStandin,
  startPipesStandin,
} from "../../standins/pipes";
import { withoutWriteOnly } from "../example-project";
import { vendorOtherProvider } from "../other-provider";
import {
  type PlanDocument,
  type ResourceChange,
  TerraformProject,
} from "../terraform-project";
import {
  anyTool,
  describeWith,
  type TerraformTool,
  tools,
  toolWithWriteOnly,
} from "../terraform-tools";

const example = join(__dirname, "../../../examples/pipes");
const contract = loadContract(PIPES_DOCUMENT, pipesContractOptions);

const secrets = {
  TF_VAR_aws_access_key: "access-key-of-the-acceptance",
  TF_VAR_aws_secret_key: "secret-key-of-the-acceptance",
  TF_VAR_github_token: "github-token-of-the-acceptance",
  TF_VAR_warehouse_password: "password-of-the-acceptance",
};

/** What Terraform and OpenTofu may do differently: the life of resources, and secrets with and without write-only arguments. */
describe.each(tools)("$name", (tool) => {
  describeWith(tool, "the life of examples/pipes", () => {
    let standin: PipesStandin;
    let project: TerraformProject;
    beforeAll(async () => {
      ({ standin, project } = await appliedExample(tool));
    });
    afterAll(async () => {
      project.remove();
      await standin.close();
    });
    const { stored, folderOf, granted } = viewOf(() => standin);

    // Each goes on where the one before has ended; that its changes are all shows that the one before left nothing undone.

    test("a plan after the first apply is empty, and Pipes holds what is declared", async () => {
      await project.expectNoChanges();
      expect(stored("aws_prod").config).toEqual({
        regions: ["eu-central-1", "us-east-1"],
        access_key: secrets.TF_VAR_aws_access_key,
        secret_key: secrets.TF_VAR_aws_secret_key,
      });
      expect(stored("github").workspaceId).toBe(
        standin.world.workspaces[0]?.id,
      );
      expect(stored("warehouse").config).toMatchObject({ user: "steampipe" });
      expect(folderOf("warehouse")).toBe("Databases");
      expect(standin.world.schemas).toHaveLength(3);
      // One for each attachment, and two of the access list.
      expect(standin.world.permissions).toHaveLength(5);
      expect(granted("net")).toEqual(["acme", "other"]);
      const output = await project.succeed([
        "output",
        "-json",
        "aws_workspaces",
      ]);
      expect(JSON.parse(output)).toEqual(["analytics", "science"]);
    });

    (tool.writeOnly ? test : test.skip)("no file holds a secret", () => {
      for (const [name, bytes] of project.files())
        for (const secret of Object.values(secrets))
          expect({ name, leaks: bytes.includes(secret) }).toEqual({
            name,
            leaks: false,
          });
    });

    test("a plain field changes in place, and no secret is lost by it", async () => {
      await project.plan("-var", 'aws_regions=["*"]');
      const plan = await project.planDocument();
      expect(changes(plan)).toEqual({ "patchbay_connection.aws": ["update"] });
      project.edit("variables.tf", '["eu-central-1", "us-east-1"]', '["*"]');
      await project.applyPlan();
      expect(stored("aws_prod").config).toEqual({
        regions: ["*"],
        access_key: secrets.TF_VAR_aws_access_key,
        secret_key: secrets.TF_VAR_aws_secret_key,
      });
      await project.expectNoChanges();
    });

    test("a plain field that somebody changed is put back, although secrets do not come back", async () => {
      stored("aws_prod").config["regions"] = ["us-east-1"];
      stored("aws_prod").version += 1;
      await project.plan();
      const plan = await project.planDocument();
      expect(changes(plan)).toEqual({ "patchbay_connection.aws": ["update"] });
      await project.applyPlan();
      expect(stored("aws_prod").config).toMatchObject({ regions: ["*"] });
      await project.expectNoChanges();
    });

    test("a new secret shows as its revision and nothing else", async () => {
      const rotated = {
        TF_VAR_github_token: "rotated-token-of-the-acceptance",
      };
      const { output } = await project.run(["plan", "-no-color"], rotated);
      expect(output).toMatch(/secrets_revision += 1 -> 2/);
      expect(output).not.toContain(rotated.TF_VAR_github_token);
      await project.succeed(
        ["apply", "-no-color", "-input=false", "-auto-approve"],
        rotated,
      );
      expect(stored("github").config).toEqual({
        token: rotated.TF_VAR_github_token,
      });
      await project.succeed(["apply", "-no-color", "-auto-approve"]);
      await project.expectNoChanges();
    });

    test("what stands there is imported by its natural key, and then there is nothing to do", async () => {
      for (const [address, id] of [
        ["patchbay_connection.net", "tenant/net"],
        [
          "patchbay_workspace_attachment.warehouse",
          "organization/acme/warehouse@workspace/analytics",
        ],
      ] as const) {
        await project.succeed(["state", "rm", address]);
        await project.succeed(["import", "-no-color", address, id]);
      }
      await project.expectNoChanges();
    });

    test("a connection is renamed in place, attachments included", async () => {
      const { id } = stored("aws_prod");
      project.edit("connections.tf", '"aws_prod"', '"aws_live"');
      await project.apply();
      await project.expectNoChanges();
      expect(stored("aws_live").id).toBe(id);
      const attached = standin.world.schemas.filter(
        ({ connectionId }) => connectionId === id,
      );
      expect(attached).toHaveLength(2);
      expect(standin.world.permissions).toHaveLength(5);
    });

    test("destroying everything leaves nothing behind", async () => {
      await project.destroy();
      const { connections, permissions, schemas } = standin.world;
      expect({ connections, permissions, schemas }).toEqual({
        connections: [],
        permissions: [],
        schemas: [],
      });
    });
  });
});

/** What Pipes and its adapter do, whoever asks. */
describeWith(
  anyTool,
  "folders, access lists and attachments of examples/pipes",
  () => {
    let standin: PipesStandin;
    let project: TerraformProject;
    beforeAll(async () => {
      ({ standin, project } = await appliedExample(anyTool));
    });
    afterAll(async () => {
      project.remove();
      await standin.close();
    });
    const { stored, folderOf, granted } = viewOf(() => standin);

    // Each goes on where the one before has ended.

    test("a detached connection is attached again", async () => {
      standin.world.schemas = standin.world.schemas.filter(
        ({ connectionId }) => connectionId !== stored("warehouse").id,
      );
      await project.plan();
      const plan = await project.planDocument();
      expect(changes(plan)).toEqual({
        "patchbay_workspace_attachment.warehouse": ["create"],
      });
      await project.applyPlan();
      await project.expectNoChanges();
    });

    test("a field that somebody added is taken away in place, and the attachments stay", async () => {
      const { id } = stored("warehouse");
      stored("warehouse").config["ignore_error_codes"] = ["X"];
      const text = await project.plan();
      expect(text).toContain(
        "patchbay_connection.warehouse will be updated in-place",
      );
      expect(text).toContain("0 to add, 1 to change, 0 to destroy");
      await project.applyPlan();
      expect(stored("warehouse")).toMatchObject({ id });
      expect(stored("warehouse").config).not.toHaveProperty(
        "ignore_error_codes",
      );
      await project.expectNoChanges();
    });

    test("a connection that was moved to another folder is moved back", async () => {
      const { world } = standin;
      stored("warehouse").folderId = world.folders.find(
        ({ title, identityId, workspaceId }) =>
          title === "Staging" &&
          identityId !== undefined &&
          workspaceId === undefined,
      )!.id;
      expect(await project.plan()).toContain(
        '~ parent            = "Staging" -> "Production/Databases"',
      );
      await project.applyPlan();
      expect(folderOf("warehouse")).toBe("Databases");
      await project.expectNoChanges();
    });

    test("a connection is moved to the top level, and into a folder again", async () => {
      project.edit("connections.tf", '"Production/Databases"', '"/"');
      expect(await project.plan()).toContain(
        '~ parent            = "Production/Databases" -> "/"',
      );
      await project.applyPlan();
      expect(folderOf("warehouse")).toBeUndefined();
      await project.expectNoChanges();
      project.edit("connections.tf", '"/"', '"Production/Databases"');
      await project.apply();
      await project.expectNoChanges();
    });

    test("a folder that is not there is told, with those that are", async () => {
      project.edit("connections.tf", "Databases", "Databeses");
      const { status, output } = await project.tryApply();
      expect(status).toBe(1);
      expect(plainText(output)).toContain(
        'has no folder "Databeses" in it. Did you mean "Databases"?',
      );
      expect(folderOf("warehouse")).toBe("Databases");
      project.edit("connections.tf", "Databeses", "Databases");
      await project.expectNoChanges();
    });

    test("a parent that is no longer declared leaves the connection where it is", async () => {
      const line = '  parent = "Production/Databases"\n';
      project.edit("connections.tf", line, "");
      await project.apply();
      expect(folderOf("warehouse")).toBe("Databases");
      await project.expectNoChanges();
      project.edit(
        "connections.tf",
        '  type   = "snowflake"\n',
        `  type   = "snowflake"\n${line}`,
      );
      await project.apply();
      await project.expectNoChanges();
    });

    test("access that somebody else granted is taken away, and what was taken away is granted", async () => {
      const { world } = standin;
      const [permission] = world.permissions.filter(
        ({ connectionId }) => connectionId === stored("net").id,
      );
      world.permissions.splice(world.permissions.indexOf(permission!), 1, {
        ...permission!,
        id: `perm_${"v".repeat(20)}`,
        identityId: world.users[0]!.id,
      });
      const output = await project.plan();
      expect(output).toMatch(/- "user\/jane",\s+\+ "org\/acme",/);
      expect(changes(await project.planDocument())).toEqual({
        "patchbay_connection.net": ["update"],
      });
      await project.applyPlan();
      expect(granted("net").sort()).toEqual(["acme", "other"]);
      await project.expectNoChanges();
    });

    test("an attachment goes on when the access list that reached it as well ends in the same apply", async () => {
      project.write("net.tf", attachedNet);
      await project.apply();
      expect(standin.world.schemas).toHaveLength(4);
      project.edit("connections.tf", '["org/acme", "org/other"]', "[]");
      await project.apply();
      expect(granted("net")).toEqual([]);
      expect(standin.world.schemas).toHaveLength(4);
      await project.expectNoChanges();
      project.edit(
        "connections.tf",
        "use = []",
        'use = ["org/acme", "org/other"]',
      );
      project.write("net.tf", "");
      await project.apply();
      await project.expectNoChanges();
      expect(standin.world.schemas).toHaveLength(3);
    });

    test("a new connection whose access is refused leaves nothing behind", async () => {
      project.write("refused.tf", refusedNet);
      const { status, output } = await project.tryApply();
      expect(status).toBe(1);
      expect(plainText(output)).toContain('There is no "org/nobody"');
      expect(stored("refused")).toBeUndefined();
      project.write("refused.tf", "");
      await project.expectNoChanges();
    });

    test.each([401, 500])(
      "a %i while reading drops nothing from the state",
      async (status) => {
        const before = await project.managed();
        standin.failNext({
          fault: { kind: "status", status, when: "before" },
          times: 10_000,
          match: { method: "GET" },
        });
        // Retries wait, so one resource is enough.
        const { output, status: exit } = await project.tryPlan(
          "-target=patchbay_connection.net",
        );
        standin.clearFaults();
        expect(exit).toBe(1);
        expect(output).toContain("Error:");
        expect(await project.managed()).toEqual(before);
      },
    );

    test("a failing test of the new settings changes nothing", async () => {
      Object.assign(standin.behaviour, {
        testResult: { status: "failed", reason: "no such account" },
      });
      project.edit("connections.tf", '"xy12345"', '"ab67890"');
      const { status, output } = await project.tryApply();
      expect(status).toBe(1);
      expect(output).toContain("no such account");
      expect(stored("warehouse").config["account"]).toBe("xy12345");
      Object.assign(standin.behaviour, { testResult: { status: "ok" } });
      project.edit("connections.tf", '"ab67890"', '"xy12345"');
      await project.expectNoChanges();
    });

    test("what is attached elsewhere is not destroyed under it", async () => {
      const { status, output } = await project.run([
        "apply",
        "-no-color",
        "-auto-approve",
        "-destroy",
        "-target=patchbay_workspace_attachment.warehouse",
      ]);
      expect({ status, output }).toMatchObject({ status: 0 });
      standin.world.schemas.push({
        id: `c_${"v".repeat(20)}`,
        connectionId: stored("warehouse").id,
        workspaceId: standin.world.workspaces[1]!.id,
        state: "direct",
      });
      const destroyed = await project.run([
        "destroy",
        "-no-color",
        "-auto-approve",
        "-target=patchbay_connection.warehouse",
      ]);
      standin.world.schemas.pop();
      expect(destroyed.status).toBe(1);
      expect(plainText(destroyed.output)).toContain(
        "workspace science (attachment)",
      );
    });
  },
);

describeWith(anyTool, "the wrong arguments on Pipes", () => {
  test("are told with what there is instead, before anything is asked", async () => {
    const standin = await startPipesStandin({ contract });
    const project = projectOn(anyTool, standin, { main: unsupported });
    await project.init();
    const { status, output } = await project.tryPlan();
    project.remove();
    expect(status).toBe(1);
    expect(plainText(output)).toContain(
      "Pipes connections have no description",
    );
    expect(plainText(output)).toContain(
      "Pipes has workspaces and no deployments",
    );
    expect(standin.requests()).toEqual([]);
    await standin.close();
  });

  test("and what Pipes could not hold are told by the plan, all at once", async () => {
    const standin = await startPipesStandin({ contract });
    const project = projectOn(anyTool, standin, { main: unheld });
    await project.init();
    const { status, output } = await project.tryPlan();
    project.remove();
    expect(status).toBe(1);
    const text = plainText(output);
    expect(text).toContain('"net-1" cannot be the name of a connection');
    expect(text).toContain('no place for the field "database"');
    expect(text).toContain('"token" sounds like a secret');
    expect(text).toContain('"type" is a setting of Steampipe');
    expect(text).toContain('no permissions for "team/data"');
    expect(text).toContain("stays inside this organization");
    expect(text).toContain('write parent = "/"');
    expect(standin.requests()).toEqual([]);
    await standin.close();
  });

  test("a missing token names both ways to give it, and the host", async () => {
    const project = new TerraformProject({ tool: anyTool, main: onlyRead });
    await project.init();
    const { output } = await project.tryPlan();
    project.remove();
    expect(plainText(output)).toContain("PIPES_TOKEN");
    expect(plainText(output)).toContain("pipes.turbot.com");
  });
});

// Taking state over between providers came with Terraform 1.8.
describeWith(toolWithWriteOnly, "moving in from turbot/pipes", () => {
  test("takes state over without a call that writes, and then there is nothing to do", async () => {
    const standin = await startPipesStandin({ contract });
    const ids = fillWorld(standin);
    const project = projectOn(toolWithWriteOnly, standin, { main: moved });
    project.write("terraform.tfstate", foreignState(ids));
    vendorOtherProvider(project, "turbot/pipes/0.17.0");
    await project.init();
    await project.apply();
    expect(standin.requests().every(({ method }) => method === "GET")).toBe(
      true,
    );
    expect(await project.managed()).toEqual([
      "patchbay_connection.aws",
      "patchbay_workspace_attachment.aws",
    ]);
    await project.expectNoChanges();
    project.remove();
    await standin.close();
  });
});

/** The example, applied to a Pipes that grants late and updates slowly. */
async function appliedExample(tool: TerraformTool) {
  const standin = await startPipesStandin({
    contract,
    behaviour: { grantLag: 1, rolloutReads: 1 },
  });
  const project = projectOn(tool, standin, { copyOf: example });
  await project.init();
  await project.apply();
  return { standin, project };
}

/** What is in Pipes, by the handles of connections. */
function viewOf(standin: () => PipesStandin) {
  const stored = (handle: string) =>
    standin().world.connections.find(
      (connection) => connection.handle === handle,
    )!;
  return {
    stored,
    folderOf: (handle: string) =>
      standin().world.folders.find(({ id }) => id === stored(handle).folderId)
        ?.title,
    /** The organizations and users that all of a connection is granted to. */
    granted: (handle: string) => {
      const { organizations, users, permissions } = standin().world;
      return permissions.flatMap((permission) => {
        const identity = [...organizations, ...users].find(
          ({ id }) => id === permission.identityId,
        );
        return permission.connectionId === stored(handle).id &&
          permission.workspaceId === undefined &&
          identity !== undefined
          ? [identity.handle]
          : [];
      });
    },
  };
}

function projectOn(
  tool: TerraformTool,
  standin: PipesStandin,
  options: { readonly copyOf?: string; readonly main?: string },
): TerraformProject {
  const project = new TerraformProject({
    tool,
    ...options,
    environment: {
      ...secrets,
      PIPES_HOST: standin.url,
      PIPES_TOKEN,
    },
  });
  if (!tool.writeOnly) withoutWriteOnly(project);
  return project;
}

const provider = `provider "patchbay" {
  organization = "acme"
  pipes        = {}
}
`;

const unsupported = `${provider}
resource "patchbay_connection" "net" {
  name        = "net"
  type        = "pipes:net"
  description = "DNS and HTTP"
  auto_link   = true
}
`;

const unheld = `${provider}
resource "patchbay_connection" "net" {
  name   = "net-1"
  type   = "pipes:net"
  config = { type = "aggregator" }
  access = { use = ["team/data", "org/other"] }
  parent = "o_00000000000000000000"
}

resource "patchbay_connection" "tokens" {
  name   = "tokens"
  type   = "pipes:net"
  config = { token = "x" }
}

resource "patchbay_connection" "warehouse" {
  name = "warehouse"
  type = "snowflake"
  config = {
    account  = "xy12345"
    login    = "steampipe"
    database = "DEMO"
  }
  secrets = { password = "not-a-secret" }
}
`;

const attachedNet = `resource "patchbay_workspace_attachment" "net" {
  connection_id = patchbay_connection.net.id
  workspace     = "analytics"
}
`;

const refusedNet = `resource "patchbay_connection" "refused" {
  owner  = "tenant"
  name   = "refused"
  type   = "pipes:net"
  access = { use = ["org/acme", "org/nobody"] }
}
`;

const onlyRead = `${provider}
data "patchbay_connection" "net" {
  id = "organization/acme/net"
}
`;

const moved = `${provider}
moved {
  from = pipes_organization_connection.aws
  to   = patchbay_connection.aws
}

moved {
  from = pipes_workspace_schema.aws
  to   = patchbay_workspace_attachment.aws
}

resource "patchbay_connection" "aws" {
  name   = "aws_prod"
  type   = "pipes:aws"
  config = { regions = ["eu-central-1"] }
}

resource "patchbay_workspace_attachment" "aws" {
  connection_id = patchbay_connection.aws.id
  workspace     = "analytics"
}
`;

interface ForeignIds {
  readonly connection: string;
  readonly schema: string;
}

/** What Turbot's own provider had made. */
function fillWorld({ world }: PipesStandin): ForeignIds {
  const [workspace] = world.workspaces;
  const ids = {
    connection: `c_${"1".repeat(20)}`,
    schema: `c_${"2".repeat(20)}`,
  };
  world.connections.push({
    id: ids.connection,
    handle: "aws_prod",
    plugin: "aws",
    config: { regions: ["eu-central-1"] },
    identityId: workspace!.identityId,
    workspaceId: undefined,
    version: 3,
    status: "enabled",
    createdAt: new Date(world.clock).toISOString(),
    attemptAt: undefined,
    successAt: undefined,
    errorAt: undefined,
    readsLeft: 0,
  });
  world.schemas.push({
    id: ids.schema,
    connectionId: ids.connection,
    workspaceId: workspace!.id,
    state: "direct",
  });
  return ids;
}

const foreignProvider = "registry.terraform.io/turbot/pipes";

function foreignState({ connection, schema }: ForeignIds): string {
  const resource = (type: string, attributes: object) => ({
    mode: "managed",
    type,
    name: "aws",
    provider: `provider["${foreignProvider}"]`,
    instances: [{ schema_version: 0, attributes, sensitive_attributes: [] }],
  });
  return JSON.stringify({
    version: 4,
    terraform_version: "1.11.4",
    serial: 1,
    lineage: "moving-in",
    outputs: {},
    resources: [
      resource("pipes_organization_connection", {
        id: "acme/aws_prod",
        organization: "acme",
        handle: "aws_prod",
        plugin: "aws",
        config: JSON.stringify({ regions: ["eu-central-1"] }),
        connection_id: connection,
      }),
      resource("pipes_workspace_schema", {
        id: "acme/analytics/connection/aws_prod",
        organization: "acme",
        workspace: "analytics",
        connection_handle: "aws_prod",
        workspace_schema_id: schema,
      }),
    ],
  });
}

/** Without the frame and the line breaks that Terraform puts into messages. */
function plainText(output: string): string {
  return output.replace(/[│╷╵]/g, " ").replace(/\s+/g, " ");
}

function changes(plan: PlanDocument): Readonly<Record<string, unknown>> {
  const changed = (plan.resource_changes ?? []).filter(
    ({ address, change }: ResourceChange) =>
      !address.startsWith("data.") && change.actions.join() !== "no-op",
  );
  return Object.fromEntries(
    changed.map(({ address, change }) => [address, change.actions]),
  );
}
