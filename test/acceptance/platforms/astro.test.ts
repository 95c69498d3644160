import { join } from "node:path";
import {
  type AstroStandin,
  type AstroStandinOptions,
  STANDIN_ORGANIZATION,
  STANDIN_TOKEN,
  startAstroStandin,
} from "../../standins/astro";
import { withoutWriteOnly } from "../example-project";
import { vendorOtherProvider } from "../other-provider";
import {
  type PlanDocument,
  type ResourceChange,
  TerraformProject,
} from "../terraform-project";
import {
  describeWith,
  type TerraformTool,
  tools,
  toolWithoutWriteOnly,
} from "../terraform-tools";

const example = join(__dirname, "../../../examples/astro");

const secrets = {
  TF_VAR_warehouse_password: "password-of-the-acceptance",
  TF_VAR_warehouse_staging_password: "staging-password-of-the-acceptance",
  TF_VAR_lake_secret_access_key: "secret-key-of-the-acceptance",
  TF_VAR_airbyte_password: "airbyte-password-of-the-acceptance",
};

describe.each(tools.filter(({ writeOnly }) => writeOnly))("$name", (tool) => {
  describeWith(tool, "the life of examples/astro", () => {
    let standin: AstroStandin;
    let project: TerraformProject;
    beforeAll(async () => {
      ({ standin, project } = await projectOn(tool, { copyOf: example }));
      await project.init();
      await project.apply();
    });
    afterAll(async () => {
      project.remove();
      await standin.close();
    });
    const stored = (key: string) =>
      standin.world.objects.find(({ objectKey }) => objectKey === key)!;
    const change = (key: string, changes: object) => {
      standin.world.objects = standin.world.objects.map((object) =>
        object.objectKey === key ? { ...object, ...changes } : object,
      );
    };

    // Each goes on where the one before has ended; that its changes are all shows that the one before left nothing undone.

    test("a plan after the first apply is empty, and Astro holds what is declared", async () => {
      await project.expectNoChanges();
      expect(stored("warehouse").connection).toEqual({
        type: "snowflake",
        login: "loader",
        schema: "PUBLIC",
        password: secrets.TF_VAR_warehouse_password,
        extra: { account: "xy12345", database: "DEMO", warehouse: "LOADING" },
      });
      expect(
        stored("warehouse").links.map(({ overrides }) => overrides),
      ).toContainEqual({
        schema: "STAGING",
        password: secrets.TF_VAR_warehouse_staging_password,
      });
      expect(stored("lake").autoLinkDeployments).toBe(true);
      const output = await project.succeed([
        "output",
        "-json",
        "warehouse_deployments",
      ]);
      expect(JSON.parse(output)).toEqual(["prod", "staging"]);
    });

    test("no file holds a secret", () => {
      for (const [name, bytes] of project.files())
        for (const secret of Object.values(secrets))
          expect({ name, leaks: bytes.includes(secret) }).toEqual({
            name,
            leaks: false,
          });
    });

    test("one override changes one link, and the plan shows what the deployment will see", async () => {
      const { text, plan } = await planOf(
        project,
        "-var",
        "staging_schema=SANDBOX",
      );
      expect(changes(plan)).toEqual({
        "patchbay_deployment_link.warehouse_staging": ["update"],
      });
      expect(text).toMatch(/~ schema += "STAGING" -> "SANDBOX"/);
      project.edit("variables.tf", '"STAGING"', '"SANDBOX"');
      await project.applyPlan();
      await project.expectNoChanges();
      expect(stored("warehouse").links).toHaveLength(2);
    });

    test("a plain field changes in place, and neither links nor secrets are lost by it", async () => {
      project.edit("connections.tf", '"LOADING"', '"LOADING_XL"');
      const { plan } = await planOf(project);
      expect(changes(plan)).toMatchObject({
        "patchbay_connection.warehouse": ["update"],
      });
      await project.applyPlan();
      expect(stored("warehouse").links).toHaveLength(2);
      expect(stored("warehouse").connection["password"]).toBe(
        secrets.TF_VAR_warehouse_password,
      );
      await project.expectNoChanges();
    });

    test("what somebody else changed is put back", async () => {
      const { connection } = stored("warehouse");
      change("warehouse", {
        connection: { ...connection, login: "intruder" },
        links: [],
      });
      const { plan } = await planOf(project);
      expect(changes(plan)).toEqual({
        "patchbay_connection.warehouse": ["update"],
        "patchbay_deployment_link.warehouse_prod": ["create"],
        "patchbay_deployment_link.warehouse_staging": ["create"],
      });
      await project.applyPlan();
      await project.expectNoChanges();
      expect(stored("warehouse").connection["login"]).toBe("loader");
    });

    test("keys that somebody typed in the web page are shown and taken away in place: nothing is destroyed, and a secret among them is never shown", async () => {
      const { connection } = stored("warehouse");
      const stray = "canary-typed-in-the-web-page";
      change("warehouse", {
        connection: {
          ...connection,
          host: "stray.example.com",
          extra: {
            ...(connection["extra"] as object),
            insecure_mode: true,
            proxy_password: stray,
          },
        },
      });
      const { text, plan } = await planOf(project);
      expect(changes(plan)).toMatchObject({
        "patchbay_connection.warehouse": ["update"],
      });
      expect(text).toMatch(/0 to add, \d to change, 0 to destroy/);
      expect(text).toMatch(/insecure_mode/);
      expect(text + JSON.stringify(plan)).not.toContain(stray);
      await project.applyPlan();
      await project.expectNoChanges();
      expect(stored("warehouse").links).toHaveLength(2);
      expect(stored("warehouse").connection["extra"]).toEqual({
        ...(connection["extra"] as object),
        // Nobody declared it, and nobody is told to take it away.
        proxy_password: stray,
      });
      change("warehouse", { connection });
    });

    test("between types that Astro stores as one, a change of type is an update", async () => {
      const before = project.read("connections.tf");
      project.edit("connections.tf", '"astro:airbyte"', '"generic"');
      project.edit(
        "connections.tf",
        'host  = "airbyte.example.com"',
        'host  = "airbyte.example.com"\n    conn_type = "airbyte"',
      );
      const { text, plan } = await planOf(project);
      expect(changes(plan)).toMatchObject({
        "patchbay_connection.airbyte": ["update"],
      });
      expect(text).not.toContain("forces replacement");
      await project.applyPlan();
      await project.expectNoChanges();
      project.write("connections.tf", before);
      await project.apply();
      await project.expectNoChanges();
    });

    test("a secret that somebody removed is sent again", async () => {
      const { password, ...rest } = stored("airbyte").connection;
      change("airbyte", { connection: rest });
      const { text, plan } = await planOf(project);
      expect(changes(plan)).toEqual({
        "patchbay_connection.airbyte": ["update"],
      });
      expect(text).toMatch(/secrets_revision += 0 -> /);
      await project.applyPlan();
      expect(stored("airbyte").connection["password"]).toBe(password);
      await project.expectNoChanges();
    });

    test("a connection that somebody deleted is made again", async () => {
      standin.world.objects = standin.world.objects.filter(
        ({ objectKey }) => objectKey !== "lake",
      );
      const { plan } = await planOf(project);
      expect(changes(plan)).toEqual({ "patchbay_connection.lake": ["create"] });
      await project.applyPlan();
      await project.expectNoChanges();
    });

    test("what stands there is imported by its natural key", async () => {
      for (const [address, id] of [
        ["patchbay_connection.lake", "workspace/analytics/lake"],
        [
          "patchbay_deployment_link.warehouse_prod",
          "workspace/analytics/warehouse@deployment/prod",
        ],
      ] as const) {
        await project.succeed(["state", "rm", address]);
        await project.succeed(["import", "-no-color", address, id]);
      }
      const { plan } = await planOf(project);
      // The secret is declared for the first time, and sent once.
      expect(changes(plan)).toEqual({ "patchbay_connection.lake": ["update"] });
      await project.applyPlan();
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
        const run = await project.tryPlan(
          "-target=patchbay_connection.airbyte",
        );
        standin.clearFaults();
        expect(run.status).toBe(1);
        expect(run.output).toContain("Error:");
        expect(await project.managed()).toEqual(before);
      },
    );

    test("what is linked elsewhere is not destroyed under it", async () => {
      await project.succeed([
        "state",
        "rm",
        "patchbay_deployment_link.warehouse_prod",
      ]);
      const run = await project.run(["destroy", "-no-color", "-auto-approve"]);
      expect(run.status).toBe(1);
      expect(plainText(run.output)).toContain("deployment prod (link)");
      change("warehouse", { links: [] });
    });

    test("destroying everything leaves nothing behind", async () => {
      await project.destroy();
      expect(standin.world.objects).toEqual([]);
    });
  });

  describeWith(tool, "links of one connection on Astro", () => {
    test("to 50 deployments, some named by id, are made by few updates", async () => {
      const { standin, project } = await projectOn(tool, {
        main: fiftyLinks,
        standin: { moreDeployments: 50 },
      });
      try {
        await project.init();
        await project.apply("-parallelism=50");
        expect(standin.world.objects[0]?.links).toHaveLength(50);
        expect(updatesAt(standin)).toBeLessThanOrEqual(3);
        standin.clearRequests();
        await project.expectNoChanges();
        expect(standin.requests().length).toBeLessThanOrEqual(60);
        // Without the option, Terraform does ten things at once: thirty are three waves.
        project.edit("main.tf", "d[0-9]+", "d[12]?[0-9]$");
        standin.clearRequests();
        await project.apply();
        expect(standin.world.objects[0]?.links).toHaveLength(30);
        expect(updatesAt(standin)).toBeLessThanOrEqual(2 + 1);
      } finally {
        project.remove();
        await standin.close();
      }
    });
  });

  describeWith(tool, "the wrong arguments on Astro", () => {
    test("are told with what there is instead, before anything is asked", async () => {
      const { standin, project } = await projectOn(tool, { main: unsupported });
      await project.init();
      const { status, output } = await project.tryPlan();
      project.remove();
      expect(status).toBe(1);
      expect(plainText(output)).toContain("Owners there are of these kinds");
      expect(plainText(output)).toContain("roles in its workspace");
      expect(standin.requests()).toEqual([]);
      await standin.close();
    });

    test("are told by the plan where Airflow has no place for them, with what to do", async () => {
      const { standin, project } = await projectOn(tool, { main: unholdable });
      try {
        await project.init();
        const { status, output } = await project.tryPlan();
        const told = plainText(output);
        expect(status).toBe(1);
        expect(told.match(/Error: /g)).toHaveLength(6);
        for (const [path, advice] of [
          ["config.ssl_root_certificate", "Put the file into the project"],
          ["secrets_wo.secret_headers", "Use token, or login and password"],
          ["config.port", "without quotes"],
          ["overrides.ssl_certificate", "Put the file into the project"],
          ["removed_fields", "port = 5432"],
          ["override_secrets_wo.ssl_key", "Put the file into the project"],
        ] as const) {
          expect(told).toContain(`Path: ${path} `);
          expect(told).toContain(advice);
        }
        expect(told).not.toContain(secrets.TF_VAR_warehouse_password);
        // What is right beside them is looked for, and nothing is written.
        expect(standin.requests().every(({ method }) => method === "GET")).toBe(
          true,
        );
      } finally {
        project.remove();
        await standin.close();
      }
    });

    test("a missing token names both ways to give it", async () => {
      const project = new TerraformProject({ tool, main: onlyRead });
      await project.init();
      const { output } = await project.tryPlan();
      project.remove();
      expect(plainText(output)).toContain("ASTRO_API_TOKEN");
      expect(plainText(output)).toContain("token = var.astro_token");
    });
  });

  describeWith(tool, "defaults on Astro", () => {
    test("are no change, spelled out or not, and what Airflow does without them is shown", async () => {
      const { standin, project } = await projectOn(tool, {
        main: withoutDefaults,
      });
      try {
        standin.add({
          objectKey: "search",
          scopeEntityId: standin.world.workspaces[0]!.id,
          connection: { type: "elasticsearch", host: "search.example.com" },
        });
        await project.init();
        await project.succeed([
          "import",
          "-no-color",
          "patchbay_connection.search",
          "workspace/analytics/search",
        ]);
        const { text, plan } = await planOf(project);
        expect(changes(plan)["patchbay_connection.search"]).toEqual(["update"]);
        expect(text).toMatch(/- scheme += "http"$/m);
        expect(text).toContain(
          '"http://search.example.com" -> "https://search.example.com"',
        );
        await project.applyPlan();
        await project.expectNoChanges();
        expect(
          standin.world.objects.map(({ connection }) => connection),
        ).toEqual([
          {
            type: "elasticsearch",
            host: "search.example.com",
            port: 9200,
            schema: "https",
            extra: { request_timeout: 10 },
          },
          { type: "http", host: "https://orders.example.com" },
        ]);
        project.edit(
          "main.tf",
          "/* search */",
          'scheme = "https"\nport = 9200',
        );
        project.edit("main.tf", "/* orders */", "verify_tls = true");
        await project.expectNoChanges();
      } finally {
        project.remove();
        await standin.close();
      }
    });
  });

  describeWith(tool, "an astro_environment_object", () => {
    test("is taken over by a moved block, with nothing written to Astro", async () => {
      const { standin, project } = await projectOn(tool, { main: moved });
      try {
        const workspace = standin.world.workspaces[0]!.id;
        const staging = standin.world.deployments[1]!.id;
        const id = standin.add({
          objectKey: "orders",
          scopeEntityId: workspace,
          connection: {
            type: "postgres",
            host: "orders.example.com",
            login: "loader",
            extra: { sslmode: "require" },
          },
          excludeLinks: [staging],
        });
        project.edit("main.tf", "WORKSPACE", workspace);
        project.write(
          "terraform.tfstate",
          foreignState(id, workspace, staging),
        );
        vendorOtherProvider(project, "astronomer/astro/1.5.2");
        await project.init();
        const { text, plan } = await planOf(project);
        expect(changes(plan)).toEqual({});
        expect(text).toContain("has moved to patchbay_connection.orders");
        await project.applyPlan();
        await project.expectNoChanges();
        expect(standin.requests({ method: "POST" })).toEqual([]);
        expect(await project.managed()).toEqual(["patchbay_connection.orders"]);
      } finally {
        project.remove();
        await standin.close();
      }
    });
  });
});

