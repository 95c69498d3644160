import { type IncomingMessage, request as plainRequest } from "node:http";
import { Agent, request as tlsRequest } from "node:https";
import type { Duplex } from "node:stream";
import { Readable } from "node:stream";
import { connect as tlsConnect, type ConnectionOptions } from "node:tls";
import { type Environment, proxyFor } from "./proxy-address";

/** For the proxy to open the way. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * A fetch that goes through the proxy that the environment names, and is the
 * ordinary one where there is none. The proxy sees the host and nothing else:
 * TLS is spoken, and the certificate checked, with the platform itself. (The
 * fetch of Node 20 knows no proxies.)
 */
export function createProxiedFetch(environment: Environment): typeof fetch {
  const agents = new Map<string, Agent>();
  return async (input, init) => {
    // This folder calls it with an address, plain headers and a text only.
    const url = new URL(input as string);
    const proxy = proxyFor(url, environment);
    if (proxy === undefined) return fetch(input, init);
    const agent = agents.get(proxy.href) ?? new TunnelAgent(proxy);
    agents.set(proxy.href, agent);
    return exchange(url, agent, init);
  };
}

function exchange(
  url: URL,
  agent: Agent,
  init: RequestInit | undefined,
): Promise<Response> {
  const body = (init?.body ?? undefined) as string | undefined;
  return new Promise((resolve, reject) => {
    const request = tlsRequest(
      url,
      {
        agent,
        method: init?.method,
        headers: {
          ...(init?.headers as Record<string, string>),
          // Node frames the body of a DELETE only where its length is given.
          ...(body !== undefined && {
            "content-length": Buffer.byteLength(body),
          }),
        },
        signal: init?.signal ?? undefined,
      },
      (message) => {
        try {
          resolve(responseOf(message));
        } catch (error) {
          message.destroy();
          reject(error as Error);
        }
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

function responseOf(message: IncomingMessage): Response {
  const headers = new Headers();
  for (let index = 0; index < message.rawHeaders.length; index += 2)
    headers.append(message.rawHeaders[index]!, message.rawHeaders[index + 1]!);
  const status = message.statusCode ?? 0;
  const isEmpty = [204, 205, 304].includes(status);
  if (isEmpty) message.resume();
  const body = isEmpty ? null : (Readable.toWeb(message) as ReadableStream);
  return new Response(body, { status, headers });
}

/** Connections through a proxy, each kept for the next request. */
class TunnelAgent extends Agent {
  readonly #proxy: URL;

  constructor(proxy: URL) {
    super({ keepAlive: true });
    this.#proxy = proxy;
  }

  /** Called by Node where a request finds no connection that is free. */
  override createConnection(
    options: ConnectionOptions,
    callback: (error: Error | null, socket?: Duplex) => void,
  ): undefined {
    const { host = "", port = 443 } = options;
    openTunnel(
      this.#proxy,
      `${host.includes(":") ? `[${host}]` : host}:${port}`,
    )
      .then((socket) => {
        // Node's own agent would have set the name, but only where it opens the socket.
        const servername = options.servername ?? host;
        return tlsConnect({ ...options, socket, servername });
      })
      .then(
        (socket) => callback(null, socket),
        (error: Error) => callback(error),
      );
  }
}

/** What is thrown where the proxy does not open the way: nothing was sent to the platform then. */
class ProxyError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

function openTunnel(proxy: URL, target: string): Promise<Duplex> {
  const send =
    proxy.protocol === "https:"
      ? tlsRequest
      : proxy.protocol === "http:"
        ? plainRequest
        : undefined;
  if (send === undefined)
    return Promise.reject(new ProxyError("PROXY_NOT_SUPPORTED"));
  const { username, password } = proxy;
  const credential = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return new Promise((resolve, reject) => {
    const request = send({
      host: proxy.hostname.replace(/^\[|\]$/g, ""),
      port: proxy.port === "" ? undefined : proxy.port,
      method: "CONNECT",
      path: target,
      agent: false,
      timeout: CONNECT_TIMEOUT_MS,
      headers: {
        host: target,
        ...(username !== "" && {
          "proxy-authorization": `Basic ${Buffer.from(credential).toString("base64")}`,
        }),
      },
    });
    request.on("connect", (answer, socket) => {
      const status = answer.statusCode ?? 0;
      if (status >= 200 && status < 300) {
        socket.setTimeout(0);
        return resolve(socket);
      }
      socket.destroy();
      const code =
        status === 407 ? "PROXY_CREDENTIAL_REFUSED" : `PROXY_REFUSED_${status}`;
      reject(new ProxyError(code));
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => reject(new ProxyError("PROXY_NOT_REACHED")));
    request.end();
  });
}
