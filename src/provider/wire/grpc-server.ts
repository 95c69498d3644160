/**
 * Turns accepted sockets into gRPC connections: through mutual TLS when core has given its certificate, as they are
 * when it asked for none. Loaded after the handshake line is out, because TLS takes time to load.
 */
import type { Socket } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import type { ServerCertificate } from "./certificate";
import { GrpcConnection } from "./grpc-connection";
import type { Dispatcher } from "./rpc-dispatcher";

export interface GrpcServerOptions {
  readonly dispatcher: Dispatcher;
  readonly maxMessageBytes: number;
  /** Only a client that holds the key of `clientCertificate` gets through. Absent: plaintext. */
  readonly tls?: {
    readonly server: ServerCertificate;
    readonly clientCertificate: string;
  };
  /** How many connections are open, whenever that changes. */
  readonly onConnections?: (open: number) => void;
}

export interface GrpcServer {
  accept(socket: Socket): void;
  /** Ends all connections once what has been said has left. Settles when it has. */
  end(): Promise<void>;
}

export function createGrpcServer(options: GrpcServerOptions): GrpcServer {
  const sockets = new Map<Socket, GrpcConnection>();
  let ended = false;
  const open = (socket: Socket): void => {
    if (ended) {
      socket.destroy();
      return;
    }
    sockets.set(socket, new GrpcConnection({ ...options, socket }));
    options.onConnections?.(sockets.size);
    socket.once("close", () => {
      sockets.delete(socket);
      options.onConnections?.(sockets.size);
    });
  };
  return {
    accept: acceptor(options, open),
    async end() {
      ended = true;
      await Promise.all(
        [...sockets.values()].map((connection) => connection.end()),
      );
      for (const socket of sockets.keys()) socket.destroy();
    },
  };
}

function acceptor(
  { tls }: GrpcServerOptions,
  open: (socket: Socket) => void,
): (socket: Socket) => void {
  if (tls === undefined) return open;
  const server = createServer({
    cert: tls.server.certPem,
    key: tls.server.keyPem,
    ca: [tls.clientCertificate],
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
    ALPNProtocols: ["h2"], // newer grpc-go insists on it
  });
  server.on("secureConnection", (socket: TLSSocket) => open(socket));
  // A client that we do not know is turned away by TLS itself; there is nobody to tell.
  server.on("tlsClientError", () => undefined);
  return (socket) => {
    socket.on("error", () => socket.destroy());
    server.emit("connection", socket);
  };
}