describeWith(
  toolWithoutWriteOnly,
  "the life of examples/astro without write-only arguments",
  () => {
    let standin: AstroStandin;
    let project: TerraformProject;
    beforeAll(async () => {
      ({ standin, project } = await projectOn(toolWithoutWriteOnly, {
        copyOf: example,
      }));
      withoutWriteOnly(project);
      await project.init();
      await project.apply();
    });
    afterAll(async () => {
      project.remove();
      await standin.close();
    });
    const warehouse = () =>
      standin.world.objects.find(({ objectKey }) => objectKey === "warehouse")!;
    const overridden = () =>
      warehouse().links.find(({ overrides }) => "schema" in overrides)
        ?.overrides;

    test("a plan after the first apply is empty, and Astro holds the secrets", async () => {
      await project.expectNoChanges();
      expect(warehouse().connection["password"]).toBe(
        secrets.TF_VAR_warehouse_password,
      );
      expect(overridden()).toEqual({
        schema: "STAGING",
        password: secrets.TF_VAR_warehouse_staging_password,
      });
    });

    test("a new secret of the connection and of a link is all that a plan shows, and neither by value", async () => {
      const rotated = {
        TF_VAR_warehouse_password: "rotated-of-the-acceptance",
        TF_VAR_warehouse_staging_password: "rotated-staging-of-the-acceptance",
      };
      const { output } = await project.run(["plan", "-no-color"], rotated);
      // The connection, the link that overrides it, and the one whose deployment sees it.
      expect(output).toContain("0 to add, 3 to change, 0 to destroy");
      expect(output).toMatch(/~ secrets_revision += 1 -> 2/);
      expect(output).toMatch(/~ override_secrets_revision += 1 -> 2/);
      for (const secret of Object.values(rotated))
        expect(output).not.toContain(secret);
      await project.succeed(["apply", "-no-color", "-auto-approve"], rotated);
      expect(warehouse().connection["password"]).toBe(
        rotated.TF_VAR_warehouse_password,
      );
      expect(overridden()?.["password"]).toBe(
        rotated.TF_VAR_warehouse_staging_password,
      );
      await project.succeed(["apply", "-no-color", "-auto-approve"]);
    });

    test("plain fields change in place, and no secret is lost by it", async () => {
      project.edit("connections.tf", '"LOADING"', '"LOADING_XL"');
      project.edit("variables.tf", '"STAGING"', '"SANDBOX"');
      await project.apply();
      await project.expectNoChanges();
      expect(warehouse().connection["password"]).toBe(
        secrets.TF_VAR_warehouse_password,
      );
      expect(overridden()).toEqual({
        schema: "SANDBOX",
        password: secrets.TF_VAR_warehouse_staging_password,
      });
    });

    test("destroying everything leaves nothing behind", async () => {
      await project.destroy();
      expect(standin.world.objects).toEqual([]);
    });
  },
);

