import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Terraform's hash of a provider package, as in the lock file: Go's dirhash
 * "h1:" over all files. Modes and dates do not count.
 */
export function folderHash(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort((left, right) =>
      Buffer.compare(Buffer.from(left), Buffer.from(right)),
    );
  const lines = files.map(
    (file) =>
      `${sha256(readFileSync(join(folder, file))).digest("hex")}  ${file}\n`,
  );
  return `h1:${sha256(lines.join("")).digest("base64")}`;
}

function sha256(data: string | Buffer) {
  return createHash("sha256").update(data);
}
