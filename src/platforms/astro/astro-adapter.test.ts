import type { Platform } from "../../model";
import { describePlatform, type PlatformUnderTest } from "../../testing";
import {
  astroExpectations,
  astroSnowflakeExpectations,
  type AstroStandin,
  type AstroStandinOptions,
  idOf,
  openAt,
  openWithStandin,
} from "../../../test/standins/astro";
import { injectFault } from "../../../test/standins/kit";
import { astroIdentity } from "./astro-capabilities";

const standins = new WeakMap<Platform, AstroStandin>();

/** Where the documents leave open what Astro does, the adapter passes with either. */
describePlatform({
  ...onStandin({}),
  name: "astro",
  expectations: astroExpectations,
});
describePlatform({
  ...onStandin({
    behaviour: { masked: "empty", refusesDuplicates: false },
  }),
  name: "astro that shows secrets as empty texts and takes any name twice",
  expectations: astroExpectations,
});
describePlatform({
  ...onStandin({}, [
    "links",
    "overrides",
    "override_secrets",
    "auto_link",
    "usage",
  ]),
  name: "astro, Snowflake connections of a deployment",
  expectations: astroSnowflakeExpectations(idOf("d", 1)),
});

function onStandin(
  options: AstroStandinOptions,
  without: readonly string[] = [],
): Omit<PlatformUnderTest, "name" | "expectations"> {
  const { capabilities } = astroIdentity;
  return {
    capabilities: {
      ...capabilities,
      features: capabilities.features.filter(
        (feature) => !without.includes(feature),
      ),
    },
    open: async () => {
      const { platform, standin } = await openWithStandin(options);
      const opened: Platform = {
        ...platform,
        ...(without.includes("links") && { links: undefined }),
        ...(without.includes("usage") && { usage: undefined }),
      };
      standins.set(opened, standin);
      return opened;
    },
    openElsewhere: (platform) =>
      Promise.resolve(openAt(standins.get(platform)!.url)),
    injectFault: (platform, injection) =>
      injectFault(standins.get(platform)!, injection),
    clearFaults: (platform) => standins.get(platform)!.clearFaults(),
  };
}
