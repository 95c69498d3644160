import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { hosts, type TerraformProject } from "./terraform-project";

const ours = join(__dirname, "../../dist/provider");

/**
 * Puts our provider where core looks for another, `datadog/datadog/4.19.0`. Core
 * starts the provider that a state names, but asks it nothing about what is moved
 * away: any will do.
 */
export function vendorOtherProvider(
  project: TerraformProject,
  source: `${string}/${string}/${string}`,
): void {
  const [, name] = source.split("/");
  // A state names Terraform's, also where OpenTofu reads it: it then looks at its own.
  for (const host of hosts) {
    const theirs = project.path(
      "terraform.d/plugins",
      host,
      source,
      `${process.platform}_${{ x64: "amd64" }[process.arch as string] ?? process.arch}`,
    );
    mkdirSync(theirs, { recursive: true });
    for (const file of readdirSync(ours))
      symlinkSync(
        join(ours, file),
        join(theirs, file.replace("provider-patchbay", `provider-${name}`)),
      );
  }
}
