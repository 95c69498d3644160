import { setTimeout as sleep } from "node:timers/promises";

/** Waits for something that another process does; rejects when it does not come in time, 20 s by default. */
export async function waitUntil(
  what: string,
  holds: () => boolean,
  withinMs = 20_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`${what} has not happened`);
    await sleep(20);
  }
}
