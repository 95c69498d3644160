import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listen, socketPaths, type ListenOptions } from "./listener";

const directory = mkdtempSync(join(tmpdir(), "wire-"));
afterAll(() => rmSync(directory, { recursive: true }));

const options = (given: Partial<ListenOptions>): ListenOptions => ({
  env: {},
  platform: "linux",
  temporaryDirectory: directory,
  onConnection: (socket) => socket.end("hello"),
  ...given,
});

test("a Unix socket that only this user may open, gone when it is closed", async () => {
  const listener = await listen(options({}));
  expect(listener.network).toBe("unix");
  expect(statSync(listener.address).mode & 0o777).toBe(0o600);
  const [greeting] = (await once(connect(listener.address), "data")) as [
    Buffer,
  ];
  expect(greeting.toString()).toBe("hello");
  listener.close();
  listener.close();
  expect(existsSync(listener.address)).toBe(false);
});

test("a directory that cannot be used is passed over", async () => {
  const listener = await listen(
    options({ env: { PLUGIN_UNIX_SOCKET_DIR: join(directory, "missing") } }),
  );
  expect(listener.address.startsWith(directory)).toBe(true);
  listener.close();
});

test("the host's directory comes first, and a path over 103 bytes is passed over", () => {
  const long = `/${"x".repeat(100)}`;
  expect(
    socketPaths(options({ env: { PLUGIN_UNIX_SOCKET_DIR: "/run/host" } }))[0],
  ).toMatch(/^\/run\/host\/plugin/);
  expect(socketPaths(options({ temporaryDirectory: long }))).toEqual([
    expect.stringMatching(/^\/tmp\/plugin/),
  ]);
  expect(socketPaths(options({ platform: "win32" }))).toEqual([]);
});

test("on Windows it is TCP on the first free port of the range", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const env = {
    PLUGIN_MIN_PORT: String(port),
    PLUGIN_MAX_PORT: String(port + 50),
  };
  const listener = await listen(options({ platform: "win32", env }));
  expect(listener.network).toBe("tcp");
  const chosen = Number(listener.address.replace("127.0.0.1:", ""));
  expect(chosen).toBeGreaterThan(port);
  expect(chosen).toBeLessThanOrEqual(port + 50);
  listener.close();
  taken.close();
});
