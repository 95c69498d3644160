/** Faults of today that worlds run into. One that none runs into any more is to be taken out. */
import type { PlatformName } from "../../src/platforms/registry";

export interface KnownFault {
  readonly says: string;
  readonly platforms: readonly PlatformName[];
  /** Of a failure of carrying out. */
  readonly failure: RegExp;
}

export const knownFaults: readonly KnownFault[] = [
  {
    says: "an update on Astro that takes away the last key of extra does not send an empty one",
    platforms: ["astro"],
    failure:
      /still shows (the fields [\w, ]+|description, secrets or auto-link) otherwise than declared/,
  },
  {
    says: "a field that is known later and comes to null is in the effective configuration that a link was planned with, and not in the one after",
    platforms: ["hub", "astro"],
    failure: /core: \.effective has other fields/,
  },
];

/** The known fault that a world's failures come from, if that is all. */
export function knownFaultOf(
  platform: PlatformName,
  failures: readonly string[],
): KnownFault | undefined {
  return knownFaults.find(
    ({ platforms, failure }) =>
      platforms.includes(platform) &&
      failures.length > 0 &&
      failures.every((one) => failure.test(one)),
  );
}
