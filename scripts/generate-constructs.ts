import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { listConnectionTypes } from "../src/catalog";
import { generateTypedConnections } from "../src/constructs/typed/generate-typed-connections";

// Writes src/constructs/typed/*.generated.ts: one construct per connection type of the catalogue.
const folder = join(process.cwd(), "src", "constructs", "typed");
for (const { name, text } of generateTypedConnections(listConnectionTypes())) {
  writeFileSync(join(folder, name), text);
}
