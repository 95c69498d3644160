import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, warningDiagnostic } from "../diagnostics";
import type { CommandContext } from "./command-context";

/**
 * A warning for each configuration file of Terraform or OpenTofu that says where
 * providers are installed from: with such a block the implied mirrors are off.
 */
export function warnOfInstallationSettings(
  context: CommandContext,
  mirror: string,
): readonly Diagnostic[] {
  return settingsFiles(context)
    .filter((path) => /^\s*provider_installation\b/m.test(textOf(path)))
    .map((path) =>
      warningDiagnostic({
        code: "unsupported",
        detail: [
          `${path} has a provider_installation block, so Terraform does not look into ${mirror} by itself. Add to that block:`,
          "",
          filesystemMirrorBlock(mirror),
        ].join("\n"),
      }),
    );
}

/** What a `provider_installation` block needs to find the provider. */
export function filesystemMirrorBlock(mirror: string): string {
  return [
    "  filesystem_mirror {",
    `    path    = ${JSON.stringify(mirror)}`,
    '    include = ["*/patchbay/patchbay"]',
    "  }",
    "  direct {",
    '    exclude = ["*/patchbay/patchbay"]',
    "  }",
  ].join("\n");
}

function settingsFiles({
  environment,
  homeDirectory,
}: CommandContext): readonly string[] {
  const named = environment.TF_CLI_CONFIG_FILE;
  if (named !== undefined && named !== "") return [named];
  const configuration =
    environment.XDG_CONFIG_HOME || join(homeDirectory, ".config");
  return [
    join(homeDirectory, ".terraformrc"),
    join(homeDirectory, ".tofurc"),
    join(configuration, "opentofu/tofurc"),
  ];
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
