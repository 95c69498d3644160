import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../test/support/run-command";
import { Secret } from "../diagnostics";
import { hubDefinition } from "../platforms/hub/definition";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "patchbay-import-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const owner = { kind: "organization", name: "acme" } as const;
const base = ["import", "--platform", "hub", "--owner", "organization/acme"];
const run = (...args: readonly string[]) =>
  runCommand([...base, ...args], { workingDirectory: root });

async function fillHub(): Promise<void> {
  const platform = await hubDefinition.open({
    settings: {},
    organization: "acme",
    workingDirectory: root,
    environment: {},
    log: {
      trace: () => undefined,
      debug: () => undefined,
      warn: () => undefined,
    },
  });
  await platform.connections.create({
    owner,
    name: "events",
    type: "http",
    config: { base_url: "https://events.example.com" },
    secrets: new Secret({ token: "never-shown" }),
  });
  await platform.close();
}

test("prints the code, and what is to be said of it beside it", async () => {
  await fillHub();
  const { exitCode, output, errors } = await run("--as", "hcl");
  expect(exitCode).toBe(0);
  expect(output).toContain('resource "patchbay_connection" "events" {');
  expect(output).toContain('hub          = { path = ".patchbay" }');
  expect(errors).toMatch(
    /^Note: Secrets cannot be read, .*--without-secrets\.\n$/,
  );
  expect(output + errors).not.toContain("never-shown");
});

test("writes files that find the hub from their folder, and says what is next", async () => {
  await fillHub();
  const { output } = await run("--as", "hcl", "--out", "infra/hub");
  expect(output).toContain("Patchbay hub, organization/acme: 1 connection.");
  expect(readdirSync(join(root, "infra/hub")).sort()).toEqual([
    "connections.tf",
    "imports.tf",
    "variables.tf",
    "versions.tf",
  ]);
  const again = await run("--as", "hcl", "--out", "infra/hub");
  expect(again.exitCode).toBe(1);
  expect(again.errors).toMatch(
    /^File not writable \(file_not_writable\): There already: .*versions\.tf/,
  );
});

test("prints one document", async () => {
  await fillHub();
  const { output, errors } = await run("--json", "--without-secrets");
  expect(errors).toBe("");
  expect(JSON.parse(output)).toEqual({
    platform: "hub",
    owner: "organization/acme",
    as: "constructs",
    directory: null,
    counts: {
      connections: 1,
      workspace_attachments: 0,
      deployment_links: 0,
      workspaces: 0,
      deployments: 0,
    },
    secrets: [],
    files: [
      {
        name: "imported-stack.ts",
        text: expect.stringContaining('new HttpConnection(this, "events", {'),
      },
    ],
    notes: [],
  });
});

test("of an owner that has nothing, says so and writes nothing", async () => {
  await fillHub();
  const { exitCode, output } = await runCommand(
    ["import", "--platform", "hub", "--owner", "user/jane", "--out", "infra"],
    { workingDirectory: root },
  );
  expect({ exitCode, output }).toEqual({
    exitCode: 0,
    output:
      "Patchbay hub, user/jane: 0 connections. There is nothing to import.\n",
  });
  expect(readdirSync(root)).toEqual([".patchbay"]);
});

test.each<[title: string, args: readonly string[], message: RegExp]>([
  [
    "a platform that there is not",
    ["--platform", "hubb"],
    /no platform "hubb".*Did you mean "hub"\?/,
  ],
  ["an owner that is none", ["--owner", "acme"], /"acme" is not an owner/],
  [
    "an owner that has no connections there",
    ["--owner", "tenant"],
    /tenant cannot own a connection/,
  ],
  [
    "a form that there is not",
    ["--as", "yaml"],
    /Allowed choices are constructs, hcl/,
  ],
  [
    "a setting that there is not",
    ["--set", "tokn=s3cret"],
    /no setting "tokn".*Did you mean "token"\?/,
  ],
  ["a setting without a value", ["--set", "token"], /--set token=VALUE/],
  ["ids where names are enough", ["--id", "1"], /Leave out --id/],
])("refuses %s", async (_title, args, message) => {
  await fillHub();
  const { exitCode, errors } = await run(...args);
  expect(exitCode).toBe(1);
  expect(errors).toMatch(message);
  expect(errors).not.toContain("s3cret");
});

test("makes no hub where there is none", async () => {
  const { exitCode, errors } = await run("--set", "path=elsewhere");
  expect(exitCode).toBe(1);
  expect(errors).toMatch(
    /^Object not found \(not_found\): There is nothing at /,
  );
  expect(readdirSync(root)).toEqual([]);
});

test("a folder that cannot be made is a diagnostic", async () => {
  await fillHub();
  writeFileSync(join(root, "file"), "");
  mkdirSync(join(root, "free"));
  const { exitCode, errors } = await run("--out", "file/below");
  expect(exitCode).toBe(1);
  expect(errors).toMatch(/^File not writable \(file_not_writable\): .*ENOTDIR/);
});

test("a secret setting is used and not written", async () => {
  const { errors, output } = await run(
    "--set",
    "endpoint=http://127.0.0.1:1",
    "--set",
    "token=s3cret",
  );
  expect(errors).toMatch(/\(unreachable\)/);
  expect(errors + output).not.toContain("s3cret");
});

