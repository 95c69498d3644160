/**
 * Starts one platform's stand-in by hand, on a free port of this machine, until it
 * is interrupted: `npm run build`, then `node dist/test/standins/main.js datadog`.
 * What it holds is gone with it.
 */
import type { PlatformName } from "../../src/platforms/registry";
import {
  STANDIN_ORGANIZATION,
  STANDIN_TOKEN,
  startAstroStandin,
} from "./astro/astro-standin";
import { startDatadogStandin } from "./datadog/datadog-standin";
import type { Standin } from "./kit";
import { PIPES_TOKEN, startPipesStandin } from "./pipes/pipes-standin";
import { startUpsolverStandin } from "./upsolver/upsolver-standin";

interface Started {
  readonly standin: Standin;
  /** What the provider's block of the platform has to say. */
  readonly settings: Readonly<Record<string, string>>;
}

/** The hub stands for itself: `patchbay hub`. */
const starts: Readonly<
  Record<Exclude<PlatformName, "hub">, () => Promise<Started>>
> = {
  astro: async () => {
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
  datadog: async () => {
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
  pipes: async () => {
    const standin = await startPipesStandin();
    return { standin, settings: { host: standin.url, token: PIPES_TOKEN } };
  },
  upsolver: async () => {
    const standin = await startUpsolverStandin();
    return {
      standin,
      settings: { api_url: standin.url, token: standin.token },
    };
  },
};

async function main(name: string | undefined): Promise<void> {
  if (name === undefined || !Object.hasOwn(starts, name)) {
    const names = Object.keys(starts).join(" | ");
    process.stderr.write(`usage: node dist/test/standins/main.js ${names}\n`);
    process.exitCode = 2;
    return;
  }
  const { standin, settings } = await starts[name as keyof typeof starts]();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      // Says what did not fit the vendor's contract, where there is one.
      standin.close().catch((error: unknown) => {
        process.stderr.write(`${(error as Error).message}\n`);
        process.exitCode = 1;
      });
    });
  process.stdout.write(`${block(name, settings)}\n`);
}

function block(platform: string, settings: Started["settings"]): string {
  const width = Math.max(...Object.keys(settings).map(({ length }) => length));
  return [
    'provider "patchbay" {',
    '  organization = "acme"',
    `  ${platform} = {`,
    ...Object.entries(settings).map(
      ([setting, value]) =>
        `    ${setting.padEnd(width)} = ${JSON.stringify(value)}`,
    ),
    "  }",
    "}",
  ].join("\n");
}

void main(process.argv[2]);
