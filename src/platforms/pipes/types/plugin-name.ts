import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";

export const NATIVE_PREFIX = "pipes:";

/** A plugin, with its publisher where that is not Turbot. */
const PLUGIN = /^[a-z0-9][a-z0-9_-]*(?:\/[a-z0-9][a-z0-9_-]*)?$/;

/** The plugin without its publisher where that is Turbot: `turbot/aws` and `aws` are the same. */
export function shortPlugin(plugin: string): string {
  return plugin.replace(/^turbot\//, "");
}

/** Pipes shows a plugin by its short name and its version apart, so any other spelling would never be read back. */
export function pluginNameFaults(name: string): readonly Diagnostic[] {
  const short = plainName(name);
  if (short === name && PLUGIN.test(name)) return [];
  const advice = PLUGIN.test(short)
    ? `Write type = ${JSON.stringify(NATIVE_PREFIX + short)} instead of ${JSON.stringify(NATIVE_PREFIX + name)}.`
    : 'Write its name as the Steampipe hub has it, for example type = "pipes:aws", or "pipes:PUBLISHER/PLUGIN" where the publisher is not Turbot.';
  return [
    errorDiagnostic({
      code: "unsupported",
      path: ["type"],
      detail: `Turbot Pipes shows a plugin by its name alone: in small letters, without the address of the hub, without Turbot as its publisher, and without a version, which Pipes chooses. ${advice}`,
    }),
  ];
}

/** The name in what people copy: the hub's address, an installed plugin, one with a version. */
function plainName(name: string): string {
  const path = name
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(
      /^(?:(?:us-docker\.pkg\.dev\/steampipe\/)|hub\.steampipe\.io\/)/,
      "",
    )
    .replace(/^plugins?\//, "")
    .replace(/@.*$/, "")
    .replace(/^\/+|\/+$/g, "");
  return shortPlugin(path);
}
