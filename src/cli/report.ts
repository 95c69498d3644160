import type { JsonValue } from "../model";
import type { CommandContext } from "./command-context";

/** What a command has to say: for people, and as the one document of `--json`. */
export interface Report {
  readonly text: string;
  readonly document: JsonValue;
}

/** The options that every command has. */
export interface CommonOptions {
  readonly json?: true;
}

export function printReport(
  context: CommandContext,
  { json }: CommonOptions,
  report: Report,
): void {
  context.writeOutput(
    `${json === true ? JSON.stringify(report.document, undefined, 2) : report.text}\n`,
  );
}
