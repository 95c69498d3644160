import { Secret } from "../../../src/diagnostics";
import type { Platform } from "../../../src/model";
import {
  type AstroStandin,
  type AstroStandinOptions,
  STANDIN_ORGANIZATION,
  STANDIN_TOKEN,
  startAstroStandin,
} from "./astro-standin";
import { createAstroAdapter } from "../../../src/platforms/astro/astro-adapter";

/** An adapter at a stand-in. Nothing waits longer than a moment. */
export function openAt(url: string): Platform {
  let now = 0;
  return createAstroAdapter({
    host: url,
    organizationId: STANDIN_ORGANIZATION,
    token: new Secret(STANDIN_TOKEN),
    time: {
      now: () => now,
      sleep: async (milliseconds, signal) => {
        now += milliseconds;
        await new Promise((resolve) => setTimeout(resolve, 1));
        signal?.throwIfAborted();
      },
    },
  });
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
