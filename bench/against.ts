/**
 * `npm run bench:against -- CHECKOUT`: this build against another checkout's, by
 * turns in one run. Of each figure both times, what the turns of one build differ
 * by among themselves (the noise), and the ratio; exits 1 where it is more.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { connections, links } from "./configurations";
import { readsOfPlan } from "./hub-reads";
import { median, timed } from "./median";
import { initialised } from "./plan-and-apply";
import { installProvider, type TerraformProject } from "./terraform-project";

const CONNECTIONS = 1000;
const LINKS = 50;
const APPLIES = 3;
const PLANS = 9;

interface Build {
  readonly name: string;
  readonly directory: string;
}

async function against(checkout: string): Promise<boolean> {
  const root = join(__dirname, "../../bench.out");
  rmSync(root, { recursive: true, force: true });
  const builds = [
    { name: "other", dist: join(resolve(checkout), "dist") },
    { name: "this", dist: join(__dirname, "..") },
  ].map(({ name, dist }): Build => {
    const directory = join(root, name);
    mkdirSync(directory, { recursive: true });
    installProvider(directory, dist);
    return { name, directory };
  });
  const [other, ours] = builds as [Build, Build];

  const applied: TerraformProject[][] = [[], []];
  const applies = await byTurns(APPLIES, builds, async (build, index, turn) => {
    const project = await projectOf(build, `apply-${turn}`, (hub) =>
      connections(CONNECTIONS, hub),
    );
    applied[index]!.push(project);
    return () => project.run("apply", "-auto-approve", "-no-color");
  });
  const plans = await byTurns(PLANS, builds, (_build, index) =>
    Promise.resolve(() => planned(applied[index]![0]!)),
  );
  const linked: TerraformProject[] = [];
  for (const build of builds) {
    const project = await projectOf(build, "links", (hub) => links(LINKS, hub));
    await project.run("apply", "-auto-approve", "-no-color");
    linked.push(project);
  }
  const linkPlans = await byTurns(PLANS, builds, (_build, index) =>
    Promise.resolve(() => planned(linked[index]!)),
  );
  const reads = [
    await readsOfPlan(other.directory),
    await readsOfPlan(ours.directory),
  ] as const;
  rmSync(root, { recursive: true, force: true });
  console.log(
    `plan of ${CONNECTIONS} connections, reads: ${reads[0]} then, ${reads[1]} now`,
  );
  return [
    told(`first apply of ${CONNECTIONS} connections`, applies),
    told(`plan of ${CONNECTIONS} applied connections`, plans),
    told(`plan of ${LINKS} links of one connection`, linkPlans),
    reads[1] <= reads[0],
  ].every((isMet) => isMet);
}

async function projectOf(
  { directory }: Build,
  name: string,
  configuration: (hub: object) => object,
): Promise<TerraformProject> {
  const hub = { path: join(directory, `hub-${name}`) };
  return initialised(directory, name, configuration(hub));
}

function planned(project: TerraformProject): Promise<void> {
  return project.run("plan", "-detailed-exitcode", "-no-color");
}

/** The times of each build, in milliseconds; who begins changes with each turn. */
async function byTurns(
  turns: number,
  builds: readonly Build[],
  prepare: (
    build: Build,
    index: number,
    turn: number,
  ) => Promise<() => Promise<void>>,
): Promise<readonly (readonly number[])[]> {
  const times: number[][] = builds.map(() => []);
  for (let turn = 0; turn < turns; turn += 1) {
    const order = builds.map((_, index) => index);
    if (turn % 2 === 1) order.reverse();
    for (const index of order)
      times[index]!.push(
        await timed(await prepare(builds[index]!, index, turn)),
      );
  }
  return times;
}

function told(name: string, times: readonly (readonly number[])[]): boolean {
  const [then = [], now = []] = times;
  const ratio = median(now) / median(then);
  const noise = Math.max(spread(then), spread(now));
  const isMet = ratio <= 1 + noise;
  console.log(
    `${name}: ${median(then).toFixed(0)} ms then, ${median(now).toFixed(0)} ms now, ratio ${ratio.toFixed(3)}, noise ${noise.toFixed(3)}: ${isMet ? "no worse" : "WORSE"}`,
  );
  return isMet;
}

/** How far from the median the middle half of the times is, as a share of it. */
function spread(times: readonly number[]): number {
  const distances = times.map((one) => Math.abs(one - median(times)));
  return median(distances) / median(times);
}

const [checkout] = process.argv.slice(2);
if (checkout === undefined) {
  console.error("npm run bench:against -- CHECKOUT, which is built");
  process.exitCode = 1;
} else
  against(checkout).then(
    (isMet) => {
      if (!isMet) process.exitCode = 1;
    },
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    },
  );
