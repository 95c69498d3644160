/**
 * server/: the hub over HTTP. Routes decode, call the service and encode; who
 * may do what is decided in access.ts. The only folder that imports fastify. No
 * rule of the hub is kept here, and no body is ever logged.
 */
import { isIP } from "node:net";
import { PatchbayError } from "../../diagnostics";
import type { Log } from "../../model";
import { errorCodeOf } from "../error-code";
import type { HubService } from "../hub-service";

export interface StartHubServerOptions {
  readonly api: HubService;
  /** @default 127.0.0.1 */
  readonly host?: string | undefined;
  /** 0 takes a free one. */
  readonly port: number;
  readonly log: Log;
  /** Certificate chain and key in PEM. @default none: plain HTTP */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** Serve plain HTTP to other machines, because something in front of it does TLS. @default false */
  readonly insecureHttp?: boolean | undefined;
}

export interface RunningHubServer {
  /** `http://127.0.0.1:4000`, without a slash at the end. */
  readonly url: string;
  /** Answers what was asked, then stops. The hub stays open. */
  close(): Promise<void>;
}

const LOOPBACK = "127.0.0.1";

/**
 * Serves a hub over HTTP. Rejects with `insecure_endpoint` for plain HTTP that
 * other machines could reach, and with `invalid_usage` where the address cannot
 * be listened on.
 */
export async function startHubServer(
  options: StartHubServerOptions,
): Promise<RunningHubServer> {
  const { host = LOOPBACK, port, tls } = options;
  if (tls === undefined && options.insecureHttp !== true) requireLoopback(host);
  // Not an import above: the HTTP server is loaded only when a hub is served.
  const { createHubServer } =
    require("./hub-server") as typeof import("./hub-server");
  const server = createHubServer({ api: options.api, log: options.log, tls });
  try {
    await server.listen({ host, port });
  } catch (thrown) {
    await server.close();
    throw listenFailure(thrown, `${host}:${port}`) ?? thrown;
  }
  const address = server.server.address();
  const actualPort =
    typeof address === "object" && address !== null ? address.port : port;
  const shownHost = isIP(host) === 6 ? `[${host}]` : host;
  return {
    url: `${tls ? "https" : "http"}://${shownHost}:${actualPort}`,
    close: () => server.close(),
  };
}

function requireLoopback(host: string): void {
  if (
    host === "localhost" ||
    host === "::1" ||
    /^127(\.\d{1,3}){3}$/.test(host)
  )
    return;
  throw new PatchbayError({
    code: "insecure_endpoint",
    detail: `Serving on ${host} without TLS would send tokens and secrets in clear over the network. Serve on ${LOOPBACK}, give a certificate, or allow it explicitly (insecure HTTP) where a proxy in front does TLS.`,
  });
}

function listenFailure(
  thrown: unknown,
  address: string,
): PatchbayError | undefined {
  const code = errorCodeOf(thrown);
  const reason =
    code === "EADDRINUSE"
      ? "something else listens there already"
      : code === "EACCES"
        ? "permission denied"
        : code === "EADDRNOTAVAIL" || code === "ENOTFOUND"
          ? "this machine does not have that address"
          : undefined;
  return reason === undefined
    ? undefined
    : new PatchbayError({
        code: "invalid_usage",
        detail: `The hub cannot be served at ${address}: ${reason}. Choose another host or port.`,
      });
}
