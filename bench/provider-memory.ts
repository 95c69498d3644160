import { readdirSync, readFileSync } from "node:fs";

/** Watches the providers that run while `work` does; gives the largest peak of resident memory, in MB. Linux only. */
export async function peakMemory(work: () => Promise<void>): Promise<number> {
  let peak = 0;
  const look = setInterval(
    () => (peak = Math.max(peak, ...providers().map(peakOf))),
    20,
  );
  try {
    await work();
  } finally {
    clearInterval(look);
  }
  return peak;
}

function providers(): readonly string[] {
  return readdirSync("/proc").filter(
    (entry) =>
      /^\d+$/.test(entry) &&
      read(`/proc/${entry}/cmdline`).includes("terraform-provider-patchbay"),
  );
}

function peakOf(pid: string): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(
    read(`/proc/${pid}/status`),
  )?.[1];
  return Number(kilobytes ?? 0) / 1024;
}

/** A process may end while it is looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
