import { readFileSync } from "node:fs";
import { join } from "node:path";
import { conformanceModules } from "./conformance/subjects";

/** Each in a file of its own, so that they run side by side. */
test.each(Object.keys(conformanceModules))(
  "%s passes the conformance suite in the test of its adapter",
  (name) => {
    const path = join("src", "platforms", name, "adapter.test.ts");
    const lines = readFileSync(join(__dirname, "..", path), "utf8").split("\n");
    expect(lines).toContain(`describeConformance("${name}");`);
  },
);
