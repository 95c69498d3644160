import { CommanderError } from "commander";
import {
  type Diagnostic,
  diagnosticsOf,
  formatDiagnostic,
} from "../diagnostics";
import type { CommandContext } from "./command-context";
import { createProgram } from "./program";
import { usageDiagnostic } from "./usage-error";

/**
 * Runs one command and gives the exit code: 0 when it did what was asked, 1 on
 * errors. Never rejects. Errors are lines on the error output, and with `--json`
 * the document on the output besides.
 */
export async function runCommandLine(
  commandLine: readonly string[],
  context: CommandContext,
): Promise<number> {
  try {
    await createProgram(context).parseAsync(commandLine, { from: "user" });
    return 0;
  } catch (thrown) {
    // Help and version, already printed, come this way too.
    if (
      thrown instanceof CommanderError &&
      /^commander\.(help|helpDisplayed|version)$/.test(thrown.code)
    ) {
      return thrown.exitCode;
    }
    const diagnostics =
      thrown instanceof CommanderError
        ? [usageDiagnostic(thrown)]
        : diagnosticsOf(thrown);
    printDiagnostics(diagnostics, {
      context,
      asDocument: commandLine.includes("--json"),
    });
    return 1;
  }
}

function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  {
    context,
    asDocument,
  }: { readonly context: CommandContext; readonly asDocument: boolean },
): void {
  for (const diagnostic of diagnostics)
    context.writeError(`${formatDiagnostic(diagnostic)}\n`);
  if (asDocument)
    context.writeOutput(`${JSON.stringify({ diagnostics }, undefined, 2)}\n`);
}
