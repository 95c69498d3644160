import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
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
