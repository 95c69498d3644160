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
import { openPipes } from "../../../src/platforms/pipes/open-pipes";

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
): Promise<{ readonly standin: PipesStandin; readonly platform: Platform }> {
  const standin = await startChecked(behaviour);
  const platform = openAt(standin.url);
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

/** The adapter on any address. */
export function openAt(host: string, token = PIPES_TOKEN): Platform {
  const time = skippingTime();
  return openPipes(
    {
      settings: { host: new Secret(host), token: new Secret(token) },
      organization: "acme",
      workingDirectory: "/",
      environment: {},
      log: silent,
    },
    { time, http: { time } },
  );
}
