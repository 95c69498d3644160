import type { Command } from "commander";
import { PATCHBAY_VERSION } from "../model";
import { createCommandGroup } from "./command";
import type { CommandContext } from "./command-context";
import { hubInitCommand } from "./hub-init";
import { hubServeCommand } from "./hub-serve";
import { hubTokenCreateCommand } from "./hub-token-create";
import { importCommand } from "./import";
import { providerInstallCommand } from "./provider-install";
import { providerSchemaCommand } from "./provider-schema";
import { typesCommand } from "./types";

/** All commands. */
export function createProgram(context: CommandContext): Command {
  return createCommandGroup(context, "patchbay", "Data connections as code")
    .version(PATCHBAY_VERSION, "-V, --version", "print the version")
    .addCommand(typesCommand(context))
    .addCommand(importCommand(context))
    .addCommand(providerCommands(context))
    .addCommand(hubCommands(context));
}

function providerCommands(context: CommandContext): Command {
  return createCommandGroup(
    context,
    "provider",
    "The Terraform provider, for configurations in plain HCL",
  )
    .addCommand(providerInstallCommand(context))
    .addCommand(providerSchemaCommand(context));
}

function hubCommands(context: CommandContext): Command {
  return createCommandGroup(context, "hub", "A hub of your own")
    .addCommand(hubInitCommand(context))
    .addCommand(hubServeCommand(context))
    .addCommand(
      createCommandGroup(
        context,
        "token",
        "Tokens for the hub's HTTP API",
      ).addCommand(hubTokenCreateCommand(context)),
    );
}
