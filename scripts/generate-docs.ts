import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { referencePages } from "./generate-docs/reference";
import { withSupportTable } from "./generate-docs/support-section";

async function main(): Promise<void> {
  const root = process.cwd();
  const reference = join(root, "docs", "reference");
  const pages = await referencePages();
  rmSync(reference, { recursive: true, force: true });
  for (const { path, text } of pages) {
    const file = join(reference, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const readme = join(root, "README.md");
  if (existsSync(readme))
    writeFileSync(readme, withSupportTable(readFileSync(readme, "utf8")));
}

// Writes docs/reference, all of it, and the support table in README.md.
void main();
