import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateRegistry } from "../src/catalog/generate-registry";

// Writes src/catalog/registry.generated.ts. Every folder there that holds a schema.json is a connection type.
const catalog = join(process.cwd(), "src", "catalog");
const names = readdirSync(catalog).filter((name) =>
  existsSync(join(catalog, name, "schema.json")),
);
writeFileSync(join(catalog, "registry.generated.ts"), generateRegistry(names));
