import type { Platform } from "../../model";
import { describePlatform, type PlatformUnderTest } from "../../testing";
import { injectFault } from "../../../test/standins/kit";
import {
  type PipesBehaviour,
  pipesExpectations,
  pipesSnowflakeExpectations,
  type PipesStandin,
  secretKeys,
} from "../../../test/standins/pipes";
import { pipesIdentity } from "./pipes-capabilities";
import {
  openAt,
  openWithStandin,
} from "../../../test/standins/pipes/open-with-standin";

const standins = new WeakMap<Platform, PipesStandin>();

/** Where the documents leave open what Pipes does, the adapter passes with either. */
const variants: readonly (readonly [string, Partial<PipesBehaviour>])[] = [
  ["pipes", {}],
  [
    "pipes that merges configurations, masks secrets, grants late and updates slowly",
    { patch: "merge", secretsOnRead: "masked", grantLag: 2, rolloutReads: 2 },
  ],
  [
    "pipes that shows secrets as null and fails to update workspaces",
    { secretsOnRead: "null", rolloutReads: 1, rollout: "error" },
  ],
];

for (const [name, behaviour] of variants)
  describePlatform({
    ...onStandin(behaviour),
    name,
    expectations: pipesExpectations,
  });

describePlatform({
  ...onStandin({}),
  name: "pipes, Snowflake connections of the tenant",
  expectations: pipesSnowflakeExpectations,
  // Only of a type of the catalogue is it known which secrets there can be, and so which to remove.
  storedSecrets: (platform, { platformId }) => {
    const { connections } = standins.get(platform)!.world;
    const stored = connections.find(({ id }) => id === platformId);
    const secrets = Object.entries(stored?.config ?? {}).filter(([key]) =>
      secretKeys.has(key),
    );
    return Promise.resolve(
      Object.fromEntries(secrets) as Readonly<Record<string, string>>,
    );
  },
});

function onStandin(
  behaviour: Partial<PipesBehaviour>,
): Omit<PlatformUnderTest, "name" | "expectations"> {
  return {
    capabilities: pipesIdentity.capabilities,
    open: async () => {
      const { platform, standin } = await openWithStandin(behaviour);
      standins.set(platform, standin);
      return platform;
    },
    openElsewhere: (platform) =>
      Promise.resolve(openAt(standins.get(platform)!.url)),
    injectFault: (platform, injection) =>
      injectFault(standins.get(platform)!, injection),
    clearFaults: (platform) => standins.get(platform)!.clearFaults(),
  };
}
