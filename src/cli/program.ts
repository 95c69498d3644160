import type { Command } from "commander";
import { PATCHBAY_VERSION } from "../model";
import { createCommandGroup } from "./command";
import type { CommandContext } from "./command-context";
import { providerInstallCommand } from "./provider-install";
import { typesCommand } from "./types";

/** All commands. */
export function createProgram(context: CommandContext): Command {
  const program = createCommandGroup(
    context,
    "patchbay",
    "Data connections as code",
  )
    .version(PATCHBAY_VERSION, "-V, --version", "print the version")
    .addCommand(typesCommand(context));
  program.addCommand(
    createCommandGroup(
      context,
      "provider",
      "The Terraform provider for plain HCL",
    ).addCommand(providerInstallCommand(context)),
  );
  return program;
}
