import { readFileSync } from "node:fs";
import { homedir, platform } from "node:os";
import { join } from "node:path";
import { PATCHBAY_VERSION } from "../../model";
import type { TerraformEnvironment } from "../environment";
import { PROVIDER_SOURCE } from "../resources/provider-binding";
import { hosts, ourAddress } from "./hosts";

export interface InstallationCheck {
  readonly environment: TerraformEnvironment;
  /** The stack's plugin directory. */
  readonly pluginFolder: string;
}

/**
 * A CLI configuration with a `provider_installation` block of its own turns off
 * the directories that Terraform otherwise searches, the stack's included.
 * Undefined where there is none, or where it names our provider.
 */
export function installationWarning({
  environment,
  pluginFolder,
}: InstallationCheck): string | undefined {
  const found = configurationFiles(environment).flatMap((file) => {
    const text = tryRead(file);
    return text === undefined ? [] : [{ file, text }];
  })[0];
  if (found === undefined) return undefined;
  const settings = found.text.replace(/(#|\/\/).*$/gm, "");
  if (
    !/\bprovider_installation\b/.test(settings) ||
    settings.includes(PROVIDER_SOURCE)
  )
    return undefined;
  const addresses = hosts.map((host) => `"${ourAddress(host)}"`).join(", ");
  return `${found.file} has a provider_installation block, so that Terraform does not search the directory that holds the provider ${PROVIDER_SOURCE} ${PATCHBAY_VERSION}. Add to that block:
  filesystem_mirror {
    path    = ${JSON.stringify(pluginFolder)}
    include = [${addresses}]
  }
and exclude the same addresses from its other methods:
    exclude = [${addresses}]`;
}

function configurationFiles({
  cliConfigurationFile,
  applicationData,
}: TerraformEnvironment): readonly string[] {
  if (cliConfigurationFile !== undefined && cliConfigurationFile !== "")
    return [cliConfigurationFile];
  if (platform() === "win32" && applicationData !== undefined)
    return [join(applicationData, "terraform.rc")];
  return [join(homedir(), ".terraformrc"), join(homedir(), ".tofurc")];
}

function tryRead(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
