/**
 * The provider's process, as Terraform and OpenTofu start it. It prints the
 * handshake line before it loads anything else; the provider itself is loaded
 * when the first RPC arrives. With `--debug` it serves until it is ended, for
 * TF_REATTACH_PROVIDERS.
 */
import { createLogger, parseLogLevel } from "./wire/hclog";
import { watchLifeCycle } from "./wire/life-cycle";
import { servePlugin } from "./wire/plugin-server";
import type { ProviderContext } from "./provider-context";
import type { ProviderService } from "./wire";

const { env } = process;
const log = createLogger({
  stderr: process.stderr,
  level: parseLogLevel(
    env["TF_LOG_PROVIDER_PATCHBAY"] ?? env["TF_LOG_PROVIDER"] ?? env["TF_LOG"],
  ),
  module: "patchbay",
});
const debug = process.argv.find(
  (argument) => argument === "--debug" || argument.startsWith("--debug="),
);
let context: ProviderContext | undefined;

function createService(): ProviderService {
  // Loaded here and not above, so that the handshake line does not wait for it.
  const { createProviderService } =
    require("./server/provider-service") as typeof import("./server/provider-service");
  const provider =
    require("./provider-context") as typeof import("./provider-context");
  const { platformDefinitions } =
    require("../platforms/registry") as typeof import("../platforms/registry");
  context = new provider.ProviderContext({
    platforms: platformDefinitions,
    environment: env,
    workingDirectory: process.cwd(),
    log,
  });
  return createProviderService(context);
}

async function endWalk(): Promise<void> {
  await context?.endWalk();
}

/** Closes what is open, within the time that core leaves us. */
async function end(exitCode: number): Promise<void> {
  try {
    await context?.close();
  } finally {
    process.exit(exitCode);
  }
}

/** Whether a process of this id exists. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** As Terraform recognises a crash: shown to the user, so without the message, which may quote values. */
function crash(thrown: unknown): void {
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  const stack = thrown instanceof Error ? (thrown.stack ?? "") : "";
  const frames = stack
    .split("\n")
    .filter((line) => line.trimStart().startsWith("at "));
  process.stderr.write(
    `panic: ${name} in the Patchbay provider\n${frames.join("\n")}\n`,
  );
  process.exit(2);
}

async function main(): Promise<void> {
  const lifeCycle = watchLifeCycle({
    signals: process,
    getParentPid: () => process.ppid,
    isRunning,
    stderr: process.stderr,
    onOrphaned: () => void end(1),
  });
  const served = await servePlugin({
    env,
    stdout: process.stdout,
    stderr: process.stderr,
    handlers: createService,
    onBug: (error, rpc) =>
      log.error("bug", {
        rpc,
        error: error instanceof Error ? error.name : typeof error,
      }),
    // Only now has Terraform done with us in good order.
    onShutdown: () => void endWalk().finally(() => end(0)),
    onConnections: (open) => lifeCycle.connections(open),
    ...(debug === undefined
      ? {}
      : {
          reattach: {
            providerAddress:
              debug.slice("--debug=".length) ||
              "registry.terraform.io/patchbay/patchbay",
            pid: process.pid,
          },
        }),
  });
  if (served.kind === "refused") process.exit(served.exitCode);
  process.on("exit", () => served.plugin.release());
  process.on("SIGTERM", () => void end(143));
  // Who debugs has started us in a terminal of their own: there, Ctrl-C is meant for us.
  if (debug !== undefined) process.on("SIGINT", () => void end(130));
}

process.on("uncaughtException", crash);
process.on("unhandledRejection", crash);
void main();
