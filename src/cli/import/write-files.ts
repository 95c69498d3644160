import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PatchbayError } from "../../diagnostics";
import type { CodeFile } from "./code-file";

/** Writes new files; one that is there already stays as it is, and then none is written. Rejects with `file_not_writable`. */
export function writeNewFiles(
  directory: string,
  files: readonly CodeFile[],
): void {
  if (files.length === 0) return;
  const there = files
    .map(({ name }) => join(directory, name))
    .filter((path) => existsSync(path));
  if (there.length > 0) {
    throw new PatchbayError({
      code: "file_not_writable",
      detail: `There already: ${there.join(", ")}. Nothing was written. Name another folder with --out, or move these away.`,
    });
  }
  try {
    mkdirSync(directory, { recursive: true });
    for (const { name, text } of files)
      writeFileSync(join(directory, name), text, { flag: "wx" });
  } catch (thrown) {
    throw new PatchbayError({
      code: "file_not_writable",
      detail: `The code could not be written to ${directory}: ${(thrown as NodeJS.ErrnoException).code ?? "unknown error"}.`,
    });
  }
}
