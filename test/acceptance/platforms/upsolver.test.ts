import { join } from "node:path";
import {
  startUpsolverStandin,
  type UpsolverStandin,
} from "../../standins/upsolver";
import { plannedActions } from "../planned-actions";
import { TerraformProject } from "../terraform-project";
import { describeWith, toolWithWriteOnly } from "../terraform-tools";

const example = join(__dirname, "../../../examples/upsolver");
const secrets = {
  orders_password: "geheim-orders",
  kafka_password: "geheim-kafka",
  shop_password: "geheim-shop",
};

describeWith(toolWithWriteOnly, "the life of examples/upsolver", () => {
  let standin: UpsolverStandin;
  let project: TerraformProject;
  beforeAll(async () => {
    // Every answer is checked against the shapes that Upsolver's own clients read.
    standin = await startUpsolverStandin({
      polls: 1,
      listed: true,
      pageSize: 2,
    });
    project = new TerraformProject({
      tool: toolWithWriteOnly,
      copyOf: example,
      environment: {
        UPSOLVER_API_URL: standin.url,
        UPSOLVER_TOKEN: standin.token,
      },
    });
    setSecrets(secrets);
    await project.init();
    await project.apply();
  });
  afterAll(async () => {
    project.remove();
    await standin.close();
  });
  beforeEach(() => standin.clearRequests());

  function setSecrets(values: Readonly<Record<string, string>>): void {
    project.write(
      "secrets.auto.tfvars",
      Object.entries(values)
        .map(([name, value]) => `${name} = "${value}"\n`)
        .join(""),
    );
  }

  const optionsOf = (name: string) =>
    standin.stored().find((connection) => connection.name === name)!.options;

  /** Without those that only ask. */
  const writes = () =>
    standin
      .requests({ method: "POST" })
      .map(({ body }) => (body as { sql: string }).sql.replace(/\s+/g, " "))
      .filter((sql) => !/^(SELECT|SHOW)/.test(sql));

  // Each goes on where the one before has ended; that its changes are all shows that the one before left nothing undone.

  test("a plan after the first apply is empty, and no secret is in the state", async () => {
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
    expect(project.stateText()).not.toContain("geheim");
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
    setSecrets({ ...secrets, shop_password: "geheim-rotated" });
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
    await project.expectNoChanges();
  });

  test("destroying leaves nothing, and the catalogue goes before its storage", async () => {
    await project.destroy();
    expect(standin.stored()).toEqual([]);
  });
});
