/**
 * Where core connects to: a Unix socket that only this user may open, or TCP on 127.0.0.1 where there are none (Windows)
 * or where every place for one has too long a path.
 */
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import type { ListenAddress, PluginEnvironment } from "./handshake";

export interface ListenOptions {
  readonly env: PluginEnvironment;
  readonly platform: NodeJS.Platform;
  /** Where temporary files go. */
  readonly temporaryDirectory: string;
  readonly onConnection: (socket: Socket) => void;
}

export interface Listener extends ListenAddress {
  /** Takes no more connections and removes the socket file. May be called at any time, any number of times. */
  close(): void;
}

/** The shortest limit among the systems (macOS: 104 with the final zero byte). */
const MAX_SOCKET_PATH = 103;

/** Tries one place after the other: a directory may be missing or not ours to write to. */
export async function listen(options: ListenOptions): Promise<Listener> {
  const server = createServer({ noDelay: true }, options.onConnection);
  for (const path of socketPaths(options)) {
    try {
      await listening(server, () => server.listen(path));
      return listenerOnSocket(server, path, options.env);
    } catch {
      continue;
    }
  }
  return listenOnTcp(server, options.env);
}

/** Where a socket could be, best first. Empty when it has to be TCP. */
export function socketPaths({
  env,
  platform,
  temporaryDirectory,
}: Pick<
  ListenOptions,
  "env" | "platform" | "temporaryDirectory"
>): readonly string[] {
  if (platform === "win32") return [];
  const name = `plugin${randomBytes(6).toString("hex")}`;
  return [env.PLUGIN_UNIX_SOCKET_DIR, temporaryDirectory, "/tmp"]
    .filter(
      (directory): directory is string =>
        directory !== undefined && directory !== "",
    )
    .map((directory) => join(directory, name))
    .filter((path) => Buffer.byteLength(path) <= MAX_SOCKET_PATH);
}

function listenerOnSocket(
  server: Server,
  path: string,
  env: PluginEnvironment,
): Listener {
  const group = Number(env.PLUGIN_UNIX_SOCKET_GROUP || NaN);
  if (Number.isInteger(group)) {
    chownSync(path, -1, group);
    chmodSync(path, 0o660);
  } else chmodSync(path, 0o600);
  return {
    network: "unix",
    address: path,
    close: () => {
      server.close();
      rmSync(path, { force: true });
    },
  };
}

async function listenOnTcp(
  server: Server,
  env: PluginEnvironment,
): Promise<Listener> {
  const first = portFrom(env.PLUGIN_MIN_PORT);
  const last = Math.max(first, portFrom(env.PLUGIN_MAX_PORT));
  const port = await firstFreePort(server, first, last);
  return {
    network: "tcp",
    address: `127.0.0.1:${port}`,
    close: () => server.close(),
  };
}

/** Port 0, without a range, lets the system choose. */
async function firstFreePort(
  server: Server,
  first: number,
  last: number,
): Promise<number> {
  for (let port = first; ; port++) {
    try {
      await listening(server, () => server.listen(port, "127.0.0.1"));
      const address = server.address();
      return typeof address === "object" && address !== null
        ? address.port
        : port;
    } catch (error) {
      if (
        (error as NodeJS.ErrnoException).code !== "EADDRINUSE" ||
        port >= last
      )
        throw error;
    }
  }
}

function portFrom(text: string | undefined): number {
  const port = Number(text ?? "");
  return Number.isInteger(port) && port > 0 && port < 65536 ? port : 0;
}

function listening(server: Server, start: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => {
      server.off("listening", onListening);
      reject(error);
    };
    const onListening = (): void => {
      server.off("error", onError);
      resolve();
    };
    server.once("error", onError);
    server.once("listening", onListening);
    start();
  });
}
