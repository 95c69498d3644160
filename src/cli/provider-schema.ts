import type { Command } from "commander";
import { platformDefinitions } from "../platforms/registry";
import { providerSchemaJson } from "../provider/schema/schema-json";
import { createCommand } from "./command";
import type { CommandContext } from "./command-context";
import { type CommonOptions, printReport } from "./report";

/** `patchbay provider schema`: what `terraform providers schema -json` would print, without Terraform. */
export function providerSchemaCommand(context: CommandContext): Command {
  return createCommand(context, {
    usage: "schema",
    summary: "Print the provider's schema as JSON",
    description:
      "In the form of `terraform providers schema -json`, with or without --json.",
    examples: ["patchbay provider schema > schema.json"],
  }).action((options: CommonOptions) => {
    const document = providerSchemaJson({
      address: "registry.terraform.io/patchbay/patchbay",
      platforms: platformDefinitions,
    });
    printReport(context, options, {
      text: JSON.stringify(document, undefined, 2),
      document,
    });
  });
}
