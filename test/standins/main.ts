/**
 * Starts one platform's stand-in by hand, on a free port of this machine, until it
 * is interrupted: `npm run build`, then `node dist/test/standins/main.js datadog`.
 * What it holds is gone with it.
 */
import { type StartedStandin, standins } from "./standins";

async function main(name: string | undefined): Promise<void> {
  if (name === undefined || !Object.hasOwn(standins, name)) {
    const names = Object.keys(standins).join(" | ");
    process.stderr.write(`usage: node dist/test/standins/main.js ${names}\n`);
    process.exitCode = 2;
    return;
  }
  const { standin, settings } =
    await standins[name as keyof typeof standins].start();
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

function block(platform: string, settings: StartedStandin["settings"]): string {
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
