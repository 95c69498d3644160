import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { listConnectionTypes } from "../src/catalog";
import { generatePlatformSettings } from "../src/constructs/generate-platform-settings";
import { generateTypedConnections } from "../src/constructs/typed/generate-typed-connections";
import { platformDefinitions } from "../src/platforms/registry";

// Writes src/constructs/typed/*.generated.ts, one construct per connection type of the catalogue, and
// src/constructs/platform-settings.generated.ts, the props of the provider for the platforms of the registry.
const constructs = join(process.cwd(), "src", "constructs");
const typed = join(constructs, "typed");
for (const { name, text } of generateTypedConnections(listConnectionTypes())) {
  writeFileSync(join(typed, name), text);
}
writeFileSync(
  join(constructs, "platform-settings.generated.ts"),
  generatePlatformSettings(platformDefinitions),
);
