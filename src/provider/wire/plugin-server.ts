/**
 * A provider process as core sees it, from the environment that core gave it to the reply to Shutdown. Core starts a
 * provider three times per plan and waits for the handshake line each time, so what the line does not need is loaded
 * after it: TLS, gRPC, the messages, and last the provider itself, when its first RPC arrives.
 * Nothing here ends the process or reads its environment; `src/provider/main.ts` does, and passes in what is needed.
 */
import type { Socket } from "node:net";
import { createCertificate } from "./certificate";
import type { GrpcServer } from "./grpc-server";
import {
  decideHandshake,
  handshakeLine,
  type ListenAddress,
  type PluginEnvironment,
} from "./handshake";
import { listen } from "./listener";
import type { ProviderService } from "./provider-service";
import { reattachLine, type ReattachOptions } from "./reattach";

export interface TextSink {
  write(text: string): unknown;
}

export interface ServePluginOptions {
  readonly env: PluginEnvironment;
  /** Gets the handshake line. Nothing may have been written to it. */
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** Called when the first RPC of the provider arrives. */
  readonly handlers: () => ProviderService;
  /** A handler has thrown. The user sees one fixed sentence; this is where the error can be looked into. */
  readonly onBug: (error: unknown, rpc: string) => void;
  /** The user has interrupted; calls that were running have been told through their signals. */
  readonly onStop?: () => void;
  /** Core is done: end the process. Its last reply has been sent and the socket file removed. */
  readonly onShutdown: () => void;
  /** How many connections are open, whenever that changes: see `LifeCycle.connections`. */
  readonly onConnections?: (open: number) => void;
  /**
   * Serve without core having started us, for several walks, until the caller ends it.
   * @default a process that core has started
   */
  readonly reattach?: ReattachOptions;
  /** @default the platform of this process */
  readonly platform?: NodeJS.Platform;
  readonly now?: () => Date;
}

export type ServeResult =
  /** We were not started by core (a hint has been written to stderr): exit with this code. */
  | { readonly kind: "refused"; readonly exitCode: 1 }
  | { readonly kind: "serving"; readonly plugin: ServedPlugin };

export interface ServedPlugin extends ListenAddress {
  /** Takes no more connections, removes the socket file. Synchronous, for the process's `exit` event. */
  release(): void;
  /** Lets running calls finish for a moment, then ends all connections. */
  close(): Promise<void>;
}

/** The limit of Go's providers. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;
/** Core kills us two seconds after Shutdown. */
const FINISH_MS = 1000;

/** @throws when no socket can be opened. */
export async function servePlugin(
  options: ServePluginOptions,
): Promise<ServeResult> {
  const decision =
    options.reattach === undefined
      ? decideHandshake(options.env)
      : { kind: "serve" as const };
  if (decision.kind === "refuse") {
    options.stderr.write(`${decision.hint}\n`);
    return { kind: "refused", exitCode: 1 };
  }
  const { clientCertificate } = decision;
  const server =
    clientCertificate === undefined
      ? undefined
      : createCertificate(options.now?.() ?? new Date());
  const early: Socket[] = [];
  let accept = (socket: Socket): unknown => early.push(socket);
  const listener = await listen({
    env: options.env,
    platform: options.platform ?? process.platform,
    temporaryDirectory: options.env.TMPDIR || "/tmp",
    onConnection: (socket) => accept(socket),
  });
  options.stdout.write(
    options.reattach === undefined
      ? `${handshakeLine(listener, server?.certDerBase64WithoutPadding)}\n`
      : `${reattachLine(options.reattach, listener)}\n`,
  );

  const tls =
    server && clientCertificate ? { server, clientCertificate } : undefined;
  let running: RunningServer | undefined;
  const start = (): RunningServer => {
    running ??= startServer(options, tls, () => void shutDown());
    accept = running.server.accept;
    for (const socket of early.splice(0)) accept(socket);
    return running;
  };
  const close = async (): Promise<void> => {
    listener.close();
    await running?.finish();
    for (const socket of early.splice(0)) socket.destroy();
  };
  const shutDown = async (): Promise<void> => {
    await close();
    options.onShutdown();
  };
  // Core reads the line while we load the rest.
  setImmediate(start);
  const { network, address } = listener;
  return {
    kind: "serving",
    plugin: { network, address, release: () => listener.close(), close },
  };
}

interface RunningServer {
  readonly server: GrpcServer;
  finish(): Promise<void>;
}

function startServer(
  options: ServePluginOptions,
  tls:
    | {
        readonly server: ReturnType<typeof createCertificate>;
        readonly clientCertificate: string;
      }
    | undefined,
  onShutdown: () => void,
): RunningServer {
  const { createGrpcServer } =
    require("./grpc-server") as typeof import("./grpc-server");
  const { createDispatcher } =
    require("./rpc-dispatcher") as typeof import("./rpc-dispatcher");
  const dispatcher = createDispatcher({
    handlers: options.handlers,
    onBug: options.onBug,
    onStop: options.onStop ?? (() => undefined),
    // Whoever debugs serves one walk after the other; core is not to end that.
    onShutdown: options.reattach === undefined ? onShutdown : () => undefined,
  });
  const server = createGrpcServer({
    dispatcher,
    tls,
    maxMessageBytes: MAX_MESSAGE_BYTES,
    onConnections: options.onConnections,
  });
  return {
    server,
    async finish() {
      await dispatcher.idle(FINISH_MS);
      await server.end();
    },
  };
}
