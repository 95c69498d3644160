/**
 * `npm run test:clients`: what a user of OpenTofu alone has. The newest OpenTofu,
 * pinned in test/clients/go.mod and built once into a cache outside of the
 * checkout, is the only client on the PATH while the acceptance tests, the demo,
 * cdktf and the platforms run.
 */
import { spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

const root = join(__dirname, "../..");
const goModule = join(root, "test/clients");
const clients = ["terraform", "tofu"];

const steps: readonly (readonly string[])[] = [
  ["node_modules/jest/bin/jest.js", "test/acceptance"],
  ["dist/scripts/demo.js"],
  ["dist/scripts/test-cdktf.js"],
  ["node_modules/jest/bin/jest.js", "-c", "jest.platforms.config.js"],
];

function main(): void {
  if (spawnSync("go", ["version"], { stdio: "ignore" }).status !== 0) {
    console.log(
      "Skipped: there is no Go on the PATH, and OpenTofu is built with it.",
    );
    return;
  }
  const tofu = builtTofu();
  const shadows = mkdtempSync(join(tmpdir(), "patchbay-clients-"));
  try {
    const environment = {
      ...process.env,
      PATH: [dirname(tofu), ...withoutClients(shadows)].join(delimiter),
    };
    for (const step of steps) {
      const started = Date.now();
      console.log(`\nWith OpenTofu alone: node ${step.join(" ")}\n`);
      run(process.execPath, step, root, environment);
      console.log(`It took ${Math.round((Date.now() - started) / 1000)} s.`);
    }
  } finally {
    rmSync(shadows, { recursive: true, force: true });
  }
}

/** What is there under its name is complete: it gets the name last. */
function builtTofu(): string {
  const hash = createHash("sha256");
  for (const file of ["go.mod", "go.sum"])
    hash.update(readFileSync(join(goModule, file)));
  const cache =
    process.env["PATCHBAY_CLIENTS_CACHE"] ??
    join(
      process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
      "patchbay/clients",
    );
  const folder = join(cache, `tofu-${hash.digest("hex").slice(0, 16)}`);
  const tofu = join(folder, "tofu");
  if (existsSync(tofu)) return tofu;
  const draft = `${folder}.${randomUUID()}`;
  mkdirSync(draft, { recursive: true });
  console.log(`Building OpenTofu to ${folder}; it takes minutes.`);
  try {
    run(
      "go",
      [
        "build",
        "-mod=readonly",
        // Else it calls itself a development version, which no required_version takes.
        ...["-ldflags", "-X github.com/opentofu/opentofu/version.dev=no"],
        ...["-o", join(draft, "tofu"), "github.com/opentofu/opentofu/cmd/tofu"],
      ],
      goModule,
      process.env,
    );
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return tofu;
}

/** The PATH; a folder that holds a client, beside what else may be there, is stood in for by links to the rest. */
function withoutClients(shadows: string): readonly string[] {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.map((folder, i) => {
    if (!clients.some((name) => existsSync(join(folder, name)))) return folder;
    const shadow = join(shadows, String(i));
    mkdirSync(shadow);
    for (const name of readdirSync(folder))
      if (!clients.includes(name))
        symlinkSync(join(folder, name), join(shadow, name));
    return shadow;
  });
}

function run(
  command: string,
  parameters: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): void {
  const { status } = spawnSync(command, parameters, {
    cwd,
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0)
    throw new Error(`${command} ${parameters.join(" ")} failed (${status}).`);
}

main();
