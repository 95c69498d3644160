/**
 * The built package in projects that have cdktf, cdktn, both or none: what is
 * synthesized, and in which words a wrong entry is refused.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  exampleApp,
  FrameworkProjects,
  type Installed,
} from "./support/framework-projects";

let projects: FrameworkProjects;

function synthesized(installed: Installed, outdir = "cdktf.out"): unknown {
  const there = projects.folder(installed);
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
  projects = new FrameworkProjects();
});
afterAll(() => projects.remove());

test("an app on cdktn is what one on cdktf is, and neither needs the other", () => {
  const answers = [
    projects.run("cdktf", exampleApp("cdktf", "cdktf-patchbay")),
    projects.run("cdktn", exampleApp("cdktn", "cdktf-patchbay/cdktn")),
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
    expect(
      projects.run("both", exampleApp(framework, entry, { outdir: framework })),
    ).toEqual({
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
    '(mixed_frameworks): The app of "data/patchbay" is made with cdktn, and this construct with cdktf. Import it from "cdktf-patchbay/cdktn".',
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
  const { status, stderr } = projects.run(
    installed,
    exampleApp(framework, entry),
  );
  expect(status).toBe(1);
  expect(stderr).toContain(says);
});

test("without a framework the package says what to install, and the command line works", () => {
  const { status, stderr } = projects.run("none", 'require("cdktf-patchbay")');
  expect(status).toBe(1);
  expect(stderr).toContain("cdktf is not installed:\n  npm install cdktf");
  expect(
    execFileSync(
      process.execPath,
      ["node_modules/cdktf-patchbay/dist/src/cli/main.js", "--version"],
      { cwd: projects.folder("none"), encoding: "utf8" },
    ),
  ).toMatch(/^\d/);
});
