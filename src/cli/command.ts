import { Command } from "commander";
import type { CommandContext } from "./command-context";

/** How a command presents itself. */
export interface CommandDescription {
  /** The name and its arguments, as in the usage line: `types [name]`. */
  readonly usage: string;
  /** One sentence without a full stop, for the list of commands. */
  readonly summary: string;
  /** More, for the command's own help. */
  readonly description?: string;
  /** Command lines that work as they stand. */
  readonly examples: readonly string[];
}

/** A command that never ends the process, writes where the context says, and has `--json`. */
export function createCommand(
  context: CommandContext,
  description: CommandDescription,
): Command {
  const [name = "", ...parameters] = description.usage.split(" ");
  const command = prepare(new Command(name), context)
    .summary(description.summary)
    .description(
      [`${description.summary}.`, description.description]
        .filter(Boolean)
        .join("\n"),
    )
    .option("--json", "print one JSON document instead of text")
    .addHelpText(
      "after",
      `\nExamples:\n${description.examples.map((example) => `  $ ${example}`).join("\n")}`,
    );
  if (parameters.length > 0) command.arguments(parameters.join(" "));
  return command;
}

/** A command that only holds others. */
export function createCommandGroup(
  context: CommandContext,
  name: string,
  summary: string,
): Command {
  return prepare(new Command(name), context)
    .summary(summary)
    .description(`${summary}.`);
}

function prepare(
  command: Command,
  { writeOutput, writeError }: CommandContext,
): Command {
  return command
    .exitOverride()
    .showSuggestionAfterError(true)
    .helpCommand(false)
    .configureOutput({
      writeOut: writeOutput,
      writeErr: writeError,
      // Faults are thrown, and printed in one place.
      outputError: () => undefined,
    });
}
