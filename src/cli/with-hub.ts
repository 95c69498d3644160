import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Command, Option } from "commander";
import { PatchbayError } from "../diagnostics";
import { DEFAULT_HUB_PATH, type EmbeddedHub, openEmbeddedHub } from "../hub";
import type { CommandContext } from "./command-context";
import type { CommonOptions } from "./report";

/** The option that names the hub's folder. */
export interface HubOptions extends CommonOptions {
  readonly path?: string;
  readonly dir?: string;
}

/** `--path`, as in the provider block; `--dir` means the same. */
export function addHubOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--path <path>",
        `the hub's folder (default: ${DEFAULT_HUB_PATH})`,
      ).conflicts("dir"),
    )
    .addOption(new Option("--dir <path>", "same as --path").hideHelp());
}

/** The hub's folder, absolute. */
export function hubDirectory(
  { workingDirectory }: CommandContext,
  { path, dir }: HubOptions,
): string {
  return resolve(workingDirectory, path ?? dir ?? DEFAULT_HUB_PATH);
}

/** Whether a hub was made there. */
export function isHub(directory: string): boolean {
  return existsSync(join(directory, "hub.db"));
}

/** Opens the hub in the folder, for as long as the work takes; makes it where it is not there. */
export async function withHub<T>(
  context: CommandContext,
  directory: string,
  work: (hub: EmbeddedHub) => Promise<T>,
): Promise<T> {
  const { workingDirectory, environment } = context;
  const hub = await openEmbeddedHub({
    path: directory,
    workingDirectory,
    environment,
  });
  try {
    return await work(hub);
  } finally {
    await hub.close();
  }
}

/** A mistyped folder is not turned into a new hub: rejects with `hub_not_initialised`. */
export function requireHub(directory: string): void {
  if (isHub(directory)) return;
  throw new PatchbayError({
    code: "hub_not_initialised",
    detail: `There is no hub in ${directory}. Name its folder with --path, or make one:\n  patchbay hub init --path ${directory}`,
  });
}
