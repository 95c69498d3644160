import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import Sqlite from "libsql";
import { type ExpectedFailure, expectFailure } from "../expected-failure";
import { TerraformProject } from "../terraform-project";
import { waitUntil } from "../wait-until";
import { anyTool, describeWith } from "../terraform-tools";

const database = ".patchbay/hub.db";
const main = `provider "patchbay" {
  organization = "acme"
}
resource "patchbay_workspace" "analytics" { name = "analytics" }
`;

describeWith(anyTool, "a hub that cannot be used", () => {
  let project: TerraformProject;
  let state: string;
  beforeAll(async () => {
    project = new TerraformProject({ tool: anyTool, main });
    await project.init();
    await project.apply();
    state = project.stateText();
    intact = new Map(
      [...project.files()].filter(([name]) => name.startsWith(".patchbay")),
    );
  });
  afterAll(() => project.remove());
  afterEach(() => {
    rmSync(project.path(".patchbay"), { recursive: true, force: true });
    mkdirSync(project.path(".patchbay"));
    for (const [name, bytes] of intact)
      writeFileSync(project.path(name), bytes);
    project.write("main.tf", main);
  });
  let intact: ReadonlyMap<string, Buffer>;

  test.each<[string, () => void, ExpectedFailure]>([
    [
      "damaged",
      () =>
        project.write(
          database,
          "Not a database, but long enough to look like one. ".repeat(20),
        ),
      {
        code: "hub_corrupted",
        says: ["is damaged or not a hub", "restore it from a backup"],
      },
    ],
    [
      "somebody else's database",
      () => {
        rmSync(project.path(database));
        withDatabase((sql) => sql.exec("create table theirs (x)"));
      },
      { code: "hub_corrupted", says: ["not a hub"] },
    ],
    [
      "from a newer version",
      () => withDatabase((sql) => sql.exec("pragma user_version = 999")),
      { code: "hub_too_new", says: ["schema version 999", "update Patchbay"] },
    ],
    [
      "without its key",
      () => rmSync(project.path(".patchbay/hub.key")),
      {
        code: "hub_key_missing",
        says: ["hub.key", "PATCHBAY_HUB_KEY", "Restore the key"],
      },
    ],
    [
      "with another key",
      () =>
        project.write(
          ".patchbay/hub.key",
          Buffer.alloc(32, 7).toString("base64"),
        ),
      {
        code: "hub_key_wrong",
        says: ["made with another one", "Restore that key"],
      },
    ],
    [
      "with a key that is none",
      () => project.write(".patchbay/hub.key", "too short"),
      { code: "hub_key_wrong", says: ["must be 32 bytes"] },
    ],
    [
      "a directory in the file's place",
      () => {
        rmSync(project.path(database));
        mkdirSync(project.path(database));
      },
      { code: "hub_not_writable", says: ["cannot be written", "write access"] },
    ],
    [
      "not there, while the state has objects of it",
      () => rmSync(project.path(".patchbay"), { recursive: true }),
      {
        code: "hub_not_initialised",
        says: [
          "The state has objects of the hub in",
          "there is no hub there",
          "patchbay hub init --path",
        ],
      },
    ],
  ])(
    "%s: one sentence, and the files stay as they are",
    async (_, damage, expected) => {
      damage();
      const before = fingerprint();
      const run = await project.tryApply();
      expectFailure(run, expected);
      expect(run.output.match(/Error: /g)).toHaveLength(1);
      expect(fingerprint()).toEqual(before);
      expect(project.stateText()).toBe(state);
    },
  );

  test("while another process holds it, the provider waits", async () => {
    project.write(
      "main.tf",
      `${main}resource "patchbay_workspace" "later" { name = "later" }\n`,
    );
    const sql = new Sqlite(project.path(database));
    sql.exec("begin immediate");
    const running = project.start([
      "apply",
      "-no-color",
      "-input=false",
      "-auto-approve",
    ]);
    await waitUntil("the create", () =>
      running.output().includes("later: Creating..."),
    );
    sql.exec("rollback");
    sql.close();
    expect(await running.ended).toMatchObject({
      status: 0,
      output: expect.stringContaining("1 added"),
    });
  });

  function withDatabase(use: (sql: Sqlite.Database) => void): void {
    const sql = new Sqlite(project.path(database));
    use(sql);
    sql.close();
  }

  /** What is in the hub's folder; the lock files of a mere look are not part of it. */
  function fingerprint(): ReadonlyMap<string, string> {
    return new Map(
      [...project.files()]
        .filter(
          ([name]) => name.startsWith(".patchbay") && !/-(wal|shm)$/.test(name),
        )
        .map(([name, bytes]) => [
          name,
          createHash("sha256").update(bytes).digest("hex"),
        ]),
    );
  }
});

describeWith(anyTool, "a hub that is not there yet", () => {
  let project: TerraformProject;
  afterEach(() => project.remove());

  test("is made by the apply and not by the plan; lost, it is not made anew in silence", async () => {
    project = new TerraformProject({
      tool: anyTool,
      main: `${main}data "patchbay_workspaces" "all" {}
        output "names" { value = data.patchbay_workspaces.all.workspaces[*].name }
      `,
    });
    await project.init();
    const plan = await project.tryPlan();
    expect(plan.status).toBe(0);
    expect(plan.output).toContain("1 to add, 0 to change, 0 to destroy");
    expect(existsSync(project.path(".patchbay"))).toBe(false);

    await project.apply();
    expect(existsSync(project.path(database))).toBe(true);

    rmSync(project.path(".patchbay"), { recursive: true });
    for (const more of [[], ["-refresh=false"], ["-destroy"]]) {
      const run = await project.run(["plan", "-no-color", ...more]);
      expectFailure(run, {
        code: "hub_not_initialised",
        says: [project.path(".patchbay"), "patchbay hub init"],
      });
    }
    expect(existsSync(project.path(".patchbay"))).toBe(false);
  });

  test("where nobody can write, is told by the apply", async () => {
    project = new TerraformProject({
      tool: anyTool,
      main: main.replace(
        '"acme"',
        '"acme"\n  hub = { path = "/sys/patchbay" }',
      ),
    });
    await project.init();
    expectFailure(await project.tryApply(), {
      code: "hub_not_writable",
      says: ["/sys/patchbay", "choose another hub path"],
    });
  });
});
