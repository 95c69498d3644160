import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { PatchbayError } from "../../diagnostics";
import { PATCHBAY_VERSION } from "../../model";

const PACKAGE_NAME = "cdktf-patchbay";

/** The folder that holds the provider's executable: the one given, else that of this package. */
export function findProviderFolder(given: string | undefined): string {
  const folder =
    given === undefined
      ? join(packageRoot(__dirname), "dist", "provider")
      : resolve(given);
  const executable = join(
    folder,
    `terraform-provider-patchbay_v${PATCHBAY_VERSION}`,
  );
  if (existsSync(executable)) return folder;
  throw new PatchbayError({
    code: "file_not_readable",
    detail: `The Terraform provider that belongs to this version of ${PACKAGE_NAME} is not at ${executable}. In a checkout, build it; otherwise install the package again:\n  npm run build`,
  });
}

/** The folder of our package.json, from wherever below it this file runs. */
function packageRoot(from: string): string {
  for (
    let folder = from;
    folder !== dirname(folder);
    folder = dirname(folder)
  ) {
    const file = join(folder, "package.json");
    if (existsSync(file) && nameIn(file) === PACKAGE_NAME) return folder;
  }
  throw new PatchbayError({
    code: "file_not_readable",
    detail: `No package.json of ${PACKAGE_NAME} was found above ${from}. Install the package as a whole, not parts of it, and do not bundle it.`,
  });
}

function nameIn(file: string): unknown {
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly name?: unknown })
    .name;
}
