import { runCommandLine } from "../../src/cli/run-command-line";
import type { CommandContext } from "../../src/cli/command-context";

/** What a command printed, and its exit code. */
export interface CommandResult {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs the command line in this process; whatever a test does not give is not there. */
export async function runCommand(
  commandLine: readonly string[],
  given: Partial<CommandContext> = {},
): Promise<CommandResult> {
  let output = "";
  let errors = "";
  const exitCode = await runCommandLine(commandLine, {
    environment: {},
    workingDirectory: "/nowhere",
    homeDirectory: "/nowhere",
    machine: () => ({
      operatingSystem: "linux",
      architecture: "x64",
      libc: "glibc",
    }),
    providerDirectory: "/nowhere",
    findModule: () => undefined,
    stopRequested: async () => undefined,
    writeOutput: (text) => {
      output += text;
    },
    writeError: (text) => {
      errors += text;
    },
    ...given,
  });
  return { exitCode, output, errors };
}
