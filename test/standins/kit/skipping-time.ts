import type { Time } from "../../../src/http";

/** Time that passes only while somebody waits, so that no test does. */
export function skippingTime(
  waited: (milliseconds: number) => void = () => undefined,
): Time {
  let now = 0;
  return {
    now: () => now,
    sleep: async (milliseconds) => {
      waited(milliseconds);
      now += milliseconds;
      await Promise.resolve();
    },
  };
}
