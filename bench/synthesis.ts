import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type Figure, ratio } from "./figure";
import { byTurns } from "./median";

/** The synthesis of a thousand connections, as compiled JavaScript, from exec to exit; and over that of as many plain resources. */
export async function measureSynthesis(
  directory: string,
): Promise<readonly Figure[]> {
  const times = await byTurns(7, {
    measured: () => synthesise(directory, "synthesis-app.js"),
    floor: () => synthesise(directory, "synthesis-floor-app.js"),
  });
  return [
    {
      name: "synthesis of 1000 connections",
      unit: "s",
      value: times.measured / 1000,
      limit: 1.5,
      detail: "node from exec to exit",
    },
    ratio({
      name: "the same synthesis over cdktf's own",
      limit: 3,
      ...times,
      floorName: "1000 terraform_data with the same arguments",
    }),
  ];
}

function synthesise(directory: string, app: string): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(__dirname, app)],
    {
      env: { ...process.env, CDKTF_OUTDIR: join(directory, app) },
      cwd: directory,
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(`the synthesis failed:\n${stderr}`);
}
