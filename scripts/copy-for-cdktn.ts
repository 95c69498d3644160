/**
 * The constructs once more, for apps on cdktn: dist/src/constructs copied to
 * dist/src/cdktn, and the entry beside it, with the framework's name replaced.
 * cdktn is cdktf under another name, so the sources are the same.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const compiled = join(__dirname, "../src");
const copy = join(compiled, "cdktn");

function write(
  to: string,
  from: string,
  [text, replacement]: readonly [string, string],
): void {
  const written = readFileSync(join(compiled, from), "utf8");
  const changed = written.replaceAll(text, () => replacement);
  if (changed === written)
    throw new Error(
      `${from} does not hold ${text}: adapt scripts/copy-for-cdktn.ts.`,
    );
  writeFileSync(join(compiled, to), changed);
}

rmSync(copy, { recursive: true, force: true });
cpSync(join(compiled, "constructs"), copy, { recursive: true });
write("cdktn/installed-framework.js", "constructs/installed-framework.js", [
  'FRAMEWORK = "cdktf"',
  'FRAMEWORK = "cdktn"',
]);
for (const ending of [".js", ".d.ts"]) {
  write(`cdktn/framework${ending}`, `constructs/framework${ending}`, [
    '"cdktf',
    '"cdktn',
  ]);
  write(`index-cdktn${ending}`, `index${ending}`, [
    '"./constructs"',
    '"./cdktn"',
  ]);
}
