import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { PatchbayError } from "../diagnostics";
import { startHubServer } from "../hub";
import type { Log } from "../model";
import { createCommand } from "./command";
import type { CommandContext } from "./command-context";
import { printReport } from "./report";
import {
  addHubOptions,
  hubDirectory,
  type HubOptions,
  requireHub,
  withHub,
} from "./with-hub";

interface ServeOptions extends HubOptions {
  readonly host?: string;
  readonly port: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly insecureHttp?: true;
}

const DEFAULT_PORT = 4000;

/** `patchbay hub serve`: the hub's HTTP API, until it is told to stop. */
export function hubServeCommand(context: CommandContext): Command {
  const command = createCommand(context, {
    usage: "serve",
    summary: "Serve a hub over HTTP until interrupted",
    description:
      "Its OpenAPI document is at /openapi.json. Every request needs a token: patchbay hub token create.",
    examples: [
      "patchbay hub serve",
      "patchbay hub serve --path /var/lib/patchbay --host 0.0.0.0 --tls-cert hub.pem --tls-key hub.key",
    ],
  });
  return addHubOptions(command)
    .option("--host <address>", "the address to listen on (default: 127.0.0.1)")
    .option(
      "--port <port>",
      "the port to listen on; 0 takes a free one",
      portOf,
      DEFAULT_PORT,
    )
    .option(
      "--tls-cert <file>",
      "the certificate chain, in PEM; with --tls-key",
    )
    .option("--tls-key <file>", "its private key, in PEM")
    .option(
      "--insecure-http",
      "plain HTTP to other machines, where a proxy in front does TLS",
    )
    .action((options: ServeOptions) => serve(context, options));
}

async function serve(
  context: CommandContext,
  options: ServeOptions,
): Promise<void> {
  const { host, port, insecureHttp } = options;
  const tls = readTls(context, options);
  const directory = hubDirectory(context, options);
  requireHub(directory);
  await withHub(context, directory, async ({ api }) => {
    const stopped = context.stopRequested();
    const server = await startHubServer({
      api,
      host,
      port,
      tls,
      insecureHttp,
      log: logTo(context),
    });
    printReport(context, options, {
      text: `The hub in ${directory} answers at ${server.url} until it is interrupted.`,
      document: { directory, url: server.url },
    });
    await stopped;
    await server.close();
  });
}

function readTls(context: CommandContext, { tlsCert, tlsKey }: ServeOptions) {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new PatchbayError({
      code: "missing_argument",
      detail:
        "--tls-cert and --tls-key belong together: give both, or none for plain HTTP.",
    });
  }
  return { cert: readPem(context, tlsCert), key: readPem(context, tlsKey) };
}

function readPem({ workingDirectory }: CommandContext, file: string): string {
  const path = resolve(workingDirectory, file);
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    throw new PatchbayError({
      code: "file_not_readable",
      detail: `${path} cannot be read (${(thrown as NodeJS.ErrnoException).code ?? "unknown reason"}).`,
    });
  }
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65_535))
    throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return port;
}

function logTo({ writeError }: CommandContext): Log {
  return {
    trace: () => undefined,
    debug: () => undefined,
    warn: (message, fields = {}) =>
      writeError(
        `${[message, ...Object.entries(fields).map(([name, value]) => `${name}=${value}`)].join(" ")}\n`,
      ),
  };
}
