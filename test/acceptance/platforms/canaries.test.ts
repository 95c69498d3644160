import type { Platform } from "../../../src/model";
import { hubDefinition } from "../../../src/platforms/hub/definition";
import {
  STANDIN_ORGANIZATION,
  STANDIN_TOKEN,
  idOf,
  startAstroStandin,
} from "../../standins/astro";
import { startDatadogStandin } from "../../standins/datadog";
import { PIPES_TOKEN, startPipesStandin } from "../../standins/pipes";
import { startUpsolverStandin } from "../../standins/upsolver";
import { runCommand } from "../../support/run-command";
import { setSecrets } from "../example-project";
import { searchedFiles } from "../searched-files";
import { TerraformProject } from "../terraform-project";
import { describeWith, toolWithWriteOnly as tool } from "../terraform-tools";
import {
  canaries,
  canariesIn,
  canary,
  type EchoingProxy,
  fields,
  PLAIN,
  soundingNames,
  startEchoingProxy,
} from "./canaries";

/** A platform on which people keep secrets where they do not belong. */
interface Ground {
  readonly environment: Readonly<Record<string, string>>;
  /** What is declared; nothing of it is planted. */
  readonly main: string;
  /** Puts canaries into what is declared, and beside it, as somebody does in the vendor's pages. */
  readonly plant: (project: TerraformProject) => void | Promise<void>;
  /** Ids of what was made beside it, by the kind of resource. Known once it is planted. */
  readonly made: () => readonly (readonly [kind: string, id: string])[];
  /** HCL of data sources that need more than an id. */
  readonly lookUps?: string;
  /** What `patchbay import` is told. */
  readonly imports: (
    project: TerraformProject,
  ) => readonly (readonly string[])[];
  /** All that the platform holds. */
  readonly held: (project: TerraformProject) => string | Promise<string>;
  /** A part of `main` and what it becomes, so that an update is sent. */
  readonly change: readonly [before: string, after: string];
  readonly isWrite: (method: string, body: string) => boolean;
  /** None where it speaks in no vendor's words. */
  readonly proxy?: EchoingProxy;
  readonly close: () => Promise<void>;
}

const variable = `variable "secret" {
  type      = string
  ephemeral = true
}
`;
const isNoRead = (method: string) => method !== "GET";

