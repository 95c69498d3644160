import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../test/support/run-command";
import { Secret } from "../diagnostics";
import { openEmbeddedHub } from "../hub";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "patchbay-hub-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const patchbay = (...commandLine: string[]) =>
  runCommand(commandLine, { workingDirectory: root });

async function scopeOf(token: string) {
  const hub = await openEmbeddedHub({
    workingDirectory: root,
    environment: {},
  });
  try {
    return await hub.api.authenticate(new Secret(token.trim()));
  } finally {
    await hub.close();
  }
}

test("a hub is made once, and not made again", async () => {
  expect(await patchbay("hub", "init", "--json")).toEqual({
    exitCode: 0,
    errors: "",
    output: `${JSON.stringify({ directory: join(root, ".patchbay"), created: true }, undefined, 2)}\n`,
  });
  expect((await patchbay("hub", "init", "--path", ".patchbay")).output).toMatch(
    /^There is a hub in .* already/,
  );
});

test.each([
  [[], { kind: "admin" }],
  [
    ["--organization", "acme"],
    { kind: "account", account: { kind: "organization", name: "acme" } },
  ],
  [
    ["--user", "jane", "--read-only"],
    { kind: "read_only", account: { kind: "user", name: "jane" } },
  ],
  [["--read-only"], { kind: "read_only" }],
])("a token made with %j may do just that", async (options, scope) => {
  await patchbay("hub", "init");
  const { exitCode, output, errors } = await patchbay(
    "hub",
    "token",
    "create",
    ...options,
  );
  expect(exitCode).toBe(0);
  expect(output).toMatch(/^patchbay_\S+\n$/);
  expect(errors).toBe(
    "Keep this token: the hub does not, and it is not shown again.\n",
  );
  expect(await scopeOf(output)).toEqual(scope);
});

test("a token for a deployment as JSON", async () => {
  const hub = await openEmbeddedHub({
    workingDirectory: root,
    environment: {},
  });
  const account = { kind: "organization", name: "acme" } as const;
  await hub.api.workspaces.create({ account, name: "analytics" });
  await hub.api.deployments.create({
    account,
    name: "prod",
    workspace: "analytics",
  });
  await hub.close();

  const { output } = await patchbay(
    ...[
      "hub",
      "token",
      "create",
      "--organization",
      "acme",
      "--deployment",
      "prod",
      "--description",
      "Airflow",
      "--json",
    ],
  );
  const document = JSON.parse(output) as { token: string };
  expect(document).toEqual({
    id: expect.any(String),
    scope: {
      kind: "deployment",
      owner: "organization/acme",
      deployment: "prod",
    },
    description: "Airflow",
    token: expect.stringMatching(/^patchbay_/),
  });
  expect(await scopeOf(document.token)).toEqual({
    kind: "deployment",
    account,
    deployment: "prod",
  });
});

describe("what cannot be done is said, and makes nothing", () => {
  test.each([
    [
      ["--path", "typo"],
      /^Hub not initialised \(hub_not_initialised\): There is no hub in .*typo/,
    ],
    [
      ["--deployment", "prod"],
      /^Missing argument \(missing_argument\): --deployment needs --organization or --user/,
    ],
    [["--deployment", "prod", "--organization", "acme"], /^Object not found/],
    [
      ["--deployment", "prod", "--read-only"],
      /^Invalid command line .*cannot be used with/,
    ],
    [["--organization", " a"], /^Invalid name/],
  ])("hub token create %j", async (options, errors) => {
    await patchbay("hub", "init");
    expect(await patchbay("hub", "token", "create", ...options)).toEqual({
      exitCode: 1,
      output: "",
      errors: expect.stringMatching(errors),
    });
  });

  test("hub init where a file stands in the way", async () => {
    writeFileSync(join(root, "file"), "");
    expect(await patchbay("hub", "init", "--path", "file")).toEqual({
      exitCode: 1,
      output: "",
      errors: expect.stringMatching(/^Hub not writable \(hub_not_writable\): /),
    });
  });
});
