import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { PatchbayError } from "../diagnostics";
import type { PackageFile } from "./provider-package";

export type Replacement = "installed" | "replaced" | "unchanged";

/**
 * Makes `directory` hold exactly these files. A new package appears complete or
 * not at all; in one that is there each file is replaced in one step, so that a
 * terraform that runs meanwhile always finds an executable. Rejects with
 * `file_not_writable`.
 */
export function replacePackage(
  directory: string,
  files: readonly PackageFile[],
): Replacement {
  try {
    return replace(directory, files);
  } catch (thrown) {
    throw notWritable(directory, thrown);
  }
}

function replace(
  directory: string,
  files: readonly PackageFile[],
): Replacement {
  const present = namesIn(directory);
  if (present !== undefined && isUpToDate(directory, files, present))
    return "unchanged";
  const parent = dirname(directory);
  mkdirSync(parent, { recursive: true });
  const staging = mkdtempSync(join(parent, `.${basename(directory)}-`));
  try {
    for (const { name, source } of files) {
      const copy = join(staging, name);
      copyFileSync(source, copy);
      chmodSync(copy, name.startsWith("terraform-provider-") ? 0o755 : 0o644);
    }
    if (present === undefined) {
      chmodSync(staging, 0o755);
      renameSync(staging, directory);
      return "installed";
    }
    for (const { name } of files)
      renameSync(join(staging, name), join(directory, name));
    const wanted = new Set(files.map(({ name }) => name));
    for (const name of present) {
      if (!wanted.has(name)) rmSync(join(directory, name), { recursive: true });
    }
    return "replaced";
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function namesIn(directory: string): readonly string[] | undefined {
  try {
    return readdirSync(directory);
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT") return undefined;
    throw thrown;
  }
}

function isUpToDate(
  directory: string,
  files: readonly PackageFile[],
  present: readonly string[],
): boolean {
  return (
    present.length === files.length &&
    files.every(
      ({ name, source }) =>
        present.includes(name) &&
        readFileSync(join(directory, name)).equals(readFileSync(source)),
    )
  );
}

function notWritable(directory: string, thrown: unknown): unknown {
  const code = codeOf(thrown);
  if (code === undefined) return thrown;
  return new PatchbayError({
    code: "file_not_writable",
    detail: `${directory} cannot be written (${code}). Choose another folder with --dir.`,
  });
}

/** Of errors of the file system only: `EACCES`. */
function codeOf(thrown: unknown): string | undefined {
  const code = (thrown as NodeJS.ErrnoException | undefined)?.code;
  return typeof code === "string" ? code : undefined;
}
