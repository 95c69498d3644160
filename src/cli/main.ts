#!/usr/bin/env node
/**
 * The command line `patchbay`: one file per command, each turning options into
 * calls of the layers below and their results into a report. No rule about
 * connections lives here. This file is the only one that touches the process;
 * the others get what they need as a CommandContext.
 */
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "./run-command-line";

// What reads our output may stop early (`patchbay types | head -1`); that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) =>
  process.exit(error.code === "EPIPE" ? 0 : 1),
);
process.stderr.on("error", () => undefined);

void runCommandLine(process.argv.slice(2), {
  environment: process.env,
  workingDirectory: process.cwd(),
  homeDirectory: homedir(),
  machine: () => ({
    operatingSystem: process.platform,
    architecture: process.arch,
    libc: "glibcVersionRuntime" in reportHeader() ? "glibc" : "musl",
  }),
  providerDirectory: join(__dirname, "../../provider"),
  findModule,
  writeOutput: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  stopRequested: () =>
    new Promise((resolve) => {
      process.once("SIGINT", () => resolve());
      process.once("SIGTERM", () => resolve());
    }),
}).then((exitCode) => {
  process.exitCode = exitCode;
});

/** As the SQLite driver itself would find it, whatever the package manager's layout. */
function findModule(name: string): string | undefined {
  try {
    return createRequire(require.resolve("libsql")).resolve(name);
  } catch {
    return undefined;
  }
}

function reportHeader(): object {
  return (process.report.getReport() as { header: object }).header;
}
