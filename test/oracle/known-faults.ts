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
    says: "a link is planned with what its connection will show, and made with what the connection shows: a field that comes to null, or a default that is declared no more while nothing else changes, is in one of the two alone",
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
