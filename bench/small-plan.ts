import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { connectionsOn } from "./configurations";
import { type Figure, ratio } from "./figure";
import { byTurns } from "./median";
import { initialised } from "./plan-and-apply";

/** The plan of one applied connection, against node doing nothing: what somebody waits for who tries it. */
export async function measureSmallPlan(
  directory: string,
): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [kind, more] of [
    ["catalogue", {}],
    ["native", { type: "hub:warehouse" }],
  ] as const) {
    const hub = { path: join(directory, `hub-one-${kind}`) };
    const project = await initialised(
      directory,
      `one-${kind}`,
      connectionsOn({ organization: "acme", hub }, 1, more),
    );
    await project.run("apply", "-auto-approve", "-no-color");
    const times = await byTurns(15, {
      measured: () => project.run("plan", "-detailed-exitcode", "-no-color"),
      floor: () => spawnSync("node", ["-e", "0"]),
    });
    figures.push(
      ratio({
        name: `plan of one connection of a ${kind} type`,
        limit: 6.5,
        ...times,
        floorName: "node -e 0",
      }),
    );
  }
  return figures;
}
