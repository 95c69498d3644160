import { join, resolve } from "node:path";
import type { Command } from "commander";
import { type Diagnostic, formatDiagnostic } from "../diagnostics";
import { PATCHBAY_VERSION } from "../model";
import { createCommand } from "./command";
import type { CommandContext } from "./command-context";
import { providerPackageFiles } from "./provider-package";
import { providerTargetOf } from "./provider-target";
import { type Replacement, replacePackage } from "./replace-package";
import { type CommonOptions, printReport } from "./report";
import {
  filesystemMirrorBlock,
  warnOfInstallationSettings,
} from "./terraform-settings";

interface InstallOptions extends CommonOptions {
  readonly dir?: string;
}

interface Installation {
  readonly directory: string;
  readonly result: Replacement;
}

/** The hosts that `patchbay/patchbay` means, to Terraform and to OpenTofu. */
const registryHosts = ["registry.terraform.io", "registry.opentofu.org"];

const requiredProviders = `terraform {
  required_providers {
    patchbay = {
      source  = "patchbay/patchbay"
      version = "${PATCHBAY_VERSION}"
    }
  }
}`;

/** `patchbay provider install`: a complete copy where Terraform and OpenTofu find it. */
export function providerInstallCommand(context: CommandContext): Command {
  return createCommand(context, {
    usage: "install",
    summary: "Copy the provider to where Terraform and OpenTofu look for it",
    description:
      "The copy is complete: it needs Node on the PATH, and neither this package nor a network.\nWith the constructs it is not needed: they bring the provider along.",
    examples: [
      "patchbay provider install",
      "patchbay provider install --dir ./mirror",
    ],
  })
    .option(
      "--dir <dir>",
      "the mirror's folder (default: ~/.terraform.d/plugins, where both look by themselves)",
    )
    .action((options: InstallOptions) => install(context, options));
}

function install(context: CommandContext, options: InstallOptions): void {
  const target = providerTargetOf(context.machine());
  const files = providerPackageFiles(context, target);
  const implied = join(context.homeDirectory, ".terraform.d/plugins");
  const mirror =
    options.dir === undefined
      ? implied
      : resolve(context.workingDirectory, options.dir);
  const installations = registryHosts.map((host): Installation => {
    const directory = join(
      mirror,
      host,
      "patchbay/patchbay",
      PATCHBAY_VERSION,
      target.terraform,
    );
    return { directory, result: replacePackage(directory, files) };
  });
  const warnings =
    mirror === implied ? warnOfInstallationSettings(context, mirror) : [];
  for (const warning of warnings)
    context.writeError(`${formatDiagnostic(warning)}\n`);
  printReport(context, options, {
    text: [
      `patchbay/patchbay ${PATCHBAY_VERSION} for ${target.terraform}:`,
      ...installations.map(
        ({ directory, result }) =>
          `  ${result.padEnd("unchanged".length)}  ${directory}`,
      ),
      ...lockFileAdvice(installations),
      "",
      ...usageAdvice(mirror, { isImplied: mirror === implied }),
      "",
      "Declare the provider in your configuration:",
      "",
      requiredProviders,
    ].join("\n"),
    document: {
      version: PATCHBAY_VERSION,
      platform: target.terraform,
      mirror,
      installations: installations.map((installation) => ({ ...installation })),
      warnings: warnings.map(asDocument),
    },
  });
}

function lockFileAdvice(
  installations: readonly Installation[],
): readonly string[] {
  if (!installations.some(({ result }) => result === "replaced")) return [];
  return [
    "",
    "The files of this version have changed. Where `terraform init` now says that checksums do not match, remove the",
    "block of patchbay/patchbay from .terraform.lock.hcl and run it again.",
  ];
}

function usageAdvice(
  mirror: string,
  { isImplied }: { readonly isImplied: boolean },
): readonly string[] {
  if (isImplied) return ["Terraform and OpenTofu look there by themselves."];
  return [
    `Run \`terraform init -plugin-dir=${mirror}\`, or write in ~/.terraformrc or ~/.tofurc:`,
    "",
    "provider_installation {",
    filesystemMirrorBlock(mirror),
    "}",
  ];
}

function asDocument({ severity, code, summary, detail }: Diagnostic) {
  return { severity, code, summary, detail };
}
