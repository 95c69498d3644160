/**
 * `npm run demo`: the example app examples/gitops from nothing to destroyed, with
 * the real Terraform (else OpenTofu) on the embedded hub. Every step is checked;
 * the first that is not as described ends the demo with exit code 1.
 */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { createToken, withHubServer } from "./demo/hub-server";
import { expect, show, StepFailed, summary, tell } from "./demo/story";
import {
  findTerraform,
  NEEDED_VERSION,
  terraform,
  type TerraformOptions,
} from "./demo/terraform-command";

const root = join(__dirname, "../..");
const output = join(root, "demo.out");
const hubPath = join(output, "hub");
const secretPrefix = `demo-${randomBytes(6).toString("hex")}`;

/** An empty home and no configuration of the user's: what works here works everywhere. */
const environment: NodeJS.ProcessEnv = {
  ...process.env,
  HOME: join(output, "home"),
  CDKTF_OUTDIR: join(output, "cdktf.out"),
  PATCHBAY_HUB_PATH: hubPath,
  CHECKPOINT_DISABLE: "1",
  TF_IN_AUTOMATION: "1",
  // The search for secrets at the end covers the log at its most talkative.
  TF_LOG: "trace",
  TF_LOG_PATH: join(output, "terraform-trace.log"),
};
delete environment["TF_CLI_CONFIG_FILE"];

/** The stack's folder, and the variables that hold its secrets, as a pipeline would set them. */
function synthesize(
  variables: NodeJS.ProcessEnv = {},
): TerraformOptions & { readonly secrets: readonly string[] } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "dist/examples/gitops/main.js")],
    {
      cwd: output,
      env: { ...environment, ...variables },
      encoding: "utf8",
    },
  );
  if (status !== 0)
    throw new StepFailed(`the example synthesizes\n${stdout}${stderr}`);
  const directory = join(output, "cdktf.out/stacks/data-platform");
  const stack = JSON.parse(
    readFileSync(join(directory, "cdk.tf.json"), "utf8"),
  ) as {
    readonly variable?: Readonly<Record<string, unknown>>;
  };
  const names = Object.keys(stack.variable ?? {});
  const secrets = Object.fromEntries(
    names.map((name) => [`TF_VAR_${name}`, `${secretPrefix}-${name}`]),
  );
  return {
    command,
    directory,
    environment: { ...environment, ...secrets },
    secrets: names,
  };
}

const color = process.stdout.isTTY ? [] : ["-no-color"];

interface ShownPlan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

/** Terraform says of every object when it begins to read or change it; that it is done is enough. */
function withoutProgress(text: string): string {
  return text.replaceAll(
    /^.*: (Refreshing state|Creating|Modifying|Destroying)\.\.\..*\n/gm,
    "",
  );
}

let plans = 0;

/** Plans, shows the plan's text, and gives what would change. */
function plan(stack: TerraformOptions): readonly string[] {
  const { status, stdout, stderr } = terraform(stack, [
    "plan",
    "-input=false",
    "-detailed-exitcode",
    "-out=plan",
    ...color,
  ]);
  show(withoutProgress(stdout) + stderr);
  if (status !== 0 && status !== 2) throw new StepFailed("the plan succeeds");
  const shown = terraform(stack, ["show", "-json", "plan"]);
  // The plan itself is compressed: the search for secrets reads this.
  plans += 1;
  writeFileSync(join(output, `plan-${plans}.json`), shown.stdout);
  const changes =
    (JSON.parse(shown.stdout) as ShownPlan).resource_changes ?? [];
  return changes
    .filter(({ change }) =>
      change.actions.some((action) => action !== "no-op" && action !== "read"),
    )
    .map(({ address, change }) => `${change.actions.join("+")} ${address}`);
}

function run(stack: TerraformOptions, ...args: readonly string[]): void {
  const { status, stdout, stderr } = terraform(stack, [...args, ...color]);
  show(stdout + stderr);
  if (status !== 0)
    throw new StepFailed(`${stack.command} ${args[0] ?? ""} succeeds`);
}

/** The files below the folder that hold one of the demo's secrets. */
function filesWithSecrets(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(secretPrefix))
    .map((file) => relative(output, file));
}

