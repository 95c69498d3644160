import {
  astroLimits,
  type AstroStandin,
  STANDIN_ORGANIZATION,
  STANDIN_TOKEN,
  startAstroStandin,
} from "../test/standins/astro";
import { connectionsOn } from "./configurations";
import { type Figure, ratio } from "./figure";
import { byTurns, timed } from "./median";
import { initialised } from "./plan-and-apply";
import type { TerraformProject } from "./terraform-project";

const COUNT = 1000;
/** Milliseconds that a slow platform takes for each answer. */
const LATENCY = 50;

/**
 * What rate limits and latency cost: a thousand creates against the time that the
 * limit itself prescribes, and the plan after that against the same one on a
 * stand-in with neither.
 */
export async function measureAstroLimits(
  directory: string,
): Promise<readonly Figure[]> {
  const limited = await startAstroStandin({
    limits: astroLimits,
    latency: LATENCY,
  });
  const free = await startAstroStandin();
  try {
    const slow = await project(directory, "astro-limited", limited);
    const quick = await project(directory, "astro-free", free);
    const apply = (of: TerraformProject) =>
      of.run("apply", "-auto-approve", "-no-color");
    const creating = await timed(() => apply(slow));
    await apply(quick);
    const plan = (of: TerraformProject) =>
      of.run("plan", "-detailed-exitcode", "-no-color");
    const plans = await byTurns(5, {
      measured: () => plan(slow),
      floor: () => plan(quick),
    });
    const prescribed = (COUNT / astroLimits["POST"]!.perSecond) * 1000;
    return [
      ratio({
        name: `${COUNT} creates under Astro's rate limits`,
        limit: 1.1,
        measured: creating,
        floor: prescribed,
        floorName: "the limit's own pace",
      }),
      ratio({
        name: `plan of ${COUNT} connections on Astro, limited and slow`,
        limit: 1.3,
        ...plans,
        floorName: "the same without limits and latency",
      }),
    ];
  } finally {
    await limited.close();
    await free.close();
  }
}

function project(
  directory: string,
  name: string,
  standin: AstroStandin,
): Promise<TerraformProject> {
  const platform = {
    astro: {
      organization_id: STANDIN_ORGANIZATION,
      host: standin.url,
      token: STANDIN_TOKEN,
    },
  };
  return initialised(
    directory,
    name,
    connectionsOn(platform, COUNT, { owner: "workspace/analytics" }),
  );
}