async function projectOn(
  tool: TerraformTool,
  options: {
    readonly copyOf?: string;
    readonly main?: string;
    readonly standin?: AstroStandinOptions;
  },
): Promise<{
  readonly standin: AstroStandin;
  readonly project: TerraformProject;
}> {
  const standin = await startAstroStandin(options.standin);
  const { copyOf, main } = options;
  const project = new TerraformProject({
    tool,
    ...(copyOf !== undefined && { copyOf }),
    ...(main !== undefined && { main: `${variables}${main}` }),
    environment: {
      ...secrets,
      TF_VAR_astro_organization_id: STANDIN_ORGANIZATION,
      TF_VAR_astro_host: standin.url,
      ASTRO_API_TOKEN: STANDIN_TOKEN,
    },
  });
  return { standin, project };
}

/** How many updates of a connection came in. */
function updatesAt(standin: AstroStandin): number {
  return standin.requests({
    method: "POST",
    where: ({ path }) => !path.endsWith("/environment-objects"),
  }).length;
}

const variables = `variable "astro_organization_id" {}
variable "astro_host" {}
provider "patchbay" {
  astro = {
    organization_id = var.astro_organization_id
    host            = var.astro_host
  }
}
`;

const fiftyLinks = `
data "patchbay_deployments" "all" { owner = "organization/acme" }

resource "patchbay_connection" "orders" {
  name   = "orders"
  type   = "astro:http_like"
  owner  = "workspace/analytics"
  config = { host = "orders.example.com" }
}

resource "patchbay_deployment_link" "orders" {
  for_each = {
    for deployment in data.patchbay_deployments.all.deployments : deployment.name => deployment
    if can(regex("d[0-9]+", deployment.name))
  }
  connection_id = patchbay_connection.orders.id
  deployment    = endswith(each.key, "7") ? each.value.platform_id : each.key
  overrides     = { host = "\${each.key}.example.com" }
}
`;