async function demo(): Promise<void> {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(join(output, "home"), { recursive: true });

  tell(
    "The TypeScript app examples/gitops becomes Terraform JSON; the provider is put beside it.",
  );
  const stack = synthesize();
  show(
    `${relative(root, stack.directory)}/cdk.tf.json\nsecrets, given as variables only: ${stack.secrets.join(", ")}`,
  );

  tell(
    `${command} init finds the provider without a registry and without any set-up.`,
  );
  run(stack, "init", "-input=false");

  tell("The first plan shows every connection, attachment and link in full.");
  const created = plan(stack);
  expect(
    created.length > 0 &&
      created.every((change) => change.startsWith("create ")),
    `${created.length} objects will be created, nothing else`,
  );

  tell("Apply makes them on the embedded hub.");
  run(stack, "apply", "-input=false", "plan");

  tell("A second plan is empty.");
  expect(plan(stack).length === 0, "no changes");

  tell(
    "One deployment's override changes in the code: only that link changes, field by field.",
  );
  const changed = synthesize({ STAGING_SCHEMA: "STAGING_NEXT" });
  const update = plan(changed);
  expect(
    update.length === 1 &&
      /^update patchbay_deployment_link\./.test(update[0] ?? ""),
    `one change: ${update.join(", ")}`,
  );
  run(changed, "apply", "-input=false", "plan");

  tell(
    "Somebody changes a connection behind Terraform's back, through the hub's HTTP API.",
  );
  await changeBehindTerraformsBack();

  tell("The next plan finds it.");
  const drift = plan(changed);
  const connections = drift.filter((change) =>
    /^update patchbay_connection\./.test(change),
  );
  const links = drift.filter((change) =>
    /^update patchbay_deployment_link\.warehouse_/.test(change),
  );
  expect(
    connections.join() === "update patchbay_connection.warehouse" &&
      connections.length + links.length === drift.length,
    `the connection is repaired, and ${links.length} links show what their deployments will see again`,
  );

  tell("Apply repairs it, and the plan after that is empty.");
  run(changed, "apply", "-input=false", "plan");
  expect(plan(changed).length === 0, "no changes");

  tell(
    "No secret is in any file that synthesis, plan and apply have written, the log at TF_LOG=trace included.",
  );
  const leaks = filesWithSecrets(output);
  expect(
    leaks.length === 0,
    leaks.length === 0
      ? "none found in demo.out, the hub's database included"
      : `none found, but: ${leaks.join(", ")}`,
  );

  tell("Destroy takes everything away again.");
  run(changed, "destroy", "-input=false", "-auto-approve");
  const left = terraform(changed, ["state", "list"]).stdout.trim();
  expect(left === "", "nothing is left in the state");
}

async function changeBehindTerraformsBack(): Promise<void> {
  const token = createToken(hubPath);
  await withHubServer(hubPath, async (url) => {
    const connection = `${url.replace(/\/$/, "")}/v1/organizations/acme/connections/warehouse`;
    const headers = {
      authorization: `Bearer ${token}`,
      "content-type": "application/merge-patch+json",
    };
    const answer = await fetch(connection, {
      method: "PATCH",
      headers,
      body: JSON.stringify({ config: { database: "SOMEBODY_ELSES" } }),
    });
    show(
      `PATCH /v1/organizations/acme/connections/warehouse {"config":{"database":"SOMEBODY_ELSES"}}\n${answer.status} ${answer.statusText}`,
    );
    expect(answer.ok, "the hub accepts the change");
  });
}

const found = findTerraform(environment);
if (found === undefined) {
  console.error(
    "The demo needs Terraform or OpenTofu on the PATH: get it from https://developer.hashicorp.com/terraform/install or https://opentofu.org/docs/intro/install, then run npm run demo again.",
  );
  process.exit(1);
}
if (!found.newEnough) {
  console.error(
    `The demo needs Terraform or OpenTofu ${NEEDED_VERSION}: only since then can secrets be sent without being in the state. Here is ${found.command} ${found.version}. Older ones work with secrets that the state keeps: docs/secrets.md, "Older versions".`,
  );
  process.exit(1);
}
const { command } = found;

demo().then(
  () =>
    console.log(
      `\n━━ What you have seen, with ${command}:\n\n${summary()}\n\nAll steps were as described. What they left is in demo.out; delete it as you like. Next: docs/getting-started.md.`,
    ),
  (error: unknown) => {
    console.error(
      error instanceof StepFailed
        ? `\nNot as described: ${error.message}`
        : `\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`,
    );
    process.exitCode = 1;
  },
);
