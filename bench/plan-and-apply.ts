import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { argumentsOnly, connections, sameValues } from "./configurations";
import { type Figure, ratio } from "./figure";
import { byTurns, median, timed } from "./median";
import { peakMemory } from "./provider-memory";
import { mirrorIn, TerraformProject } from "./terraform-project";

const COUNT = 1000;

/** The first apply and the plan after it, of a thousand connections against a thousand terraform_data. */
export async function measurePlanAndApply(
  directory: string,
): Promise<readonly Figure[]> {
  const applies: { readonly measured: number[]; readonly floor: number[] } = {
    measured: [],
    floor: [],
  };
  const rounds = await Promise.all(
    [0, 1].map((round) => projectsOf(directory, round)),
  );
  for (const { ours, floor } of rounds) {
    applies.floor.push(
      await timed(() => floor.run("apply", "-auto-approve", "-no-color")),
    );
    applies.measured.push(
      await timed(() => ours.run("apply", "-auto-approve", "-no-color")),
    );
  }
  const { ours, floor } = rounds[0]!;
  const lower = await initialised(directory, "lower", argumentsOnly(COUNT));
  await lower.run("apply", "-auto-approve", "-no-color");
  const plan = (of: TerraformProject) =>
    of.run("plan", "-detailed-exitcode", "-no-color");
  const plans = await byTurns(7, {
    measured: () => plan(ours),
    floor: () => plan(floor),
  });
  const lowerPlans = await byTurns(5, {
    measured: () => plan(ours),
    floor: () => plan(lower),
  });
  const memory = await peakMemory(() => plan(ours));
  const floorName = `${COUNT} terraform_data with the same values`;
  return [
    ratio({
      name: `plan of ${COUNT} applied connections`,
      limit: 1.2,
      ...plans,
      floorName,
    }),
    ratio({
      name: `first apply of ${COUNT} connections`,
      limit: 1.2,
      measured: median(applies.measured),
      floor: median(applies.floor),
      floorName,
    }),
    ratio({
      name: "the same plan over a lower floor",
      limit: 1.6,
      ...lowerPlans,
      floorName: `${COUNT} terraform_data with the given arguments only`,
    }),
    {
      name: "peak memory of the provider during that plan",
      unit: "MB",
      limit: 150,
      value: memory,
      detail: "VmHWM",
    },
  ];
}

interface Projects {
  readonly ours: TerraformProject;
  readonly floor: TerraformProject;
}

async function projectsOf(directory: string, round: number): Promise<Projects> {
  const hub = { path: join(directory, `hub-${round}`) };
  return {
    ours: await initialised(
      directory,
      `ours-${round}`,
      connections(COUNT, hub),
    ),
    floor: await initialised(directory, `floor-${round}`, sameValues(COUNT)),
  };
}

/** A folder in which Terraform is ready to plan. */
export async function initialised(
  directory: string,
  name: string,
  configuration: object,
): Promise<TerraformProject> {
  const folder = join(directory, name);
  mkdirSync(folder, { recursive: true });
  const project = new TerraformProject(
    folder,
    mirrorIn(directory),
    configuration,
  );
  await project.run("init", "-no-color");
  return project;
}
