/** Faults of today that worlds run into. One that none runs into any more is to be taken out. */
import type { PlatformName } from "../../src/platforms/registry";
import type { World } from "./world";

export interface KnownFault {
  readonly says: string;
  readonly platforms: readonly PlatformName[];
  /** What carrying out says, or what does not fit after it. */
  readonly sentence: RegExp;
  /** The worlds that run into it. @default any */
  readonly when?: (world: World) => boolean;
}

export const knownFaults: readonly KnownFault[] = [
  {
    says: "a set remembers no types: a generic connection that becomes one of another kind is planned from the native type that it is shown as, without conn_type and with keys of extra whose names do not tell that they are secret",
    platforms: ["astro"],
    sentence: /\bconfig\.(conn_type|extra\.key)\b/,
  },
  {
    says: "a link is planned with what its connection will show, and made with what the connection shows: a field that comes to null, or a default that is declared no more while nothing else changes, is in one of the two alone",
    platforms: ["hub", "astro"],
    sentence: /core: \.effective has other fields/,
  },
];

/** The known fault that all that is wrong with a world comes from. */
export function knownFaultOf(
  world: World,
  sentences: readonly string[],
): KnownFault | undefined {
  return knownFaults.find(
    ({ platforms, sentence, when }) =>
      platforms.includes(world.platform) &&
      when?.(world) !== false &&
      sentences.length > 0 &&
      sentences.every((one) => sentence.test(one)),
  );
}