const grounds: Readonly<Record<string, () => Promise<Ground>>> = {
  astro: async () => {
    const standin = await startAstroStandin();
    const proxy = await startEchoingProxy(standin.url);
    const workspace = idOf("w", 1);
    const settings = [
      ...["--set", `host=${proxy.url}`],
      ...["--set", `organization_id=${STANDIN_ORGANIZATION}`],
    ];
    return {
      environment: { ASTRO_API_TOKEN: STANDIN_TOKEN },
      main: `${variable}
provider "patchbay" {
  astro = { host = "${proxy.url}", organization_id = "${STANDIN_ORGANIZATION}" }
}
resource "patchbay_connection" "warehouse" {
  name       = "warehouse"
  type       = "snowflake"
  owner      = "workspace/analytics"
  config     = { account = "xy12345", login = "loader", warehouse = "W" }
  secrets_wo = { password = var.secret }
}
resource "patchbay_deployment_link" "warehouse" {
  connection_id       = patchbay_connection.warehouse.id
  deployment          = "prod"
  overrides           = { warehouse = "P" }
  override_secrets_wo = { password = var.secret }
}
resource "patchbay_connection" "api" {
  name       = "api"
  type       = "http"
  owner      = "workspace/analytics"
  config     = { base_url = "https://api.example.com", headers = { Accept = "*/*" } }
  secrets_wo = { token = var.secret }
}
`,
      plant: () => {
        const stray: Readonly<Record<string, object>> = {
          warehouse: fields("snowflake"),
          api: canaries("headers"),
        };
        standin.world.objects = standin.world.objects.map((object) => ({
          ...object,
          connection: {
            ...object.connection,
            extra: {
              ...(object.connection["extra"] as object),
              ...stray[object.objectKey],
            },
          },
          links: object.links.map((link) => ({
            ...link,
            overrides: {
              ...link.overrides,
              extra: {
                ...(link.overrides["extra"] as object),
                ...fields("overrides"),
              },
            },
          })),
        }));
        const add = (objectKey: string, connection: object, links: object[]) =>
          standin.add({
            objectKey,
            scopeEntityId: workspace,
            connection: { ...connection },
            links: links.map((overrides, index) => ({
              deploymentId: idOf("d", index + 1),
              overrides: { ...overrides },
            })),
          });
        add("own", { type: "airbyte", host: "h", extra: fields("native") }, [
          { extra: fields("native-overrides") },
        ]);
        add(
          "lake",
          {
            type: "aws",
            login: "AKIAIOSFODNN7EXAMPLE",
            password: canary("password"),
            extra: fields("aws"),
          },
          [{ login: "other", extra: fields("aws-overrides") }],
        );
      },
      made: () => [
        ["connection", "workspace/analytics/own"],
        ["connection", "workspace/analytics/lake"],
        ["deployment_link", "workspace/analytics/own@deployment/prod"],
        ["deployment_link", "workspace/analytics/lake@deployment/prod"],
      ],
      lookUps: effective(
        "workspace/analytics/own",
        "workspace/analytics/warehouse",
      ),
      imports: () => [["--owner", "workspace/analytics", ...settings]],
      held: () => JSON.stringify(standin.world),
      change: ['"loader", warehouse = "W"', '"loader", warehouse = "W2"'],
      isWrite: isNoRead,
      proxy,
      close: () => standin.close(),
    };
  },

  pipes: async () => {
    const standin = await startPipesStandin({});
    const proxy = await startEchoingProxy(standin.url);
    const stored = (handle: string) =>
      standin.world.connections.find(
        (connection) => connection.handle === handle,
      )!;
    return {
      environment: { PIPES_HOST: proxy.url, PIPES_TOKEN },
      main: `${variable}
provider "patchbay" {
  organization = "acme"
  pipes        = {}
}
resource "patchbay_connection" "warehouse" {
  name       = "warehouse"
  type       = "snowflake"
  config     = { account = "xy12345", login = "loader", warehouse = "W" }
  secrets_wo = { password = var.secret }
}
resource "patchbay_connection" "net" {
  name       = "net"
  type       = "pipes:net"
  config     = { timeout = 5 }
}
`,
      plant: () => {
        Object.assign(stored("warehouse").config, fields("snowflake"));
        Object.assign(stored("net").config, fields("drift"));
        const { id, ...net } = stored("net");
        standin.world.connections.push(
          { ...net, id: `${id}x`, handle: "own", config: fields("native") },
          {
            ...net,
            id: `${id}y`,
            handle: "lake",
            plugin: "aws",
            config: { regions: ["eu-central-1"], ...fields("aws") },
          },
        );
      },
      made: () => [
        ["connection", "organization/acme/own"],
        ["connection", "organization/acme/lake"],
      ],
      imports: () => [["--owner", "organization/acme"]],
      held: () => JSON.stringify(standin.world),
      change: ['warehouse = "W"', 'warehouse = "W2"'],
      isWrite: isNoRead,
      proxy,
      close: () => standin.close(),
    };
  },

  datadog: async () => {
    const standin = await startDatadogStandin({});
    const proxy = await startEchoingProxy(standin.url);
    const http = (where: string) => ({
      type: "HTTP",
      base_url: "https://api.example.com",
      credentials: {
        type: "HTTPTokenAuth",
        headers: [
          { name: "X-Label", value: PLAIN },
          ...listed(canaries(`${where}-headers`)),
          { name: "X-Value", value: `Bearer ${canary(`${where}-value`)}` },
        ],
        url_parameters: [
          { name: "label", value: PLAIN },
          ...listed(canaries(`${where}-parameters`)),
        ],
        body: {
          content_type: "application/json",
          content: JSON.stringify({
            outer: { list: [canaries(`${where}-body`)] },
          }),
        },
        tokens: [{ name: "t", type: "SECRET", value: canary(`${where}-t`) }],
      },
    });
    let made: readonly string[] = [];
    return {
      environment: {
        DD_HOST: proxy.url,
        DD_API_KEY: standin.apiKey,
        DD_APP_KEY: standin.applicationKey,
      },
      main: `${variable}
provider "patchbay" {
  organization = "acme"
  datadog      = {}
}
resource "patchbay_connection" "api" {
  name       = "api"
  type       = "http"
  config     = { base_url = "https://api.example.com", headers = { Accept = "*/*" } }
  secrets_wo = { token = var.secret }
}
`,
      plant: () => {
        const [api] = standin.stored();
        const planted = http("drift");
        standin.change(api!.id, {
          integration: {
            ...planted,
            credentials: {
              ...planted.credentials,
              tokens: [
                ...(
                  api!.integration["credentials"] as {
                    tokens: readonly object[];
                  }
                ).tokens,
                ...planted.credentials.tokens,
              ],
            },
          },
        });
        made = [
          standin.add({ name: "own", integration: http("own") }),
          standin.add({
            name: "ai",
            integration: {
              type: "OpenAI",
              ...canaries("integration"),
              credentials: {
                type: "OpenAIAPIKey",
                api_token: canary("api-token"),
                ...canaries("credentials"),
              },
            },
          }),
        ];
      },
      made: () => made.map((id) => ["connection", id]),
      imports: () => [
        [
          ...["--owner", "organization/acme"],
          ...made.flatMap((id) => ["--id", id]),
        ],
      ],
      held: () => JSON.stringify(standin.stored()),
      change: ['Accept = "*/*"', 'Accept = "text/plain"'],
      isWrite: isNoRead,
      proxy,
      close: () => standin.close(),
    };
  },

  upsolver: async () => {
    const standin = await startUpsolverStandin({ secretDisplay: "clear" });
    const proxy = await startEchoingProxy(standin.url);
    const properties = (where: string) =>
      Object.entries(canaries(where))
        .map(([name, value]) => `${name}=${value}\n`)
        .join("");
    const query = (where: string) =>
      Object.entries(canaries(where))
        .map(([name, value]) => `${name}=${value}`)
        .join("&");
    return {
      environment: {
        UPSOLVER_API_URL: proxy.url,
        UPSOLVER_TOKEN: standin.token,
      },
      main: `${variable}
provider "patchbay" {
  organization = "acme"
  upsolver     = {}
}
resource "patchbay_connection" "orders" {
  name       = "orders"
  type       = "postgresql"
  config     = { host = "db.example.com", port = 5432, database = "d", login = "l" }
  secrets_wo = { password = var.secret }
}
resource "patchbay_connection" "events" {
  name   = "events"
  type   = "kafka"
  config = {
    bootstrap_servers = ["a:1"]
    security_protocol = "SASL_SSL"
    sasl_mechanism    = "PLAIN"
    login             = "l"
  }
  secrets_wo = { password = var.secret }
}
`,
      plant: () => {
        standin.run(
          `ALTER POSTGRES CONNECTION "orders" SET CONNECTION_STRING = 'jdbc:postgresql://db.example.com:5432/d?applicationName=${PLAIN}&${query("drift")}'`,
        );
        standin.run(
          `ALTER KAFKA CONNECTION "events" SET CONSUMER_PROPERTIES = 'client.id=${PLAIN}\n${properties("drift-properties")}'`,
        );
        standin.run(
          `CREATE KAFKA CONNECTION "own" HOSTS = ('a:1') CONSUMER_PROPERTIES = 'client.id=${PLAIN}\n${properties("properties")}'`,
        );
        standin.run(
          `CREATE MONGODB CONNECTION "shop" CONNECTION_STRING = 'mongodb+srv://u:${canary("userinfo")}@h/d?appName=${PLAIN}&${query("query")}' USER_NAME = 'u' PASSWORD = '${canary("option")}'`,
        );
        standin.run(
          `CREATE S3 CONNECTION "lake" AWS_ACCESS_KEY_ID = 'AKIAIOSFODNN7EXAMPLE' AWS_SECRET_ACCESS_KEY = '${canary("secret-access-key")}' COMMENT = '${PLAIN}'`,
        );
      },
      made: () => [
        ["connection", "organization/acme/own"],
        ["connection", "organization/acme/shop"],
        ["connection", "organization/acme/lake"],
      ],
      imports: () => [["--owner", "organization/acme"]],
      held: () => JSON.stringify(standin.stored()),
      change: ['login = "l" }', 'login = "l2" }'],
      isWrite: (_method, body) => /ALTER|CREATE (?!CONNECTION)/.test(body),
      proxy,
      close: () => standin.close(),
    };
  },

  hub: async () =>
    Promise.resolve({
      environment: {},
      main: `${variable}
provider "patchbay" {
  organization = "acme"
}
resource "patchbay_deployment" "prod" {
  name      = "prod"
  workspace = patchbay_workspace.analytics.name
}
resource "patchbay_workspace" "analytics" { name = "analytics" }
resource "patchbay_connection" "declared" {
  name       = "declared"
  type       = "generic"
  config     = { conn_type = "ftp", host = "h", extra = { passive = true } }
  secrets_wo = { password = var.secret }
}
resource "patchbay_workspace_attachment" "declared" {
  connection_id = patchbay_connection.declared.id
  workspace     = patchbay_workspace.analytics.name
}
resource "patchbay_deployment_link" "declared" {
  connection_id       = patchbay_workspace_attachment.declared.connection_id
  deployment          = patchbay_deployment.prod.name
  overrides           = { host = "p" }
  override_secrets_wo = { password = var.secret }
}
`,
      plant: (project) =>
        withHubPlatform(
          project,
          async ({ connections, attachments, links }) => {
            const owner = { kind: "organization", name: "acme" } as const;
            const declared = { owner, name: "declared" };
            const link = { connection: declared, deployment: "prod" };
            await links!.update({
              ...link,
              overrides: { host: "p", extra: fields("overrides") },
            });
            await connections.update(declared, {
              ...declared,
              type: "generic",
              config: { conn_type: "ftp", host: "h", extra: fields("drift") },
            });
            const own = { owner, name: "own" };
            await connections.create({
              ...own,
              type: "hub:own",
              config: fields("native"),
            });
            await attachments!.create({
              connection: own,
              workspace: "analytics",
            });
            await links!.create({
              connection: own,
              deployment: "prod",
              overrides: fields("native-overrides"),
            });
          },
        ),
      made: () => [
        ["connection", "organization/acme/own"],
        ["workspace_attachment", "organization/acme/own@workspace/analytics"],
        ["deployment_link", "organization/acme/own@deployment/prod"],
      ],
      lookUps: effective("organization/acme/own", "organization/acme/declared"),
      imports: (project) => [
        [
          ...["--owner", "organization/acme"],
          ...["--set", `path=${project.path(".patchbay")}`],
        ],
      ],
      held: async (project) => {
        let held = "";
        await withHubPlatform(project, async ({ connections }) => {
          const all = await connections.list!({
            kind: "organization",
            name: "acme",
          });
          held = JSON.stringify(all.map(({ config }) => config));
        });
        return held;
      },
      change: ['host = "h"', 'host = "h2"'],
      isWrite: isNoRead,
      close: () => Promise.resolve(),
    }),
};

