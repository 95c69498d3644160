/**
 * `npm run test:cdktf`: the real cdktf command line on examples/gitops, on a
 * machine that knows nothing of us (an empty home). Diff, deploy, a diff that is
 * empty, destroy; then a look for secrets in everything that was written.
 * Everything happens in a temporary folder that is gone afterwards.
 */
import { spawn, spawnSync } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";

const CDKTF_CLI = "cdktf-cli@0.21.0";
const STACK = "data-platform";
const root = join(__dirname, "../..");
const app = join(root, "dist", "examples", "gitops", "main.js");

interface Workplace {
  /** Where cdktf-cli is installed. */
  readonly tool: string;
  /** Where cdktf.json, the state and the hub are. */
  readonly project: string;
  readonly environment: NodeJS.ProcessEnv;
}

interface Step {
  readonly title: string;
  readonly arguments: readonly string[];
  /** What its output must hold. */
  readonly expected: RegExp;
}

const steps: readonly Step[] = [
  {
    title: "diff plans everything",
    arguments: ["diff"],
    expected: /Plan: [1-9]\d+ to add, 0 to change, 0 to destroy/,
  },
  {
    title: "deploy makes it",
    arguments: ["deploy", "--auto-approve"],
    expected:
      /Apply complete! Resources: [1-9]\d+ added, 0 changed, 0 destroyed/,
  },
  {
    title: "a second diff is empty",
    arguments: ["diff"],
    expected: /No changes/,
  },
  {
    title: "destroy removes it",
    arguments: ["destroy", "--auto-approve"],
    // cdktf may end before it has printed the last lines: the state says whether it was done.
    expected: /Plan: 0 to add, 0 to change, [1-9]\d+ to destroy/,
  },
];

async function main(): Promise<void> {
  refuseUnknownNode();
  const terraform = terraformOnPath();
  const folder = mkdtempSync(join(tmpdir(), "patchbay-cdktf-"));
  const remove = () =>
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.once("exit", remove);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => process.exit(1));
  }

  const workplace = makeWorkplace(folder, terraform);
  console.log(`Installing ${CDKTF_CLI} …`);
  // The user's own npm settings: the registry and its cache.
  await run(
    "npm",
    [
      "install",
      "--no-audit",
      "--no-fund",
      "--prefix",
      workplace.tool,
      CDKTF_CLI,
    ],
    {
      cwd: folder,
      environment: process.env,
    },
  );
  const secrets = supplySecrets(await variableNames(workplace));
  const cdktf = join(workplace.tool, "node_modules", ".bin", "cdktf");
  for (const step of steps) {
    console.log(`cdktf ${step.arguments.join(" ")}: ${step.title} …`);
    const output = await run(cdktf, step.arguments, {
      cwd: workplace.project,
      environment: { ...workplace.environment, ...secrets },
    });
    if (!step.expected.test(output)) {
      throw new Error(
        `${output}\nNot as expected: ${step.title} (${step.expected}).`,
      );
    }
    refuseSecrets(workplace.project, Object.values(secrets));
  }
  refuseLeftovers(workplace.project);
  console.log("cdktf diff, deploy, diff and destroy did what they should.");
}

/** cdktf-cli carries native code that exists for these versions only. */
function refuseUnknownNode(): void {
  const major = Number(process.versions.node.split(".")[0]);
  if (major > 22) {
    throw new Error(
      `${CDKTF_CLI} runs on Node 20 and 22, not on ${process.version}; run this test with one of them.`,
    );
  }
}

/** cdktf runs `terraform` unless told otherwise. */
function terraformOnPath(): string {
  const found = ["terraform", "tofu"].find(
    (name) => spawnSync(name, ["version"], { stdio: "ignore" }).status === 0,
  );
  if (found === undefined) {
    throw new Error(
      "Neither terraform nor tofu is on the PATH. Install one: https://developer.hashicorp.com/terraform/install or https://opentofu.org/docs/intro/install/",
    );
  }
  return found;
}

function makeWorkplace(folder: string, terraform: string): Workplace {
  const [tool, project, home] = ["tool", "project", "home"].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  for (const each of [tool, project, home]) mkdirSync(each);
  const description = JSON.parse(
    readFileSync(join(root, "cdktf.json"), "utf8"),
  ) as object;
  writeFileSync(
    join(project, "cdktf.json"),
    JSON.stringify({ ...description, app: `node ${JSON.stringify(app)}` }),
  );
  return {
    tool,
    project,
    environment: {
      PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
      HOME: home,
      USERPROFILE: home,
      CI: "1",
      CHECKPOINT_DISABLE: "1",
      TERRAFORM_BINARY_NAME: terraform,
    },
  };
}

/** The variables that the example asks Terraform for. */
async function variableNames({
  project,
  environment,
}: Workplace): Promise<readonly string[]> {
  await run(process.execPath, [app], { cwd: project, environment });
  const text = readFileSync(
    join(project, "cdktf.out", "stacks", STACK, "cdk.tf.json"),
    "utf8",
  );
  const document = JSON.parse(text) as { readonly variable: object };
  return Object.keys(document.variable);
}

/** A value for each of them, made up here and found nowhere else. */
function supplySecrets(
  names: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.map((name) => [
      `TF_VAR_${name}`,
      name.endsWith("PRIVATE_KEY")
        ? privateKey()
        : randomBytes(18).toString("hex"),
    ]),
  );
}

function privateKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/** Destroyed is what the state no longer holds. */
function refuseLeftovers(project: string): void {
  const state = JSON.parse(
    readFileSync(join(project, `terraform.${STACK}.tfstate`), "utf8"),
  ) as { readonly resources: readonly unknown[] };
  if (state.resources.length > 0)
    throw new Error(
      `Not as expected: ${state.resources.length} resources are in the state after destroy.`,
    );
}

/** None of the values may be in any file of the project: document, plan, state, lock, hub. */
function refuseSecrets(folder: string, secrets: readonly string[]): void {
  for (const entry of readdirSync(folder, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const content = readFileSync(file);
    if (
      secrets.some(
        (secret) =>
          content.includes(secret) || content.includes(secondLineOf(secret)),
      )
    ) {
      throw new Error(`${file} holds a secret in clear.`);
    }
  }
}

/** Of a key, whose line ends may be escaped, a part that stays in one piece; other secrets as a whole. */
function secondLineOf(secret: string): string {
  return secret.split("\n")[1] ?? secret;
}

interface RunOptions {
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Its whole output; throws it when the command fails. */
async function run(
  command: string,
  args: readonly string[],
  { cwd, environment }: RunOptions,
): Promise<string> {
  const child = spawn(command, args, {
    cwd,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const output = stripVTControlCharacters(Buffer.concat(chunks).toString());
  if (status === 0) return output;
  throw new Error(
    `${output}\n${command} ${args.join(" ")} failed (exit code ${status}).`,
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
