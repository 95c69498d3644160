/** The worlds of the oracle: the same on every run, enough for 200 that both sides can play. */
import {
  platformDefinitions,
  type PlatformName,
} from "../../src/platforms/registry";
import { generateWorld } from "./generate-world";
import { openAstroGround } from "./grounds/astro-ground";
import { openDatadogGround } from "./grounds/datadog-ground";
import type { Ground } from "./grounds/ground";
import { openHubGround } from "./grounds/hub-ground";
import { openPipesGround } from "./grounds/pipes-ground";
import { openUpsolverGround } from "./grounds/upsolver-ground";
import { Random } from "./random";
import { vocabulary } from "./vocabulary";
import type { World } from "./world";

export const SEED = 20260117;

/** How many, of each platform. */
export const worldCounts: Readonly<Record<PlatformName, number>> = {
  hub: 122,
  astro: 80,
  pipes: 64,
  datadog: 46,
  upsolver: 46,
};

export const openGround: Readonly<Record<PlatformName, () => Promise<Ground>>> =
  {
    hub: openHubGround,
    astro: openAstroGround,
    datadog: openDatadogGround,
    pipes: openPipesGround,
    upsolver: openUpsolverGround,
  };

export function worldsOf(
  platform: PlatformName,
  seed = SEED,
): readonly World[] {
  const { capabilities } = platformDefinitions.find(
    ({ name }) => name === platform,
  )!;
  return Array.from({ length: worldCounts[platform] }, (_, number) =>
    generateWorld({
      number,
      words: vocabulary[platform],
      capabilities,
      // Each of its own, so that one can be played by itself.
      random: new Random(
        seed + 1000 * Object.keys(worldCounts).indexOf(platform) + number,
      ),
    }),
  );
}
