import { Agent, type Dispatcher, fetch } from "undici";
import type { Fetch } from "./fetch";
import { NotSentError } from "./not-sent-error";
import { type Environment, proxyFor } from "./proxy-address";
import { createProxyDispatcher } from "./proxy-dispatcher";

export interface NetworkFetchOptions {
  /** `https://hub.example.com`; all requests go there. */
  readonly origin: string;
  /** For HTTPS_PROXY and NO_PROXY. */
  readonly environment: Environment;
  /** For each step towards a connection: to the platform, or to the proxy and through it. */
  readonly connectTimeoutMs: number;
}

/**
 * A fetch over the network, through the proxy that the environment names. It
 * rejects with a `NotSentError` what failed before anything was sent.
 */
export function createNetworkFetch(options: NetworkFetchOptions): Fetch {
  const { origin, environment, connectTimeoutMs } = options;
  const proxy = proxyFor(new URL(origin), environment);
  const dispatcher = dispatcherFor(proxy, connectTimeoutMs);
  return async (url, init) => {
    let sent = false;
    const noticing = dispatcher.compose((dispatch) => (request, handler) => {
      const onSending = () => (sent = true);
      return dispatch(request, withNotice(handler, onSending));
    });
    try {
      return await fetch(url, { ...init, dispatcher: noticing });
    } catch (thrown) {
      if (sent) throw thrown;
      const throughProxy = proxy !== undefined;
      throw new NotSentError(thrown, { throughProxy, connectTimeoutMs });
    }
  };
}

/** Clients share their connections, as they would with Node's own fetch. */
const dispatchers = new Map<string, Dispatcher>();

function dispatcherFor(
  proxy: URL | undefined,
  connectTimeoutMs: number,
): Dispatcher {
  const key = `${connectTimeoutMs} ${proxy?.href}`;
  const dispatcher =
    dispatchers.get(key) ??
    (proxy === undefined
      ? new Agent({ connect: { timeout: connectTimeoutMs } })
      : createProxyDispatcher(proxy, connectTimeoutMs));
  dispatchers.set(key, dispatcher);
  return dispatcher;
}

/** The handler of a request, with a notice right before the request is written to its connection. */
function withNotice(
  handler: Dispatcher.DispatchHandler,
  onSending: () => void,
): Dispatcher.DispatchHandler {
  return {
    onRequestStart: (...start) => {
      onSending();
      handler.onRequestStart?.(...start);
    },
    onResponseStart: (...answer) => handler.onResponseStart?.(...answer),
    onResponseData: (...data) => handler.onResponseData?.(...data),
    onResponseEnd: (...end) => handler.onResponseEnd?.(...end),
    onResponseError: (...error) => handler.onResponseError?.(...error),
  };
}
