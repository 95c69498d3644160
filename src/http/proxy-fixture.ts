/** Proxies that open every way to one platform on this machine, whatever its name. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server as TcpServer,
  type Socket,
} from "node:net";
import type { Duplex } from "node:stream";
import type { LoopbackServerOptions } from "../testing";

const CREDENTIAL = "user:proxygeheim";

export interface StartedProxy {
  /** With a credential. */
  readonly url: string;
  /** Each way that was asked for, and with which credential: `host:443 user:password`. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export interface ConnectProxyOptions {
  readonly platformPort: number;
  /** The status of every answer; undefined for none at all. */
  readonly answer: number | undefined;
  readonly tls?: LoopbackServerOptions["tls"];
}

/** By CONNECT. */
export async function startConnectProxy({
  platformPort,
  answer,
  tls,
}: ConnectProxyOptions): Promise<StartedProxy> {
  const asked: string[] = [];
  const server: Server = tls ? createTlsServer(tls) : createServer();
  server.on("connect", (request, socket) => {
    const [, token = ""] = (request.headers["proxy-authorization"] ?? "").split(
      "Basic ",
    );
    asked.push(`${request.url} ${Buffer.from(token, "base64").toString()}`);
    socket.on("error", () => undefined);
    if (answer === undefined) return;
    if (answer !== 200)
      return void socket.end(
        `HTTP/1.1 ${answer} No\r\ncontent-length: 0\r\n\r\n`,
      );
    void leadOn(socket, platformPort, () =>
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n"),
    );
  });
  return started(server, tls ? "https" : "http", asked);
}

export interface SocksProxyOptions {
  readonly platformPort: number;
  /** The status of the answer to the credential; 0 accepts it. @default 0 */
  readonly login?: number;
  /** The code of the answer to every request; 0 opens the way. */
  readonly reply: number;
}

/** SOCKS5, with a user name and a password. Every message comes in one piece on this machine. */
export async function startSocksProxy({
  platformPort,
  login = 0,
  reply,
}: SocksProxyOptions): Promise<StartedProxy> {
  const asked: string[] = [];
  const next = async (socket: Socket) =>
    ((await once(socket, "data")) as [Buffer])[0];
  const serve = async (socket: Socket) => {
    await next(socket);
    socket.write(Buffer.from([5, 2]));
    const credential = await next(socket);
    const name = credential.subarray(2, 2 + credential[1]!);
    const password = credential.subarray(3 + name.length);
    socket.write(Buffer.from([1, login]));
    if (login !== 0) return;
    const request = await next(socket);
    const host = request.subarray(5, 5 + request[4]!);
    const port = request.readUInt16BE(5 + host.length);
    asked.push(
      `${host.toString()}:${port} ${name.toString()}:${password.toString()}`,
    );
    const answer = Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]);
    if (reply !== 0) return void socket.end(answer);
    await leadOn(socket, platformPort, () => socket.write(answer));
  };
  const server = createTcpServer((socket) => {
    socket.on("error", () => undefined);
    // Whoever hangs up in between ends it.
    serve(socket).catch(() => socket.destroy());
  });
  return started(server, "socks5", asked);
}

async function leadOn(
  socket: Duplex,
  port: number,
  answer: () => void,
): Promise<void> {
  const onward = connect(port, "127.0.0.1");
  onward.on("error", () => socket.destroy());
  socket.on("close", () => onward.destroy());
  await once(onward, "connect");
  answer();
  socket.pipe(onward).pipe(socket);
}

async function started(
  server: TcpServer,
  scheme: string,
  asked: readonly string[],
): Promise<StartedProxy> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://${CREDENTIAL}@127.0.0.1:${port}`,
    asked,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
