import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { runCommand } from "../../support/run-command";
import { expectFailure, expectNoCrash, wordsOf } from "../expected-failure";
import { hubKey } from "../hub-key";
import { TerraformProject } from "../terraform-project";
import { anyTool, describeWith } from "../terraform-tools";

const account = { kind: "organization", name: "acme" } as const;
const connectionOf = (name: string, password: string) => `
resource "patchbay_connection" "${name}" {
  name    = "${name}"
  type    = "postgresql"
  config  = { host = "db.example.com", login = "loader" }
  secrets = { password = "${password}" }
}
`;
const providerOf = (more = "") => `provider "patchbay" {
  organization = "acme"
${more}}
`;

/** Changes with every write of a secret. */
const secretsVersion = (project: TerraformProject, name: string) =>
  project.withHub(
    async (hub) =>
      (await hub.connections.tryFind({ account, key: hubKey(name) }))!
        .secretsVersion,
  );

describeWith(anyTool, "what exists already", () => {
  let project: TerraformProject;
  const journal = () => project.path(".terraform", "patchbay-pending.jsonl");
  const workspace = (name: string) => ({ TF_WORKSPACE: name });

  beforeAll(async () => {
    project = new TerraformProject({
      tool: anyTool,
      main: providerOf() + connectionOf("db", "first"),
    });
    await project.init();
    await project.apply();
  });
  afterAll(() => project.remove());

  // Each goes on where the one before has ended.

  test("a second state is warned by its plan and refused by its apply; the first one's secret and object stay", async () => {
    await project.succeed(["workspace", "new", "-no-color", "second"]);
    project.edit("main.tf", '"first"', '"second"');
    const version = await secretsVersion(project, "db");
    const plan = await project.tryPlan();
    expect(plan.status).toBe(0);
    expect(wordsOf(plan.output)).toContain("Warning: Object already exists");
    expect(wordsOf(plan.output)).toContain(
      "organization/acme/db exists already. The apply will refuse it unless this plan destroys it",
    );
    const run = await project.tryApply();
    expectFailure(run, {
      code: "already_exists",
      says: [
        "The connection organization/acme/db exists already, and not by an apply of this state.",
        "nothing was sent to it",
        'import { to = ADDRESS id = "organization/acme/db" }',
      ],
    });
    expect(await secretsVersion(project, "db")).toBe(version);
    expect(await project.managed()).toEqual([]);
    await project.succeed(["workspace", "select", "-no-color", "default"]);
    project.edit("main.tf", '"second"', '"first"');
    await project.expectNoChanges();
  });

  test("adopt_existing takes over what is equal, and says so", async () => {
    project.write(
      "main.tf",
      providerOf("  adopt_existing = true\n") + connectionOf("db", "second"),
    );
    const version = await secretsVersion(project, "db");
    const run = await project.run(
      ["apply", "-no-color", "-input=false", "-auto-approve"],
      workspace("second"),
    );
    expect(run.status).toBe(0);
    expectNoCrash(run.output);
    expect(wordsOf(run.output)).toContain(
      "Warning: Existing object taken over",
    );
    expect(await secretsVersion(project, "db")).not.toBe(version);
    await project.succeed(
      ["state", "rm", "-no-color", "patchbay_connection.db"],
      workspace("second"),
    );
    project.write("main.tf", providerOf() + connectionOf("db", "first"));
    await project.apply();
    // A block that is renamed is not taken for somebody else's.
    project.write(
      "main.tf",
      providerOf("  adopt_existing = true\n") +
        connectionOf("db", "first").replace('" "db"', '" "other"'),
    );
    expect(await project.apply()).toContain("1 added, 0 changed, 1 destroyed");
    project.write("main.tf", providerOf() + connectionOf("db", "first"));
    await project.apply();
  });

  test("a renamed block without moved: the plan says what to write, and the apply has the connection in the end", async () => {
    project.edit(
      "main.tf",
      'resource "patchbay_connection" "db"',
      'resource "patchbay_connection" "renamed"',
    );
    const { output } = await project.tryPlan();
    expect(wordsOf(output)).toMatch(
      /Warning: Object already exists .*(write moved|moved block)/,
    );
    const run = await project.tryApply();
    expect(run).toMatchObject({ status: 0 });
    expect(run.output).toContain("1 added, 0 changed, 1 destroyed");
    await project.expectNoChanges();
  });

  test("what an apply made whose state was lost with the process is taken over by the next, whose plan says so", async () => {
    const before = project.stateText();
    project.write(
      "main.tf",
      project.read("main.tf") + connectionOf("lake", "l"),
    );
    await project.apply();
    // As kill -9 leaves it: no state, and no line that says that the run has ended.
    project.write("terraform.tfstate", before);
    const lines = readFileSync(journal(), "utf8").trimEnd().split("\n");
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ event: "end" });
    writeFileSync(journal(), lines.slice(0, -1).join("\n"));
    const plan = await project.tryPlan();
    expect(wordsOf(plan.output)).toMatch(
      /Warning: Existing object taken over .* organization\/acme\/lake exists: made by an interrupted apply on .*; taken over/,
    );
    expectNoCrash(await project.apply());
    await project.expectNoChanges();
    expect(await project.managed()).toHaveLength(2);
  });

  test("without the journal it is somebody else's, and import --only-missing writes what takes it over", async () => {
    await project.succeed([
      "state",
      "rm",
      "-no-color",
      "patchbay_connection.lake",
    ]);
    rmSync(journal());
    expectFailure(await project.tryApply(), {
      code: "already_exists",
      says: ["organization/acme/lake exists already"],
    });
    const { exitCode, output } = await runCommand(
      [
        "import",
        ...["--platform", "hub", "--owner", "organization/acme", "--as", "hcl"],
        ...["--out", "imported", "--without-secrets"],
        ...["--only-missing", "--state", "terraform.tfstate"],
      ],
      { workingDirectory: project.directory },
    );
    expect(exitCode).toBe(0);
    expect(output).toContain("Patchbay hub, organization/acme: 1 connection.");
    expect(existsSync(project.path("imported/versions.tf"))).toBe(false);
    // The block is there already: its import alone is wanted.
    project.write("imports.tf", project.read("imported/imports.tf"));
    expect(await project.apply()).toContain("1 imported, 0 added");
    await project.expectNoChanges();
  });
});