const unsupported = `
resource "patchbay_connection" "orders" {
  name   = "orders"
  type   = "http"
  owner  = "organization/acme"
  config = { base_url = "https://orders.example.com" }
  access = { use = ["user/jane"] }
}
`;

const unholdable = `
variable "warehouse_password" { ephemeral = true }

resource "patchbay_connection" "orders" {
  name  = "orders"
  type  = "postgresql"
  owner = "workspace/analytics"
  config = {
    host                 = "orders.example.com"
    login                = "loader"
    ssl_root_certificate = "-----BEGIN CERTIFICATE-----"
  }
}

resource "patchbay_connection" "api" {
  name       = "api"
  type       = "http"
  owner      = "workspace/analytics"
  config     = { base_url = "https://orders.example.com" }
  secrets_wo = { secret_headers = { X-Key = var.warehouse_password } }
}

resource "patchbay_connection" "ftp" {
  name   = "ftp"
  type   = "astro:ftp"
  owner  = "workspace/analytics"
  config = { port = "21" }
}

resource "patchbay_connection" "app" {
  name   = "app"
  type   = "postgresql"
  owner  = "workspace/analytics"
  config = { host = "app.example.com", login = "loader", port = 6432 }
}

resource "patchbay_deployment_link" "app" {
  connection_id = patchbay_connection.app.id
  deployment    = "prod"
  overrides = {
    ssl_certificate = "-----BEGIN CERTIFICATE-----"
  }
  removed_fields = ["port"]
  override_secrets_wo = {
    ssl_key = "-----BEGIN PRIVATE KEY-----\${var.warehouse_password}"
  }
}
`;

