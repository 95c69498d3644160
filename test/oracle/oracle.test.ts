/**
 * The oracle: generated worlds are planned and carried out, and what was planned
 * is held against what differs in the platform's own store and against what was
 * written, which shares no code with the planner.
 */
import {
  platformDefinitions,
  type PlatformName,
} from "../../src/platforms/registry";
import type { Ground } from "./grounds/ground";
import { misfits } from "./held-against-store";
import { type KnownFault, knownFaultOf, knownFaults } from "./known-faults";
import { isRefused, type Outcome } from "./outcome";
import { throughTheProvider } from "./provider-side";
import { hasLater, thingAt, type World } from "./world";
import { openGround, SEED, worldCounts, worldsOf } from "./worlds";

const counts = {
  create: 0,
  update: 0,
  replace: 0,
  delete: 0,
  none: 0,
  unknown: 0,
};
const played: Record<string, number> = {};
const wasted: string[] = [];
const met: KnownFault[] = [];

function count(world: World, outcome: Outcome): void {
  played[world.platform] = (played[world.platform] ?? 0) + 1;
  for (const [address, { action }] of outcome.planned) {
    counts[action] += 1;
    if (hasLater(thingAt(world.after, address))) counts.unknown += 1;
  }
}

describe.each(Object.keys(worldCounts) as PlatformName[])("%s", (platform) => {
  let ground: Ground;
  const { capabilities } = platformDefinitions.find(
    ({ name }) => name === platform,
  )!;
  const exceptions = {
    sendsSecretsAlong: capabilities.secretsWithEveryUpdate === true,
  };

  beforeAll(async () => {
    ground = await openGround[platform]();
  });
  afterAll(async () => await ground.close());

  test("what is planned is what differs in the store, and what is written", async () => {
    const found: string[] = [];
    for (const world of worldsOf(platform)) {
      const outcome = await throughTheProvider(world, ground);
      if (isRefused(outcome)) {
        wasted.push(
          ...outcome.refused.map(
            (one) => `${platform} ${world.number}: ${one.split("\n")[0]}`,
          ),
        );
        continue;
      }
      count(world, outcome);
      const fault = knownFaultOf(platform, outcome.failures);
      if (fault !== undefined) {
        met.push(fault);
        continue;
      }
      found.push(
        ...misfits(world, outcome, exceptions).map(
          (one) => `world ${world.number}: ${one}`,
        ),
      );
    }
    expect(found).toEqual([]);
  });
});

test("there are enough worlds, and of every kind", () => {
  process.stdout.write(
    `oracle: seed ${SEED}, worlds ${JSON.stringify(played)}, objects planned ${JSON.stringify(counts)}, wasted ${wasted.length}, known faults met ${met.length}\n`,
  );
  expect(new Set(met)).toEqual(new Set(knownFaults));
  expect(wasted).toEqual([]);
  expect(
    Object.values(played).reduce((sum, one) => sum + one, 0),
  ).toBeGreaterThanOrEqual(200);
  for (const times of Object.values(counts))
    expect(times).toBeGreaterThanOrEqual(50);
});
