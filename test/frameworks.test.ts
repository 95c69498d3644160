/**
 * The built package in projects that have cdktf, cdktn, both or none: what is
 * synthesized, and in which words a wrong entry is refused.
 */
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "patchbay-frameworks-"));

type Installed = "cdktf" | "cdktn" | "both" | "none";

/** A project with the package and what is beside it. */
function project(installed: Installed): string {
  const there = join(folder, installed);
  const modules = join(there, "node_modules");
  if (existsSync(there)) return there;
  mkdirSync(modules, { recursive: true });
  for (const name of readdirSync(join(root, "node_modules"))) {
    const isFramework = name === "cdktf" || name === "cdktn";
    if (name.startsWith(".")) continue;
    if (isFramework && installed !== "both" && installed !== name) continue;
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  const own = join(modules, "cdktf-patchbay");
  for (const part of ["package.json", "dist/src", "dist/provider"])
    cpSync(join(root, part), join(own, part), { recursive: true });
  return there;
}

function run(installed: Installed, script: string) {
  const { status, stderr } = spawnSync(process.execPath, ["-e", script], {
    cwd: project(installed),
    encoding: "utf8",
    env: { ...process.env, NODE_NO_WARNINGS: "1" },
  });
  return { status, stderr };
}

const app = (framework: string, entry: string, outdir = "cdktf.out") => `
const { App, TerraformStack } = require("${framework}");
const { PatchbayProvider, Workspace, Deployment, PostgresqlConnection, Secret } = require("${entry}");
const app = new App({ outdir: "${outdir}" });
const stack = new TerraformStack(app, "data");
new PatchbayProvider(stack, "patchbay", { organization: "acme" });
const analytics = new Workspace(stack, "analytics");
const prod = new Deployment(stack, "prod", { workspace: analytics });
const warehouse = new PostgresqlConnection(stack, "warehouse", {
  host: "db.example.com", login: "loader", password: Secret.fromVariable(stack, "password"),
});
warehouse.attachTo(analytics);
warehouse.linkTo(prod, { overrides: { database: "prod" } });
app.synth();
`;

function synthesized(installed: Installed, outdir = "cdktf.out"): unknown {
  const there = project(installed);
  const text = readFileSync(
    join(there, outdir, "stacks/data/cdk.tf.json"),
    "utf8",
  );
  const document = JSON.parse(text.replaceAll(there, "FOLDER")) as Record<
    string,
    unknown
  >;
  // What the framework notes of itself.
  delete document["//"];
  return document;
}

beforeAll(() => {
  if (!existsSync(join(root, "dist/src/index-cdktn.js")))
    throw new Error("These tests look at the built package: npm run build");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("an app on cdktn is what one on cdktf is, and neither needs the other", () => {
  const answers = [
    run("cdktf", app("cdktf", "cdktf-patchbay")),
    run("cdktn", app("cdktn", "cdktf-patchbay/cdktn")),
  ];
  expect(answers).toEqual([
    { status: 0, stderr: "" },
    { status: 0, stderr: "" },
  ]);
  expect(synthesized("cdktn")).toEqual(synthesized("cdktf"));
});

test("where both are installed, each entry serves its own", () => {
  for (const [framework, entry] of [
    ["cdktf", "cdktf-patchbay"],
    ["cdktn", "cdktf-patchbay/cdktn"],
  ] as const)
    expect(run("both", app(framework, entry, framework))).toEqual({
      status: 0,
      stderr: "",
    });
  expect(synthesized("both", "cdktn")).toEqual(synthesized("both", "cdktf"));
});

test.each<
  [
    title: string,
    installed: Installed,
    framework: string,
    entry: string,
    says: string,
  ]
>([
  [
    "constructs for cdktf in an app on cdktn",
    "both",
    "cdktn",
    "cdktf-patchbay",
    'is made with cdktn, and this construct with cdktf. Import it from "cdktf-patchbay/cdktn".',
  ],
  [
    "constructs for cdktn in an app on cdktf",
    "both",
    "cdktf",
    "cdktf-patchbay/cdktn",
    'is made with cdktf, and this construct with cdktn. Import it from "cdktf-patchbay".',
  ],
  [
    "the entry for cdktf where only cdktn is installed",
    "cdktn",
    "cdktn",
    "cdktf-patchbay",
    '"cdktf-patchbay" needs cdktf and constructs beside it, and cdktf is not installed:\n  npm install cdktf constructs\nAn app on cdktn imports "cdktf-patchbay/cdktn" instead.',
  ],
  [
    "the entry for cdktn where only cdktf is installed",
    "cdktf",
    "cdktf",
    "cdktf-patchbay/cdktn",
    'and cdktn is not installed:\n  npm install cdktn constructs\nAn app on cdktf imports "cdktf-patchbay" instead.',
  ],
])("%s is refused in plain words", (_title, installed, ...rest) => {
  const [framework, entry, says] = rest;
  const { status, stderr } = run(installed, app(framework, entry));
  expect(status).toBe(1);
  expect(stderr).toContain(says);
});

test("without a framework the package says what to install, and the command line works", () => {
  const { status, stderr } = run("none", 'require("cdktf-patchbay")');
  expect(status).toBe(1);
  expect(stderr).toContain("cdktf is not installed:\n  npm install cdktf");
  expect(
    execFileSync(
      process.execPath,
      ["node_modules/cdktf-patchbay/dist/src/cli/main.js", "--version"],
      { cwd: project("none"), encoding: "utf8" },
    ),
  ).toMatch(/^\d/);
});
