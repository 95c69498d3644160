/**
 * From a method path and the bytes of a request to the bytes of a reply, whatever carries them: the provider's RPCs, and
 * those of go-plugin that core needs. Nothing about HTTP/2 here.
 */
import { rpcCodecs, type RpcCodecs, type RpcName } from "./message-table";
import { decodeMessage, encodeMessage } from "./protobuf";
import type { ProviderService, UnaryRpc } from "./provider-service";

/** gRPC status codes that we answer with. */
export const GrpcStatus = {
  ok: 0,
  cancelled: 1,
  resourceExhausted: 8,
  unimplemented: 12,
  internal: 13,
} as const;

export type RpcReply =
  | { readonly status: 0; readonly body: Uint8Array }
  | {
      readonly status: number;
      readonly body?: undefined;
      readonly message: string;
    };

export interface DispatcherOptions {
  /** Called when the first RPC of the provider arrives. */
  readonly handlers: () => ProviderService;
  /** A handler has thrown, or a message could not be read or written. Nothing of the error goes over the wire. */
  readonly onBug: (error: unknown, rpc: string) => void;
  /** The user has interrupted; the signals of all running calls have been aborted. */
  readonly onStop: () => void;
  /** Core is done with this process. Called when the reply is about to leave. */
  readonly onShutdown: () => void;
}

export interface Dispatcher {
  has(path: string): boolean;
  /** Never rejects. The signal aborts when the caller has gone. */
  dispatch(
    path: string,
    request: Uint8Array,
    controller: AbortController,
  ): Promise<RpcReply>;
  /** Settles when no call is running, or after so many milliseconds. */
  idle(withinMs: number): Promise<void>;
}

/** Core shows it after "Plugin error". */
const BUG =
  "The provider has failed unexpectedly. This is a bug in the Patchbay provider; please report it.";

type Method = (
  request: Uint8Array,
  controller: AbortController,
) => Promise<RpcReply>;

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const running = new Set<AbortController>();
  const methods = new Map<string, Method>([
    ["/plugin.GRPCController/Shutdown", shutdownMethod(options)],
    [
      "/grpc.health.v1.Health/Check",
      () => Promise.resolve({ status: 0, body: SERVING }),
    ],
  ]);
  let onIdle: (() => void) | undefined;
  let service: ProviderService | undefined;
  const serviceOf = (): ProviderService => (service ??= options.handlers());
  for (const name of Object.keys(rpcCodecs) as RpcName[]) {
    if (name !== "StopProvider")
      methods.set(
        `/tfplugin6.Provider/${name}`,
        providerMethod(name, serviceOf),
      );
  }
  methods.set(
    "/tfplugin6.Provider/StopProvider",
    stopMethod(options, running, serviceOf),
  );

  return {
    async idle(withinMs) {
      if (running.size === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        onIdle = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
    has: (path) => methods.has(path),
    async dispatch(path, request, controller) {
      const method = methods.get(path);
      if (method === undefined) return unimplemented(path);
      running.add(controller);
      try {
        return await method(request, controller);
      } catch (error) {
        options.onBug(error, path.slice(path.lastIndexOf("/") + 1));
        return { status: GrpcStatus.internal, message: BUG };
      } finally {
        running.delete(controller);
        if (running.size === 0) onIdle?.();
      }
    },
  };
}

function providerMethod(
  name: RpcName,
  serviceOf: () => ProviderService,
): Method {
  const { request: requestCodec, response: responseCodec } = rpcCodecs[
    name
  ] as RpcCodecs<unknown, unknown>;
  const key =
    `${name[0]!.toLowerCase()}${name.slice(1)}` as keyof ProviderService;
  return async (bytes, { signal }) => {
    const service = serviceOf();
    const handler = service[key] as UnaryRpc<unknown, unknown> | undefined;
    if (handler === undefined) return unimplemented(name);
    const response = await handler.call(
      service,
      decodeMessage(requestCodec, bytes),
      signal,
    );
    return { status: 0, body: encodeMessage(responseCodec, response) };
  };
}

/** "Cancel what you can, then finish": calls that come later are served as usual. */
function stopMethod(
  { onStop }: DispatcherOptions,
  running: ReadonlySet<AbortController>,
  serviceOf: () => ProviderService,
): Method {
  const { request, response } = rpcCodecs.StopProvider;
  return async (bytes, controller) => {
    for (const other of running) if (other !== controller) other.abort();
    onStop();
    const reply = await serviceOf().stopProvider?.(
      decodeMessage(request, bytes),
      controller.signal,
    );
    return { status: 0, body: encodeMessage(response, reply ?? {}) };
  };
}

function shutdownMethod({ onShutdown }: DispatcherOptions): Method {
  return () => {
    setImmediate(onShutdown);
    return Promise.resolve({ status: 0, body: new Uint8Array(0) });
  };
}

function unimplemented(method: string): RpcReply {
  return {
    status: GrpcStatus.unimplemented,
    message: `This provider does not implement ${method}.`,
  };
}

/** HealthCheckResponse with status SERVING. */
const SERVING = Uint8Array.of(0x08, 0x01);
