/**
 * Packs the package as npm would and checks the result with publint (entry
 * points, files) and attw (types as TypeScript sees them under each way of
 * resolving modules). Needs a build, and no network.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../..");
const directory = mkdtempSync(join(tmpdir(), "patchbay-pack-"));

try {
  const packed = execFileSync(
    "npm",
    [
      "pack",
      "--ignore-scripts",
      "--json",
      "--silent",
      "--pack-destination",
      directory,
    ],
    { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
  );
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  const tarball = join(directory, filename);
  const run = (command: string, ...parameters: string[]) =>
    execFileSync(process.execPath, [binaryOf(command), ...parameters], {
      cwd: root,
      stdio: "inherit",
    });
  run("publint", "--strict", tarball);
  run("@arethetypeswrong/cli", "--no-definitely-typed", tarball);
} catch {
  // What is wrong has been printed.
  process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true });
}

/** The file behind a package's only command. */
function binaryOf(name: string): string {
  const folder = join(root, "node_modules", name);
  const { bin } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  ) as {
    bin: string | Record<string, string>;
  };
  return join(folder, typeof bin === "string" ? bin : Object.values(bin)[0]!);
}
