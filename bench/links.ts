import { join } from "node:path";
import { argumentsOnly, links } from "./configurations";
import { type Figure, ratio } from "./figure";
import { median, timed } from "./median";
import { initialised } from "./plan-and-apply";
import type { TerraformProject } from "./terraform-project";

const LINKS = 200;
/** With their deployments, and the connection, its workspace and the attachment. */
const OBJECTS = 2 * LINKS + 3;

/** Links on one connection, planned, applied and planned empty, against as many terraform_data. */
export async function measureLinks(directory: string): Promise<Figure> {
  const measured: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const hub = { path: join(directory, `hub-links-${round}`) };
    const plain = await initialised(
      directory,
      `links-floor-${round}`,
      argumentsOnly(OBJECTS),
    );
    const ours = await initialised(
      directory,
      `links-${round}`,
      links(LINKS, hub),
    );
    floor.push(await timed(() => wholeRound(plain)));
    measured.push(await timed(() => wholeRound(ours)));
  }
  return ratio({
    name: `${LINKS} links planned, applied and planned again`,
    limit: 2,
    measured: median(measured),
    floor: median(floor),
    floorName: `${OBJECTS} terraform_data, as many as there are objects`,
  });
}

async function wholeRound(project: TerraformProject): Promise<void> {
  await project.run("plan", "-out=plan", "-no-color");
  await project.run("apply", "-no-color", "plan");
  await project.run("plan", "-detailed-exitcode", "-no-color");
}
