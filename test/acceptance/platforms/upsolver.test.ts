import { join } from "node:path";
import {
  startUpsolverStandin,
  type UpsolverStandin,
} from "../../standins/upsolver";
import { setSecrets, withoutWriteOnly } from "../example-project";
import { expectFailure, wordsOf } from "../expected-failure";
import { plannedActions } from "../planned-actions";
import { TerraformProject } from "../terraform-project";
import {
  anyTool,
  describeWith,
  type TerraformTool,
  toolWithoutWriteOnly,
  toolWithWriteOnly,
} from "../terraform-tools";

const example = join(__dirname, "../../../examples/upsolver");
const secrets = {
  orders_password: "geheim-orders",
  kafka_password: "geheim-kafka",
  shop_password: "geheim-shop",
};

describe.each([toolWithWriteOnly, toolWithoutWriteOnly])("$name", (tool) =>
  describeWith(tool, "the life of examples/upsolver", () => lifeOf(tool)),
);

function lifeOf(tool: TerraformTool): void {
  let standin: UpsolverStandin;
  let project: TerraformProject;
  beforeAll(async () => {
    // Every answer is checked against the shapes that Upsolver's own clients read.
    standin = await startUpsolverStandin({
      polls: 1,
      listed: true,
      pageSize: 2,
    });
    project = projectOn(tool, standin, { copyOf: example });
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

  const optionsOf = (name: string) => storedOptions(standin, name);
  const writes = () => sentWrites(standin);

  // Each goes on where the one before has ended; that its changes are all shows that the one before left nothing undone.

  test(`a plan after the first apply is empty${tool.writeOnly ? ", and no secret is in the state" : ""}`, async () => {
    await project.expectNoChanges();
    expect(writes()).toEqual([]);
    expect(standin.stored()).toHaveLength(5);
    expect(optionsOf("orders")).toEqual({
      CONNECTION_STRING:
        "jdbc:postgresql://orders.example.com:5432/orders?sslmode=require",
      USER_NAME: "upsolver",
      PASSWORD: "geheim-orders",
      COMMENT: "The shop's orders",
    });
    if (tool.writeOnly) expect(project.stateText()).not.toContain("geheim");
  });

  test("what can be altered changes in place, with the secrets that belong to it", async () => {
    project.edit("connections.tf", '["orders", "payments"]', '["orders"]');
    project.edit(
      "connections.tf",
      '"client.id" = "upsolver"',
      '"client.id" = "etl"',
    );
    project.edit(
      "connections.tf",
      "The shop's orders",
      "It's all of the shop's orders",
    );
    const text = await project.plan();
    expect(plannedActions(text)).toEqual({
      "patchbay_connection.events": "updated in-place",
      "patchbay_connection.orders": "updated in-place",
    });
    await project.applyPlan();
    expect(
      writes()
        .map((sql) => sql.split(" ").slice(0, 4).join(" "))
        .sort(),
    ).toEqual([
      'ALTER KAFKA CONNECTION "events"',
      'ALTER POSTGRES CONNECTION "orders"',
    ]);
    expect(optionsOf("events")["CONSUMER_PROPERTIES"]).toMatch(
      /password="geheim-kafka";\nclient\.id=etl\n$/,
    );
    await project.expectNoChanges();
  });

  test("another secret is sent, and the plan shows nothing else", async () => {
    setSecrets(project, { ...secrets, shop_password: "geheim-rotated" });
    const text = await project.plan();
    expect(plannedActions(text)).toEqual({
      "patchbay_connection.shop": "updated in-place",
    });
    expect(text).toMatch(/~ secrets_revision += 1 -> 2/);
    expect(text).not.toContain("geheim");
    await project.applyPlan();
    expect(optionsOf("shop")["PASSWORD"]).toBe("geheim-rotated");
    await project.expectNoChanges();
  });

  test("what cannot be altered replaces", async () => {
    project.edit("variables.tf", "kafka-2.example.com", "kafka-3.example.com");
    const text = await project.plan();
    expect(plannedActions(text)).toEqual({
      "patchbay_connection.events": "replaced",
    });
    await project.applyPlan();
    expect(writes().map((sql) => sql.split(" ")[0])).toEqual([
      "DROP",
      "CREATE",
    ]);
    await project.expectNoChanges();
  });

  test("a change behind Terraform's back is found and repaired", async () => {
    standin.run(
      "ALTER POSTGRES CONNECTION orders SET USER_NAME = 'somebody' SET COMMENT = ''",
    );
    standin.run("DROP CONNECTION shop");
    const text = await project.plan();
    expect(plannedActions(text)).toEqual({
      "patchbay_connection.orders": "updated in-place",
      "patchbay_connection.shop": "created",
    });
    await project.applyPlan();
    expect(optionsOf("orders")["USER_NAME"]).toBe("upsolver");
    await project.expectNoChanges();
  });

  test("a failure while reading drops nothing from the state", async () => {
    standin.failNext({
      fault: { kind: "html", status: 404 },
      times: 100,
    });
    const { status, output } = await project.tryPlan();
    standin.clearFaults();
    expect(status).toBe(1);
    expect(output).toContain("Unexpected answer from the platform");
    await project.expectNoChanges();
  });

  test("what exists is imported by its name", async () => {
    await project.succeed([
      "state",
      "rm",
      "patchbay_connection.lake",
      "patchbay_connection.orders",
    ]);
    project.write(
      "imports.tf",
      ["lake", "orders"]
        .map(
          (name) =>
            `import {\n  to = patchbay_connection.${name}\n  id = "organization/acme/${name}"\n}\n`,
        )
        .join(""),
    );
    const text = await project.plan();
    // Nobody knows whether the password is the same, so it is sent.
    expect(plannedActions(text)).toEqual({
      "patchbay_connection.orders": "updated in-place",
    });
    await project.applyPlan();
    expect(writes().map((sql) => sql.split(" ")[0])).toEqual(["ALTER"]);
    await project.expectNoChanges();
  });

  test("what Upsolver lacks is refused at plan", async () => {
    project.write(
      "lacks.tf",
      `resource "patchbay_workspace_attachment" "lake" {
  connection_id = "organization/acme/lake"
  workspace     = "analytics"
}
`,
    );
    const { status, output } = await project.tryPlan();
    project.write("lacks.tf", "");
    expect(status).toBe(1);
    expect(output.replace(/[\s│]+/g, " ")).toContain(
      "available everywhere in its organization",
    );
  });

  test("a connection in use stays, and the message lists what uses it", async () => {
    standin.use("orders", "Job: load_orders");
    const { status, output } = await project.run([
      "destroy",
      "-no-color",
      "-input=false",
      "-auto-approve",
      "-target=patchbay_connection.orders",
    ]);
    expect(status).toBe(1);
    expect(output).toContain("Object still in use");
    expect(output).toContain("Job: load_orders");
    standin.use("orders");
    // After a failed destroy, OpenTofu 1.6 has forgotten that a variable is sensitive, and notes it again.
    if (!tool.writeOnly) await project.apply();
    await project.expectNoChanges();
  });

  test("destroying leaves nothing, and the catalogue goes before its storage", async () => {
    await project.destroy();
    expect(standin.stored()).toEqual([]);
  });
}

describeWith(anyTool, "what a plan tells", () => {
  let standin: UpsolverStandin;
  let project: TerraformProject;
  beforeAll(async () => {
    standin = await startUpsolverStandin();
    project = projectOn(anyTool, standin, { main: provider });
    await project.init();
  });
  afterAll(async () => {
    project.remove();
    await standin.close();
  });
  beforeEach(() => standin.clearRequests());

  const optionsOf = (name: string) => storedOptions(standin, name);
  const declare = (resources: string) =>
    project.write("main.tf", `${provider}${resources}`);

  test("is everything that Upsolver cannot hold, and nothing is sent for it", async () => {
    declare(mistakes);
    const run = await project.tryPlan();
    expectFailure(
      run,
      {
        code: "unsupported",
        path: "config.parameters",
        says: ['native type "upsolver:POSTGRES"'],
      },
      { code: "missing_field", path: "secrets_wo.password", says: ["need"] },
      {
        code: "invalid_field",
        path: "config.MAX_WRITERS",
        says: ["not a whole number. Write it without quotation marks."],
      },
      { code: "invalid_name", path: "name", says: ["ends with a backslash"] },
      { code: "invalid_owner", path: "owner", says: ["of one organization"] },
      { code: "invalid_field", path: "config.topics", says: ["Leave it out"] },
      {
        code: "unsupported",
        path: "config.verify_tls",
        says: ["leaves no choice"],
      },
    );
    // A native type may always be declared.
    expect(run.output.match(/^.*Error: /gm)).toHaveLength(7);
    expect(run.output).not.toContain("geheim");
    // What is there already is looked for: nothing else.
    expect(
      standin
        .requests()
        .map(({ body }) => String((body as { sql?: unknown }).sql))
        .filter((sql) => !/^(SHOW|SELECT) /.test(sql)),
    ).toEqual([]);
  });

  test("is that Elasticsearch needs neither port nor scheme, and that spelling them out changes nothing", async () => {
    declare(connections);
    await project.apply();
    expect(optionsOf("search")["CONNECTION_STRING"]).toBe(
      "elasticsearch://search.example.com:9200?ssl=true",
    );
    await project.expectNoChanges();
    project.edit(
      "main.tf",
      'host = "search.example.com"',
      'host = "search.example.com", port = 9200, scheme = "https", verify_tls = true',
    );
    await project.expectNoChanges();
  });

  test("is a replacement where an option cannot be taken back, and a change where it has a default", async () => {
    project.edit("main.tf", ', topics = ["orders"]', "");
    project.edit("main.tf", "MAX_CONCURRENT_CONNECTIONS = 4", "");
    project.edit("main.tf", "read_only = true", "");
    const plan = await project.plan();
    expect(plan.replace(/[\s│]+/g, " ")).toContain(
      "Upsolver cannot make this change to topics in place, so organization/acme/events is destroyed and created again",
    );
    expect(plannedActions(plan)).toEqual({
      "patchbay_connection.events": "replaced",
      "patchbay_connection.lake": "updated in-place",
      "patchbay_connection.sales": "replaced",
    });
    await project.applyPlan();
    expect([...sentWrites(standin)].sort()).toEqual([
      'ALTER S3 CONNECTION "lake" SET READ_ONLY = FALSE',
      expect.stringMatching(/^CREATE KAFKA CONNECTION "events"/),
      expect.stringMatching(/^CREATE REDSHIFT CONNECTION "sales"/),
      'DROP CONNECTION IF EXISTS "events"',
      'DROP CONNECTION IF EXISTS "sales"',
    ]);
    expect(Object.keys(optionsOf("events"))).toEqual(["HOSTS"]);
    await project.expectNoChanges();
  });

  test("is what Upsolver cannot hold of a change, before anything is changed", async () => {
    project.edit(
      "main.tf",
      'host = "search.example.com"',
      'host = "other.example.com", index = "logs-*"',
    );
    const run = await project.tryPlan();
    expectFailure(run, {
      code: "unsupported",
      path: "config.index",
      says: ["the job that writes names the index"],
    });
    expect(wordsOf(run.output)).not.toContain("secrets_wo.password");
    expect(sentWrites(standin)).toEqual([]);
  });
});

const provider = `provider "patchbay" {
  organization = "acme"
  upsolver     = {}
}
`;

/** One mistake in each, but two in the first. */
const mistakes = `
resource "patchbay_connection" "parameters" {
  name   = "parameters"
  type   = "postgresql"
  config = { host = "db.example.com", login = "loader", parameters = { a = "b" } }
}
resource "patchbay_connection" "native" {
  name    = "native"
  type    = "upsolver:POSTGRES"
  config  = { CONNECTION_STRING = "jdbc:postgresql://db.example.com/app", USER_NAME = "loader" }
  secrets = { PASSWORD = "geheim-native" }
}
resource "patchbay_connection" "quoted" {
  name   = "quoted"
  type   = "upsolver:KINESIS"
  config = { REGION = "eu-central-1", MAX_WRITERS = "20" }
}
resource "patchbay_connection" "name" {
  name   = "back\\\\"
  type   = "amazon-s3"
  config = { bucket = "acme-lake" }
}
resource "patchbay_connection" "owner" {
  name   = "owner"
  owner  = "organization/other"
  type   = "amazon-s3"
  config = { bucket = "acme-lake" }
}
resource "patchbay_connection" "empty" {
  name   = "empty"
  type   = "kafka"
  config = { bootstrap_servers = ["kafka.example.com:9092"], topics = [] }
}
resource "patchbay_connection" "choice" {
  name    = "choice"
  type    = "elasticsearch"
  config  = { host = "search.example.com", login = "reader", verify_tls = false }
  secrets = { password = "geheim-choice" }
}
`;

const connections = `
resource "patchbay_connection" "search" {
  name    = "search"
  type    = "elasticsearch"
  config  = { host = "search.example.com", login = "reader" }
  secrets = { password = "geheim-search" }
}
resource "patchbay_connection" "lake" {
  name   = "lake"
  type   = "amazon-s3"
  config = {
    bucket = "acme-lake"
    read_only = true
  }
}
resource "patchbay_connection" "events" {
  name   = "events"
  type   = "kafka"
  config = { bootstrap_servers = ["kafka.example.com:9092"], topics = ["orders"] }
}
resource "patchbay_connection" "sales" {
  name   = "sales"
  type   = "upsolver:REDSHIFT"
  config = {
    CONNECTION_STRING = "jdbc:redshift://sales.example.com:5439/sales"
    USER_NAME = "loader"
    MAX_CONCURRENT_CONNECTIONS = 4
  }
  secrets = { PASSWORD = "geheim-sales" }
}
`;

function projectOn(
  tool: TerraformTool,
  standin: UpsolverStandin,
  options: { readonly copyOf?: string; readonly main?: string },
): TerraformProject {
  return new TerraformProject({
    tool,
    ...options,
    environment: {
      UPSOLVER_API_URL: standin.url,
      UPSOLVER_TOKEN: standin.token,
    },
  });
}

function storedOptions(standin: UpsolverStandin, name: string) {
  return standin.stored().find((connection) => connection.name === name)!
    .options;
}

/** The statements that were sent, on one line each, without those that only ask. */
function sentWrites(standin: UpsolverStandin): readonly string[] {
  return standin
    .requests({ method: "POST" })
    .map(({ body }) =>
      (body as { readonly sql: string }).sql.replace(/\s+/g, " "),
    )
    .filter((sql) => !/^(SELECT|SHOW)/.test(sql));
}
