import type { PlatformName } from "../../src/platforms/registry";
import { refuse as astroRefusal } from "./astro/astro-answers";
import {
  STANDIN_ORGANIZATION,
  STANDIN_TOKEN,
  startAstroStandin,
} from "./astro/astro-standin";
import { connectionError } from "./datadog/datadog-answers";
import { startDatadogStandin } from "./datadog/datadog-standin";
import type { Standin, StandinAnswer } from "./kit";
import { problem } from "./pipes/pipes-answers";
import { PIPES_TOKEN, startPipesStandin } from "./pipes/pipes-standin";
import { startUpsolverStandin } from "./upsolver/upsolver-standin";

export interface StartedStandin {
  readonly standin: Standin;
  /** What the provider's block of the platform has to say. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface StandinOf {
  readonly start: () => Promise<StartedStandin>;
  /** A refusal as the platform gives it, with words of one's own. */
  readonly refused: (status: number, words: string) => StandinAnswer;
}

/** The stand-in of every platform, to be reached as its own address is. The hub stands for itself: `patchbay hub`. */
export const standins: Readonly<
  Record<Exclude<PlatformName, "hub">, StandinOf>
> = {
  astro: {
    start: async () => {
      const standin = await startAstroStandin();
      return {
        standin,
        settings: {
          host: standin.url,
          organization_id: STANDIN_ORGANIZATION,
          token: STANDIN_TOKEN,
        },
      };
    },
    refused: astroRefusal,
  },
  datadog: {
    start: async () => {
      const standin = await startDatadogStandin();
      return {
        standin,
        settings: {
          api_url: standin.url,
          api_key: standin.apiKey,
          app_key: standin.applicationKey,
        },
      };
    },
    refused: connectionError,
  },
  pipes: {
    start: async () => {
      const standin = await startPipesStandin();
      return { standin, settings: { host: standin.url, token: PIPES_TOKEN } };
    },
    refused: problem,
  },
  upsolver: {
    start: async () => {
      const standin = await startUpsolverStandin();
      return {
        standin,
        settings: { api_url: standin.url, token: standin.token },
      };
    },
    refused: (status, message) => ({ status, body: { message } }),
  },
};