const withoutDefaults = `
resource "patchbay_connection" "search" {
  name  = "search"
  type  = "elasticsearch"
  owner = "workspace/analytics"
  config = {
    host = "search.example.com"
    /* search */
  }
}

resource "patchbay_connection" "orders" {
  name  = "orders"
  type  = "http"
  owner = "workspace/analytics"
  config = {
    base_url = "https://orders.example.com"
    /* orders */
  }
}

resource "patchbay_deployment_link" "search" {
  connection_id = patchbay_connection.search.id
  deployment    = "prod"
  overrides     = { port = 9200 }
}
`;

const onlyRead = `provider "patchbay" {
  astro = { organization_id = "o1" }
}

data "patchbay_connection" "orders" {
  id = "workspace/analytics/orders"
}
`;

const moved = `
moved {
  from = astro_environment_object.orders
  to   = patchbay_connection.orders
}

resource "patchbay_connection" "orders" {
  name   = "orders"
  type   = "postgresql"
  owner  = "workspace/WORKSPACE"
  config = { host = "orders.example.com", login = "loader", ssl_mode = "require" }

  auto_link_except = ["staging"]
}
`;

/** Plans into a file: what is printed, and the plan as a document. */
async function planOf(
  project: TerraformProject,
  ...args: readonly string[]
): Promise<{ readonly text: string; readonly plan: PlanDocument }> {
  const text = await project.plan(...args);
  return { text, plan: await project.planDocument() };
}

/** As the provider astronomer/astro leaves it. */
function foreignState(id: string, workspace: string, excluded: string): string {
  const attributes = {
    id,
    object_key: "orders",
    object_type: "CONNECTION",
    scope: "WORKSPACE",
    scope_entity_id: workspace,
    type: "postgres",
    host: "orders.example.com",
    login: "loader",
    extra: '{"sslmode":"require"}',
    auto_link_deployments: false,
    exclude_links: [{ scope: "DEPLOYMENT", scope_entity_id: excluded }],
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
        type: "astro_environment_object",
        name: "orders",
        provider: 'provider["registry.terraform.io/astronomer/astro"]',
        instances: [
          { schema_version: 0, attributes, sensitive_attributes: [] },
        ],
      },
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