describe("constructs are written for", () => {
  const cdktf = ['from "cdktf-patchbay"', 'from "cdktf"'];
  const cdktn = ['from "cdktf-patchbay/cdktn"', 'from "cdktn"'];
  test.each<
    [
      title: string,
      packageJson: object | undefined,
      args: string[],
      imports: string[],
    ]
  >([
    ["cdktf where nothing is said", undefined, [], cdktf],
    [
      "the framework that package.json names",
      { dependencies: { cdktn: "^0.24.0" } },
      [],
      cdktn,
    ],
    [
      "cdktf where it names both",
      { dependencies: { cdktn: "1" }, devDependencies: { cdktf: "1" } },
      [],
      cdktf,
    ],
    [
      "the one that is asked for",
      { dependencies: { cdktf: "1" } },
      ["--framework", "cdktn"],
      cdktn,
    ],
  ])("%s", async (_title, packageJson, args, imports) => {
    await fillHub();
    if (packageJson !== undefined)
      writeFileSync(join(root, "package.json"), JSON.stringify(packageJson));
    const { output } = await run("--as", "constructs", ...args);
    for (const text of imports) expect(output).toContain(`${text};`);
    const written = await run("--out", "src", ...args);
    expect(written.output).toContain(
      imports === cdktn ? "then cdktn diff" : "then cdktf diff",
    );
  });
});

describe("--only-missing", () => {
  async function fillMore(): Promise<void> {
    await fillHub();
    const platform = await hubDefinition.open({
      settings: {},
      organization: "acme",
      workingDirectory: root,
      environment: {},
      log: {
        trace: () => undefined,
        debug: () => undefined,
        warn: () => undefined,
      },
    });
    for (const name of ["analytics", "science"])
      await platform.inventoryManagement!.createWorkspace({ owner, name });
    await platform.inventoryManagement!.createDeployment({
      owner,
      name: "prod",
      workspace: "analytics",
    });
    const connection = { owner, name: "events" };
    await platform.attachments!.create({ connection, workspace: "analytics" });
    await platform.links!.create({
      connection,
      deployment: "prod",
      overrides: { base_url: "https://prod.example.com" },
    });
    await platform.connections.create({
      owner,
      name: "orders",
      type: "http",
      config: { base_url: "https://orders.example.com" },
    });
    await platform.close();
  }
  const stateOf = (
    resources: Readonly<Record<string, readonly string[]>>,
    name = "terraform.tfstate",
  ) =>
    writeFileSync(
      join(root, name),
      JSON.stringify({
        version: 4,
        resources: Object.entries(resources).map(([type, ids]) => ({
          mode: "managed",
          type,
          name: "all",
          instances: ids.map((id) => ({ attributes: { id } })),
        })),
      }),
    );
  const importMissing = (...args: readonly string[]) =>
    run("--only-missing", "--state", "terraform.tfstate", ...args);

  test("writes what the state does not have, and no second provider block", async () => {
    await fillMore();
    stateOf({
      patchbay_connection: ["organization/acme/events"],
      patchbay_workspace: ["organization/acme/workspace/analytics"],
      patchbay_workspace_attachment: [
        "organization/acme/events@workspace/analytics",
      ],
      other_connection: ["organization/acme/orders"],
    });
    const { output, exitCode } = await importMissing(
      "--as",
      "hcl",
      "--out",
      "missing",
    );
    expect(exitCode).toBe(0);
    expect(output).toContain(
      "Patchbay hub, organization/acme: 1 connection, 1 deployment link, 1 workspace, 1 deployment.",
    );
    expect(output).toContain("move these files beside your configuration");
    const text = (name: string) =>
      readFileSync(join(root, "missing", name), "utf8");
    expect(readdirSync(join(root, "missing")).sort()).toEqual([
      "connections.tf",
      "imports.tf",
      "places.tf",
    ]);
    expect(text("connections.tf")).not.toContain(
      'resource "patchbay_connection" "events"',
    );
    expect(text("connections.tf")).toContain(
      'resource "patchbay_connection" "orders"',
    );
    expect(text("connections.tf")).toContain(
      'connection_id = "organization/acme/events"',
    );
    expect(text("places.tf")).toContain('workspace = "analytics"');
    expect(
      [...text("imports.tf").matchAll(/id = "(.*)"/g)].map(([, id]) => id),
    ).toEqual([
      "organization/acme/workspace/science",
      "organization/acme/deployment/prod",
      "organization/acme/events@deployment/prod",
      "organization/acme/orders",
    ]);
  });

  test("in TypeScript, refers to what is declared elsewhere", async () => {
    await fillMore();
    stateOf({ patchbay_connection: ["organization/acme/events"] });
    const { output } = await importMissing();
    expect(output).toContain(
      'const events = Connection.fromKey(this, "events", "organization/acme/events");',
    );
    expect(output).toContain("events\n      .attachTo(analytics)");
    expect(output).toContain('new HttpConnection(this, "orders"');
  });

  test("says so where the state has everything", async () => {
    await fillHub();
    stateOf({ patchbay_connection: ["organization/acme/events"] });
    const { output } = await importMissing("--out", "missing");
    expect(output).toContain(
      "There is nothing to import: the state has everything.",
    );
  });

  test("an empty state has nothing", async () => {
    await fillHub();
    writeFileSync(join(root, "terraform.tfstate"), "");
    expect((await importMissing()).output).toContain('"events"');
  });

  test.each([
    ["that is not there", undefined, "ENOENT"],
    ["that is no JSON", "{", "it is not JSON"],
    ["that is something else", "{}", "it is not a Terraform state"],
  ])("a state %s is told", async (_, text, why) => {
    if (text !== undefined)
      writeFileSync(join(root, "terraform.tfstate"), text);
    const { exitCode, errors } = await importMissing();
    expect(exitCode).toBe(1);
    expect(errors).toContain("file_not_readable");
    expect(errors).toContain(why);
    expect(errors).toContain("terraform state pull");
  });

  test("needs a state, and the other way round", async () => {
    for (const args of [["--only-missing"], ["--state", "x"]])
      expect((await run(...args)).errors).toContain(
        "--only-missing and --state belong together",
      );
  });
});
