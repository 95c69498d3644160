import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { createCertificate } from "../provider/wire/certificate";
import { type LoopbackServer, startLoopbackServer } from "../testing";
import { ApiError } from "./api-error";
import { createHttpClient, type HttpClientOptions } from "./http-client";
import {
  type StartedProxy,
  startConnectProxy,
  startSocksProxy,
} from "./proxy-fixture";

let platform: LoopbackServer;
let platformTls: { readonly cert: string; readonly key: string };
let proxy: StartedProxy | undefined;
let directory: string;
let certificate: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "patchbay-proxy-"));
  const { certPem, keyPem } = createCertificate(new Date());
  platformTls = { cert: certPem, key: keyPem };
  certificate = join(directory, "ca.pem");
  await writeFile(certificate, certPem);
  platform = await startLoopbackServer({
    tls: platformTls,
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

/** Runs the real client in a process of its own, as only Node's start reads NODE_EXTRA_CA_CERTS. It ends by itself. */
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
      // The connection is free for the next one a moment after the answer's last byte.
      await new Promise(setImmediate);
      const second = await client.request({ ...post, method: "DELETE" });
      console.log(JSON.stringify([first.status, first.body, second.status, second.body]));
    })().catch((error) => console.log(error.message));`;
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

describe.each([
  [
    "http",
    () => startConnectProxy({ platformPort: platform.port, answer: 200 }),
  ],
  [
    "https",
    () =>
      startConnectProxy({
        platformPort: platform.port,
        answer: 200,
        tls: platformTls,
      }),
  ],
  ["socks5", () => startSocksProxy({ platformPort: platform.port, reply: 0 })],
])("a proxy of %s", (_scheme, start) => {
  test("takes the requests, which keep their connection", async () => {
    proxy = await start();
    // No such name: only the proxy knows the way.
    const told = await inProcess("https://platform.example.invalid", {
      HTTPS_PROXY: proxy.url,
      NODE_TLS_REJECT_UNAUTHORIZED: "0",
    });
    expect(told).toBe('[200,{"host":"platform.example.invalid"},204,null]');
    expect(proxy.asked).toEqual([
      "platform.example.invalid:443 user:proxygeheim",
    ]);
  });

  test("is not trusted with the platform's certificate", async () => {
    proxy = await start();
    const told = await inProcess("https://platform.example.invalid:8443", {
      HTTPS_PROXY: proxy.url.replace("127.0.0.1", "localhost"),
      NODE_EXTRA_CA_CERTS: certificate,
    });
    expect(told).toContain("tls_failure");
    expect(told).toContain("is for another name");
    expect(proxy.asked).toHaveLength(1);
  });
});

test("a proxy's name for SOCKS5 may say that it resolves names", async () => {
  proxy = await startSocksProxy({ platformPort: platform.port, reply: 2 });
  await failure({ HTTPS_PROXY: proxy.url.replace("socks5:", "socks5h:") });
  expect(proxy.asked).toEqual([
    "platform.example.invalid:443 user:proxygeheim",
  ]);
});

test.each([
  [407, "PROXY_CREDENTIAL_REFUSED"],
  [403, "PROXY_REFUSED_403"],
  [undefined, "PROXY_NOT_REACHED"],
])("a proxy that answers %p is named as the obstacle", async (answer, code) => {
  proxy = await startConnectProxy({ platformPort: platform.port, answer });
  await expectProxyFault(proxy.url, code);
});

test.each([
  [{ login: 1, reply: 0 }, "UND_ERR_SOCKS5_AUTH_FAILED"],
  [{ reply: 2 }, "UND_ERR_SOCKS5_REPLY_2"],
])(
  "a SOCKS5 proxy that answers %j is named as the obstacle",
  async (answers, code) => {
    proxy = await startSocksProxy({ platformPort: platform.port, ...answers });
    await expectProxyFault(proxy.url, code);
  },
);

test("a platform that hangs up on the proxy has been sent nothing", async () => {
  const platform = createServer((socket) => socket.destroy());
  platform.listen(0, "127.0.0.1");
  await once(platform, "listening");
  const { port } = platform.address() as AddressInfo;
  proxy = await startConnectProxy({ platformPort: port, answer: 200 });
  await expectProxyFault(proxy.url, "ECONNRESET");
  platform.close();
});

test.each([
  ["http://127.0.0.1:1", "PROXY_NOT_REACHED"],
  ["socks5://127.0.0.1:1", "PROXY_NOT_REACHED"],
  ["socks4://127.0.0.1:1", "PROXY_NOT_SUPPORTED"],
  ["http://user:100%geheim@127.0.0.1:1", "PROXY_CREDENTIAL_NOT_ESCAPED"],
])("the proxy %s is no way", expectProxyFault);

async function expectProxyFault(address: string, code: string): Promise<void> {
  const error = await failure({ HTTPS_PROXY: address });
  expect(error.has("unreachable")).toBe(true);
  expect(error.message).toContain(code);
  expect(error.message).toContain("HTTPS_PROXY");
  expect(error.message).not.toContain("geheim");
}

/** Of a create: had anything been sent, its outcome would be unknown. */
async function failure(
  environment: HttpClientOptions["environment"],
): Promise<ApiError> {
  const client = createHttpClient({
    baseUrl: "https://platform.example.invalid",
    environment,
    maxAttempts: 1,
    connectTimeoutMs: 50,
  });
  const thrown: unknown = await client
    .request({ method: "POST", pathTemplate: "/things", body: {} })
    .catch((error: unknown) => error);
  if (thrown instanceof ApiError) return thrown;
  throw new Error("it was not refused", { cause: thrown });
}
