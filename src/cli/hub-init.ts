import type { Command } from "commander";
import { createCommand } from "./command";
import type { CommandContext } from "./command-context";
import { printReport } from "./report";
import {
  addHubOptions,
  hubDirectory,
  type HubOptions,
  isHub,
  withHub,
} from "./with-hub";

/** `patchbay hub init`: an empty hub in a folder. */
export function hubInitCommand(context: CommandContext): Command {
  const command = createCommand(context, {
    usage: "init",
    summary: "Make a hub in a folder",
    description:
      "The embedded hub of the provider is made by itself on first use; this is for one that is to be served.\nThe key is PATCHBAY_HUB_KEY where that is set, else a new key file in the folder.",
    examples: [
      "patchbay hub init",
      "patchbay hub init --path /var/lib/patchbay",
    ],
  });
  return addHubOptions(command).action((options: HubOptions) =>
    init(context, options),
  );
}

async function init(
  context: CommandContext,
  options: HubOptions,
): Promise<void> {
  const directory = hubDirectory(context, options);
  const created = !isHub(directory);
  await withHub(context, directory, async () => undefined);
  printReport(context, options, {
    text: created
      ? `Made a hub in ${directory}. Back up its key: without it the secrets in it are lost.`
      : `There is a hub in ${directory} already; nothing was changed.`,
    document: { directory, created },
  });
}
