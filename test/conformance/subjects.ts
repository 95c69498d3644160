import type { PlatformName } from "../../src/platforms/registry";
import type { ConformanceModule } from "./conformance-subject";

/**
 * What passes the conformance suite for each platform. A new platform does not
 * compile until it is here. Loaded late, so that a test loads one platform only.
 */
export const conformanceModules: Readonly<
  Record<PlatformName, () => ConformanceModule>
> = {
  hub: () =>
    require("../standins/hub/conformance") as typeof import("../standins/hub/conformance"),
  astro: () =>
    require("../standins/astro/conformance") as typeof import("../standins/astro/conformance"),
  datadog: () =>
    require("../standins/datadog/conformance") as typeof import("../standins/datadog/conformance"),
  pipes: () =>
    require("../standins/pipes/conformance") as typeof import("../standins/pipes/conformance"),
  upsolver: () =>
    require("../standins/upsolver/conformance") as typeof import("../standins/upsolver/conformance"),
};
