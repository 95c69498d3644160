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
    says: "an update on Astro that takes away the last key of extra does not send an empty one",
    platforms: ["astro"],
    sentence:
      /still shows (the fields [\w, ]+|description, secrets or auto-link) otherwise than declared/,
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
