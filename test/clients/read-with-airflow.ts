import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonObject } from "../../src/model";
import type { Call } from "./cases/real-case";
import type { AirflowFields } from "./stored-connections";

export interface Reading {
  readonly id: string;
  /** How Airflow's Connection reads the fields. */
  readonly fields?: JsonObject;
  /** What the hook called its client library with. */
  readonly calls?: readonly Call[];
  readonly error?: string;
}

/** Has the real hooks read connections, all in one process. */
export function readWithAirflow(
  python: string,
  connections: readonly {
    readonly id: string;
    readonly fields: AirflowFields;
  }[],
): ReadonlyMap<string, Reading> {
  const home = mkdtempSync(join(tmpdir(), "patchbay-airflow-"));
  const output = join(home, "readings.json");
  try {
    const { status, stdout, stderr } = spawnSync(
      python,
      [join(__dirname, "python/read_connections.py"), output],
      {
        input: JSON.stringify(connections),
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
        // Nothing of this machine: hooks look at variables, too.
        env: { PATH: "/usr/bin:/bin", HOME: home, AIRFLOW_HOME: home },
      },
    );
    if (status !== 0)
      throw new Error(
        `Airflow could not be asked (${status}):\n${stdout}\n${stderr}`,
      );
    const readings = JSON.parse(readFileSync(output, "utf8")) as Reading[];
    return new Map(readings.map((reading) => [reading.id, reading]));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
