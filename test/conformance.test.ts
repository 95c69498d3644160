import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  platformDefinitions,
  type PlatformName,
} from "../src/platforms/registry";

/** Where each platform passes the conformance suite, on a stand-in or for real. A new platform does not compile until it is here. */
const conformanceTests: Readonly<Record<PlatformName, string>> = {
  hub: "src/platforms/hub/hub-over-http.test.ts",
  astro: "src/platforms/astro/astro-adapter.test.ts",
  datadog: "src/platforms/datadog/datadog-adapter.test.ts",
  pipes: "src/platforms/pipes/pipes-adapter.test.ts",
  upsolver: "src/platforms/upsolver/upsolver-adapter.test.ts",
};

test.each(platformDefinitions.map(({ name }) => name as PlatformName))(
  "%s passes the conformance suite, with drift and faults",
  (name) => {
    const source = readFileSync(
      join(__dirname, "..", conformanceTests[name]),
      "utf8",
    );
    expect(source).toContain("describePlatform({");
    expect(source).toContain("openElsewhere");
    expect(source).toContain("injectFault");
  },
);
