/**
 * The oracle: generated worlds are planned and carried out, and what was planned
 * is held against what differs in the platform's own store and against what was
 * written, which shares no code with the planner.
 */
import type { PlatformName } from "../../src/platforms/registry";
import type { Ground } from "./grounds/ground";
import { misfits } from "./held-against-store";
import { type KnownFault, knownFaultOf, knownFaults } from "./known-faults";
import { isRefused, type Outcome } from "./outcome";
import { differences } from "./same-outcome";
import { sides } from "./sides";
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
const playedBy: Record<string, number> = {};
const wasted: string[] = [];
const met: KnownFault[] = [];

describe.each(Object.keys(worldCounts) as PlatformName[])("%s", (platform) => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await openGround[platform]();
  });
  afterAll(async () => await ground.close());

  test("what is planned is what differs in the store, and what is written", async () => {
    const found: string[] = [];
    for (const world of worldsOf(platform))
      found.push(
        ...(await play(world, ground)).map(
          (one) => `world ${world.number}: ${one}`,
        ),
      );
    expect(found).toEqual([]);
  }, 300_000);
});

test("there are enough worlds, and of every kind", () => {
  process.stdout.write(
    `oracle: seed ${SEED}, worlds ${JSON.stringify(played)}, played by ${JSON.stringify(playedBy)}, objects planned ${JSON.stringify(counts)}, worlds wasted ${wasted.length}, known faults met ${met.length} times\n`,
  );
  expect(wasted).toEqual([]);
  expect(new Set(met)).toEqual(new Set(knownFaults));
  const total = Object.values(played).reduce((sum, one) => sum + one, 0);
  expect(total).toBeGreaterThanOrEqual(200);
  for (const { name } of sides)
    expect(playedBy[name]).toBeGreaterThanOrEqual(200);
  for (const times of Object.values(counts))
    expect(times).toBeGreaterThanOrEqual(50);
});

/** Everything that does not fit, on any side. */
async function play(world: World, ground: Ground): Promise<readonly string[]> {
  const { capabilities } = ground.platform;
  const sendsSecretsAlong = capabilities.secretsWithEveryUpdate === true;
  const found: string[] = [];
  let first: Outcome | undefined;
  for (const side of sides) {
    if (side.canPlay?.(world) === false) continue;
    const outcome = await side.play(world, ground);
    if (isRefused(outcome)) {
      wasted.push(
        ...outcome.refused.map(
          (one) => `${world.platform} ${world.number}, ${side.name}: ${one}`,
        ),
      );
      continue;
    }
    const wrong = misfits(world, outcome, { sendsSecretsAlong });
    const fault = knownFaultOf(world, wrong);
    playedBy[side.name] = (playedBy[side.name] ?? 0) + 1;
    if (first === undefined) count(world, outcome);
    // Where one side stops at a fault of today there is nothing to hold the other against.
    if (fault !== undefined) {
      met.push(fault);
      break;
    }
    found.push(
      ...wrong,
      ...(first === undefined ? [] : differences(first, outcome)),
    );
    first ??= outcome;
  }
  return found;
}

function count(world: World, outcome: Outcome): void {
  played[world.platform] = (played[world.platform] ?? 0) + 1;
  for (const [address, { action }] of outcome.planned) {
    counts[action] += 1;
    if (hasLater(thingAt(world.after, address))) counts.unknown += 1;
  }
}
