/**
 * A virtual environment with the platforms' own software, in the versions that
 * python/requirements.txt pins. It takes minutes to make and about 900 MB, so it
 * is outside of the checkout and found again by what it was made of.
 */
import { spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where the tests find the environment's Python; not set where this machine has none that could run it. */
export const PYTHON = "PATCHBAY_CLIENTS_PYTHON";

/** Where environments are kept, each in a folder of its own. */
const CACHE = "PATCHBAY_CLIENTS_CACHE";

/** What the newest providers ask for. */
const OLDEST = "3.11";
const candidates = [
  "python3",
  "python3.14",
  "python3.13",
  "python3.12",
  "python3.11",
];

const requirements = join(__dirname, "python/requirements.txt");

/** Jest calls it once, before the tests. */
export default function prepare(): void {
  const found = candidates.flatMap((command) => versionOf(command) ?? [])[0];
  if (found === undefined) {
    delete process.env[PYTHON];
    process.stderr.write(
      `Skipped: there is no Python ${OLDEST} or newer with venv and pip here (tried ${candidates.join(", ")}).\n`,
    );
    return;
  }
  process.env[PYTHON] = environmentOf(found);
}

interface Python {
  readonly command: string;
  readonly version: string;
}

function versionOf(command: string): Python | undefined {
  const { status, stdout } = spawnSync(
    command,
    [
      "-c",
      "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])",
    ],
    { encoding: "utf8" },
  );
  if (status !== 0) return undefined;
  const version = stdout.trim();
  const minor = (text: string) => Number(text.split(".")[1]);
  return version.startsWith("3.") && minor(version) >= minor(OLDEST)
    ? { command, version }
    : undefined;
}

/** Its Python. What is there under its name is complete: it gets the name last. */
function environmentOf({ command, version }: Python): string {
  const hash = createHash("sha256")
    .update(readFileSync(requirements))
    .digest("hex")
    .slice(0, 16);
  const cache =
    process.env[CACHE] ??
    join(
      process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
      "patchbay/clients",
    );
  const folder = join(cache, `${hash}-python${version}`);
  const python = join(folder, "bin/python");
  if (existsSync(python)) return python;
  mkdirSync(cache, { recursive: true });
  const started = Date.now();
  process.stderr.write(`Installing Airflow and its providers to ${folder}.\n`);
  const draft = `${folder}.${randomUUID()}`;
  try {
    run(command, "-m", "venv", draft);
    run(
      join(draft, "bin/python"),
      ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
      // All that is needed is in the list. Most of it is never loaded, so it is not compiled.
      ...["--no-deps", "--no-compile", "--requirement", requirements],
    );
    rename(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  process.stderr.write(
    `It took ${Math.round((Date.now() - started) / 1000)} s.\n`,
  );
  return python;
}

/** Another run may have been faster; then its environment is as good. */
function rename(draft: string, folder: string): void {
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

function run(command: string, ...parameters: readonly string[]): void {
  const { status } = spawnSync(command, parameters, {
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0)
    throw new Error(`${command} ${parameters.join(" ")} failed (${status}).`);
}
