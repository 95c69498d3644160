import { Secret } from "../../../src/diagnostics";
import type { Platform } from "../../../src/model";
import { PIPES_DOCUMENT, pipesContractOptions } from "./pipes-contract";
import {
  PIPES_TOKEN,
  type PipesBehaviour,
  type PipesStandin,
  startPipesStandin,
} from "./pipes-standin";
import { loadContract, skippingTime } from "../kit";
import { openPipes } from "../../../src/platforms/pipes/open";

const contract = loadContract(PIPES_DOCUMENT, pipesContractOptions);
const silent = { trace: () => {}, debug: () => {}, warn: () => {} };

/** A stand-in whose every exchange is checked against the vendor's document. */
export function startChecked(
  behaviour: Partial<PipesBehaviour> = {},
): Promise<PipesStandin> {
  return startPipesStandin({ contract, behaviour });
}

/** The same, and the adapter on it. */
export async function openWithStandin(
  behaviour: Partial<PipesBehaviour> = {},
  settings: OpenAtSettings = {},
): Promise<{ readonly standin: PipesStandin; readonly platform: Platform }> {
  const standin = await startChecked(behaviour);
  const platform = openAt(standin.url, settings);
  return {
    standin,
    platform: {
      ...platform,
      close: async () => {
        await platform.close();
        await standin.close();
      },
    },
  };
}

export interface OpenAtSettings {
  /** @default the stand-in's */
  readonly token?: string;
  /** Undefined where the provider names none. @default "acme" */
  readonly organization?: string | undefined;
}

/** The adapter on any address. */
export function openAt(
  host: string,
  { token = PIPES_TOKEN, ...settings }: OpenAtSettings = {},
): Platform {
  const time = skippingTime();
  return openPipes(
    {
      organization: "acme",
      ...settings,
      settings: { host: new Secret(host), token: new Secret(token) },
      workingDirectory: "/",
      environment: {},
      log: silent,
    },
    { time, http: { time } },
  );
}
