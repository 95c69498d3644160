import { createServer, type RequestListener, type Server } from "node:http";
import {
  createServer as createTlsServer,
  type ServerOptions,
} from "node:https";
import type { AddressInfo } from "node:net";

/** A real server on this machine, for one test. */
export interface LoopbackServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** Ends every connection, also those in use. */
  close(): Promise<void>;
}

export interface LoopbackServerOptions {
  readonly listener: RequestListener;
  /** Key and certificate; with them the server speaks https. @default http */
  readonly tls?: Pick<ServerOptions, "key" | "cert">;
}

/** Starts a server on a free port of 127.0.0.1. */
export async function startLoopbackServer({
  listener,
  tls,
}: LoopbackServerOptions): Promise<LoopbackServer> {
  const server: Server = tls
    ? createTlsServer(tls, listener)
    : createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
