import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Figure } from "./figure";
import { median, timed } from "./median";

/** The synthesis of a thousand connections, as compiled JavaScript, from exec to exit. */
export async function measureSynthesis(directory: string): Promise<Figure> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    times.push(
      await timed(() => {
        const { status, stderr } = spawnSync(
          process.execPath,
          [join(__dirname, "synthesis-app.js")],
          {
            env: {
              ...process.env,
              CDKTF_OUTDIR: join(directory, `synthesis-${round}`),
            },
            cwd: directory,
            encoding: "utf8",
          },
        );
        if (status !== 0) throw new Error(`the synthesis failed:\n${stderr}`);
      }),
    );
  }
  return {
    name: "synthesis of 1000 connections",
    unit: "s",
    value: median(times) / 1000,
    limit: 1.5,
    detail: "node from exec to exit",
  };
}
