import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { ApiError } from "./api-error";
import { createHttpClient, type HttpClientOptions } from "./http-client";
import type { HttpRequest } from "./http-request";

const create: HttpRequest = {
  method: "POST",
  pathTemplate: "/things",
  body: {},
};
const read: HttpRequest = { method: "GET", pathTemplate: "/things" };

interface Scene {
  /** @default https, which needs an answer to come about */
  readonly scheme?: "http" | "https";
  readonly request?: HttpRequest;
  readonly options?: Partial<HttpClientOptions>;
}

/** What comes of a request to a server that treats its connections so, and how many there were. */
async function failureAt(
  treat: (socket: Socket) => void,
  { scheme = "https", request = create, options }: Scene = {},
) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on("error", () => undefined));
    treat(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const client = createHttpClient({
    baseUrl: `${scheme}://127.0.0.1:${port}`,
    maxAttempts: 2,
    random: () => 0,
    ...options,
  });
  const error: unknown = await client
    .request(request)
    .catch((thrown: unknown) => thrown);
  server.close();
  for (const socket of sockets) socket.destroy();
  if (!(error instanceof ApiError)) throw new Error("it was not refused");
  return { error, connections: sockets.length };
}

describe("a connection that does not come about", () => {
  test("is given up after its time, and tried again even for a create", async () => {
    const { error, connections } = await failureAt(() => undefined, {
      options: { connectTimeoutMs: 200 },
    });
    expect(error.has("unreachable")).toBe(true);
    expect(error.message).toContain(
      "no connection came about within 0.2 s (2 attempts)",
    );
    expect(connections).toBe(2);
  });

  test("is no create of unknown outcome where the attempt's time is shorter", async () => {
    const { error, connections } = await failureAt(() => undefined, {
      options: { attemptTimeoutMs: 100 },
    });
    expect(error.has("unreachable")).toBe(true);
    expect(error.message).toContain("within 0.1 s (2 attempts)");
    expect(connections).toBe(2);
  });

  test("is one that is reset before TLS is agreed on, too", async () => {
    const { error, connections } = await failureAt((socket) =>
      socket.resetAndDestroy(),
    );
    expect(error.has("unreachable")).toBe(true);
    expect(error.message).toContain("no connection came about, ECONNRESET");
    expect(connections).toBe(2);
  });

  test("ends a cancelled read at once", async () => {
    const controller = new AbortController();
    const { error } = await failureAt(() => controller.abort(), {
      request: { ...read, signal: controller.signal },
    });
    expect(error.has("cancelled")).toBe(true);
  });
});

describe("a connection that is reset after the request", () => {
  const reset = (socket: Socket) =>
    void socket.on("data", () => socket.resetAndDestroy());

  test("leaves the outcome of a create open", async () => {
    const { error, connections } = await failureAt(reset, { scheme: "http" });
    expect(error.has("outcome_unknown")).toBe(true);
    expect(error.message).toContain("ECONNRESET");
    expect(connections).toBe(1);
  });

  test("is tried again for a read", async () => {
    const { error, connections } = await failureAt(reset, {
      scheme: "http",
      request: read,
    });
    expect(error.has("unreachable")).toBe(true);
    expect(connections).toBe(2);
  });
});