describeWith(tool, "secrets where they do not belong", () => {
  jest.setTimeout(240_000);

  test.each(Object.keys(grounds))(
    "on %s, under any of 30 names and at any depth, are in no plan, state, look-up, import, log or message",
    async (platform) => {
      const ground = await grounds[platform]!();
      const project = new TerraformProject({
        tool,
        main: ground.main,
        environment: ground.environment,
      });
      try {
        await search(platform, ground, project);
      } finally {
        project.remove();
        await ground.proxy?.close();
        await ground.close();
      }
    },
  );

  test("a search finds what is to be found", () => {
    const value = canary("a place");
    expect(soundingNames).toHaveLength(30);
    for (const before of ["", "x", "xy"])
      for (const form of ["utf8", "base64", "hex"] as const)
        expect([
          form,
          canariesIn(Buffer.from(before + value).toString(form)).length,
        ]).toEqual([form, 1]);
    expect(canariesIn(PLAIN)).toEqual([]);
  });
});

async function search(
  platform: string,
  ground: Ground,
  project: TerraformProject,
): Promise<void> {
  const printed: Record<string, string> = {};
  const logged = (name: string) => ({
    TF_LOG: "trace",
    TF_LOG_PATH: project.path(`${name}.log`),
  });
  const run = async (name: string, ...args: readonly string[]) => {
    const { status, output } = await project.run(
      [...args, "-no-color"],
      logged(name),
    );
    printed[name] = output;
    if (status !== 0) throw new Error(`${name} failed:\n${output}`);
  };
  setSecrets(project, { secret: canary("declared") });
  await project.init();
  await run("first apply", "apply", "-input=false", "-auto-approve");
  await ground.plant(project);
  expect(new Set(canariesIn(await ground.held(project))).size).toBeGreaterThan(
    soundingNames.length,
  );

  // As it is declared: the plan, its document, and the state after a refresh.
  await run("plan", "plan", "-input=false", "-out=plan.bin");
  await run("plan document", "show", "-json", "plan.bin");
  await run(
    "refresh",
    "apply",
    "-refresh-only",
    "-input=false",
    "-auto-approve",
  );
  await run("state document", "show", "-json");
  await run("state", "show");

  // As it is not: looked up, and imported with the code that Terraform writes.
  const made = ground.made();
  project.write(
    "made.tf",
    [
      ...made.map(
        ([kind, id], index) =>
          `import {\n  to = patchbay_${kind}.made${index}\n  id = "${id}"\n}\n`,
      ),
      ...made.flatMap(([kind, id], index) =>
        kind === "connection"
          ? [
              `data "patchbay_connection" "made${index}" {\n  id = "${id}"\n}\n`,
              `output "made${index}" {\n  value = data.patchbay_connection.made${index}\n}\n`,
            ]
          : [],
      ),
      ...(platform === "datadog"
        ? []
        : [
            `data "patchbay_connections" "all" {\n  owner = "${ownerOf(made[0]![1])}"\n}\n`,
            `output "all" {\n  value = data.patchbay_connections.all\n}\n`,
          ]),
      ground.lookUps ?? "",
    ].join(""),
  );
  // What is written may need a hand: it is looked at, whatever comes of the plan.
  printed["generating plan"] = (
    await project.run(
      [
        ...["plan", "-no-color", "-input=false", "-out=imports-plan.bin"],
        "-generate-config-out=generated.tf",
      ],
      logged("generating plan"),
    )
  ).output;
  for (const args of ground.imports(project))
    for (const form of ["hcl", "constructs"]) {
      const result = await runCommand(
        [
          ...["import", "--platform", platform, ...args],
          ...["--as", form, "--out", project.path(`imported-${form}`)],
        ],
        {
          environment: ground.environment,
          workingDirectory: project.directory,
        },
      );
      printed[`import of ${form}`] = result.output + result.errors;
      expect([form, result.exitCode, result.errors]).toEqual([
        form,
        0,
        expect.anything(),
      ]);
    }

  // What the platform says when it refuses a write, with all that was sent.
  project.edit("main.tf", ...ground.change);
  setSecrets(project, { secret: canary("declared-anew") });
  if (ground.proxy !== undefined) {
    ground.proxy.refuse(ground.isWrite);
    project.write("made.tf", "");
    project.write("generated.tf.read", project.read("generated.tf"));
    project.write("generated.tf", "");
    const { status, output } = await project.run(
      ["apply", "-no-color", "-input=false", "-auto-approve"],
      logged("refused"),
    );
    printed["refused"] = output;
    expect([status, output]).toEqual([1, expect.anything()]);
    // There were secrets to repeat.
    expect(canariesIn(ground.proxy.refused.join("\n"))).not.toEqual([]);
  }

  const searched = new Map<string, Buffer | string>([
    ...[...searchedFiles(project)].filter(
      // The hub's own database seals what is declared as a secret, and holds what is not.
      ([name]) => !name.startsWith(".patchbay/"),
    ),
    ...Object.entries(printed).map(
      ([name, text]) => [`> ${name}`, text] as const,
    ),
  ]);
  const found = new Map(
    [...searched]
      .map(([name, bytes]) => [name, canariesIn(bytes)] as const)
      .filter(([, values]) => values.length > 0),
  );
  expect(Object.fromEntries(found)).toEqual({
    // The user's own file.
    "secrets.auto.tfvars": [canary("declared-anew")],
  });

  // Where a canary would have been seen, what may be seen is.
  const generated =
    ground.proxy === undefined ? "generated.tf" : "generated.tf.read";
  for (const name of [
    "> plan",
    "> plan document",
    "plan.bin",
    "> state",
    "> state document",
    "terraform.tfstate",
    "> generating plan",
    generated,
    "imported-constructs/imported-stack.ts",
  ])
    expect([name, String(searched.get(name)).includes(PLAIN)]).toEqual([
      name,
      true,
    ]);
  expect(
    [...searched].some(
      ([name, bytes]) =>
        name.startsWith("imported-hcl/") && String(bytes).includes(PLAIN),
    ),
  ).toBe(true);
  expect(String(searched.get("plan.log"))).toContain("PlanResourceChange");
}

/** Headers and parameters as Datadog has them. */
function listed(
  values: Readonly<Record<string, string>>,
): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

function effective(...ids: readonly string[]): string {
  return ids
    .map(
      (id, index) => `
data "patchbay_effective_connection" "of${index}" {
  connection_id = "${id}"
  deployment    = "prod"
}
output "of${index}" {
  value = data.patchbay_effective_connection.of${index}
}
`,
    )
    .join("");
}

function ownerOf(id: string): string {
  return id.split("/").slice(0, -1).join("/");
}

/** The project's hub, as another client of it writes. */
async function withHubPlatform(
  project: TerraformProject,
  use: (platform: Platform) => Promise<void>,
): Promise<void> {
  const ignore = () => undefined;
  const platform = await hubDefinition.open({
    settings: {},
    organization: "acme",
    workingDirectory: project.directory,
    environment: {},
    log: { trace: ignore, debug: ignore, warn: ignore },
  });
  try {
    await use(platform);
  } finally {
    await platform.close();
  }
}
