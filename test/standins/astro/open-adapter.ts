import { setTimeout } from "node:timers/promises";
import { Secret } from "../../../src/diagnostics";
import type { Time } from "../../../src/http";
import type { Platform } from "../../../src/model";
import {
  type AstroStandin,
  type AstroStandinOptions,
  STANDIN_ORGANIZATION,
  STANDIN_TOKEN,
  startAstroStandin,
} from "./astro-standin";
import { createAstroAdapter } from "../../../src/platforms/astro/adapter";

export interface OpenAtOptions {
  /** How much faster than by the clock waits are over; the clock goes as fast. @default time passes only in waits, which last a moment */
  readonly speed?: number;
}

/** An adapter at a stand-in. Nothing waits for long. */
export function openAt(url: string, { speed }: OpenAtOptions = {}): Platform {
  return createAstroAdapter({
    host: url,
    organizationId: STANDIN_ORGANIZATION,
    token: new Secret(STANDIN_TOKEN),
    time: speed === undefined ? momentaryTime() : fastTime(speed),
  });
}

function momentaryTime(): Time {
  let now = 0;
  return {
    now: () => now,
    sleep: async (milliseconds, signal) => {
      now += milliseconds;
      await setTimeout(1);
      signal?.throwIfAborted();
    },
  };
}

function fastTime(speed: number): Time {
  return {
    now: () => performance.now() * speed,
    sleep: (milliseconds, signal) =>
      setTimeout(milliseconds / speed, undefined, { signal }),
  };
}

/** A stand-in of its own, which ends with the adapter. */
export async function openWithStandin(
  options: AstroStandinOptions = {},
): Promise<{ readonly platform: Platform; readonly standin: AstroStandin }> {
  const standin = await startAstroStandin(options);
  return {
    standin,
    platform: { ...openAt(standin.url), close: () => standin.close() },
  };
}
