import { readdirSync } from "node:fs";
import { join } from "node:path";
import { PatchbayError } from "../diagnostics";
import type { CommandContext } from "./command-context";
import type { ProviderTarget } from "./provider-target";

/** One file of a self-contained provider package, and where to copy it from. */
export interface PackageFile {
  readonly name: string;
  readonly source: string;
}

/**
 * The files of a package that runs without node_modules, in the order in which
 * to put them in place: the executable last, so that it never lacks a part.
 * Rejects with `file_not_readable` where a part is not installed.
 */
export function providerPackageFiles(
  context: CommandContext,
  target: ProviderTarget,
): readonly PackageFile[] {
  const { providerDirectory, findModule } = context;
  const names = listDirectory(providerDirectory);
  if (!names.some(isExecutable)) {
    throw missing(
      `The provider's executable is not in ${providerDirectory}. In a clone of the repository run: npm run build`,
    );
  }
  const nativePackage = `@libsql/${target.sqlite}`;
  const nativePart = findModule(nativePackage);
  if (nativePart === undefined) {
    throw missing(
      `The SQLite driver's part for this machine, ${nativePackage}, is not installed. Install cdktf-patchbay again, without --omit=optional.`,
    );
  }
  return [
    { name: `libsql-${target.sqlite}.node`, source: nativePart },
    ...names
      .toSorted(
        (left, right) =>
          Number(isExecutable(left)) - Number(isExecutable(right)),
      )
      .map((name) => ({ name, source: join(providerDirectory, name) })),
  ];
}

function isExecutable(name: string): boolean {
  return name.startsWith("terraform-provider-patchbay");
}

function listDirectory(path: string): readonly string[] {
  try {
    return readdirSync(path).filter((name) => !name.startsWith("."));
  } catch {
    return [];
  }
}

function missing(detail: string): PatchbayError {
  return new PatchbayError({ code: "file_not_readable", detail });
}
