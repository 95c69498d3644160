import { spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { createCertificate } from "../provider/wire/certificate";
import { type LoopbackServer, startLoopbackServer } from "../testing";
import { ApiError } from "./api-error";
import { createHttpClient } from "./http-client";

const CREDENTIAL = "user:proxygeheim";

/** A proxy that opens every way to one platform on this machine, whatever its name. */
async function startProxy(answer: number, platform: LoopbackServer) {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer();
  server.on("connect", (request, socket) => {
    const credential = request.headers["proxy-authorization"] ?? "";
    asked.push(`${request.url} ${credential}`);
    socket.on("error", () => undefined);
    if (answer !== 200)
      return void socket.end(
        `HTTP/1.1 ${answer} No\r\ncontent-length: 0\r\n\r\n`,
      );
    const onward = connect(platform.port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      socket.pipe(onward).pipe(socket);
    });
    onward.on("error", () => socket.destroy());
    sockets.add(onward);
  });
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${CREDENTIAL}@127.0.0.1:${port}`,
    asked,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

let platform: LoopbackServer;
let proxy: Awaited<ReturnType<typeof startProxy>> | undefined;
let directory: string;
let certificate: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "patchbay-proxy-"));
  const { certPem, keyPem } = createCertificate(new Date());
  certificate = join(directory, "ca.pem");
  await writeFile(certificate, certPem);
  platform = await startLoopbackServer({
    tls: { cert: certPem, key: keyPem },
    listener: (request, response) => {
      request.resume().on("end", () => {
        if (request.method === "DELETE") return response.writeHead(204).end();
        response.writeHead(200, { "content-type": "application/json" });
        return response.end(JSON.stringify({ host: request.headers.host }));
      });
    },
  });
});
afterAll(async () => {
  await platform.close();
  await rm(directory, { recursive: true });
});

afterEach(async () => {
  await proxy?.close();
  proxy = undefined;
});

/** Runs the real client in a process of its own, as only Node's start reads NODE_EXTRA_CA_CERTS. */
async function inProcess(
  endpoint: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const bundle = join(directory, "http.cjs");
  buildSync({
    entryPoints: [join(__dirname, "index.ts")],
    bundle: true,
    platform: "node",
    format: "cjs",
    outfile: bundle,
  });
  const script = `
    const { createHttpClient } = require(${JSON.stringify(bundle)});
    const client = createHttpClient({ baseUrl: ${JSON.stringify(endpoint)}, environment: process.env, maxAttempts: 1 });
    (async () => {
      const post = { method: "POST", pathTemplate: "/things", body: {} };
      const first = await client.request(post);
      const second = await client.request({ ...post, method: "DELETE" });
      console.log(JSON.stringify([first.status, first.body, second.status, second.body]));
      process.exit(0);
    })().catch((error) => { console.log(error.message); process.exit(0); });`;
  const child = spawn(process.execPath, ["-e", script], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  await new Promise((resolve) => child.on("close", resolve));
  return output.trim();
}

test("an authority of one's own is trusted through NODE_EXTRA_CA_CERTS", async () => {
  const endpoint = `https://localhost:${platform.port}`;
  const answer = `[200,{"host":"localhost:${platform.port}"},204,null]`;
  expect(await inProcess(endpoint, { NODE_EXTRA_CA_CERTS: certificate })).toBe(
    answer,
  );
  expect(await inProcess(endpoint, {})).toContain("NODE_EXTRA_CA_CERTS");
});

test("requests go through the proxy, which keep their connection", async () => {
  proxy = await startProxy(200, platform);
  // No such name: only the proxy knows the way.
  const told = await inProcess("https://platform.example.invalid", {
    HTTPS_PROXY: proxy.url,
    NODE_TLS_REJECT_UNAUTHORIZED: "0",
  });
  expect(told).toBe('[200,{"host":"platform.example.invalid"},204,null]');
  const credential = Buffer.from(CREDENTIAL).toString("base64");
  expect(proxy.asked).toEqual([
    `platform.example.invalid:443 Basic ${credential}`,
  ]);
});

test("a proxy is not trusted with the platform's certificate", async () => {
  proxy = await startProxy(200, platform);
  const told = await inProcess("https://platform.example.invalid:8443", {
    HTTPS_PROXY: proxy.url,
    NODE_EXTRA_CA_CERTS: certificate,
  });
  expect(told).toContain("tls_failure");
  expect(told).toContain("is for another name");
  expect(proxy.asked).toHaveLength(1);
});

test.each([
  [407, "PROXY_CREDENTIAL_REFUSED"],
  [403, "PROXY_REFUSED_403"],
])("a proxy that answers %d is named as the obstacle", async (status, code) => {
  proxy = await startProxy(status, platform);
  const error = await failure({ HTTPS_PROXY: proxy.url });
  expect(error.has("unreachable")).toBe(true);
  expect(error.message).toContain(code);
  expect(error.message).toContain("HTTPS_PROXY");
  expect(error.message).not.toContain("geheim");
});

test.each([
  ["http://127.0.0.1:1", "PROXY_NOT_REACHED"],
  ["socks5://127.0.0.1:1", "PROXY_NOT_SUPPORTED"],
])("the proxy %s is no way", async (address, code) => {
  const error = await failure({ HTTPS_PROXY: address });
  expect(error.has("unreachable")).toBe(true);
  expect(error.message).toContain(code);
});

async function failure(
  environment: Readonly<Record<string, string>>,
): Promise<ApiError> {
  const client = createHttpClient({
    baseUrl: "https://platform.example.invalid",
    environment,
    maxAttempts: 1,
  });
  const thrown: unknown = await client
    .request({ method: "POST", pathTemplate: "/things", body: {} })
    .catch((error: unknown) => error);
  if (thrown instanceof ApiError) return thrown;
  throw new Error("it was not refused", { cause: thrown });
}
