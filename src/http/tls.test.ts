import { PatchbayError } from "../diagnostics";
import { createCertificate } from "../provider/wire/certificate";
import { type LoopbackServer, startLoopbackServer } from "../testing";
import { createHttpClient } from "./http-client";

let server: LoopbackServer;
let requests: number;
afterEach(() => server.close());

async function failureFrom(endpoint: string): Promise<PatchbayError> {
  const sleep = () => Promise.resolve();
  const client = createHttpClient({
    baseUrl: endpoint,
    time: { now: () => 0, sleep },
  });
  const thrown: unknown = await client
    .request({ method: "POST", pathTemplate: "/things", body: {} })
    .catch((error: unknown) => error);
  if (thrown instanceof PatchbayError) return thrown;
  throw new Error("it was not refused");
}

const listener = (_request: unknown, response: { end(text: string): void }) => {
  requests += 1;
  response.end("{}");
};

beforeEach(() => {
  requests = 0;
});

test("a certificate that nobody vouches for is refused, with the way to vouch for it", async () => {
  const { certPem, keyPem } = createCertificate(new Date());
  server = await startLoopbackServer({
    listener,
    tls: { cert: certPem, key: keyPem },
  });
  const error = await failureFrom(`https://localhost:${server.port}`);
  expect(error.has("tls_failure")).toBe(true);
  expect(error.message).toContain("NODE_EXTRA_CA_CERTS");
  expect(error.message).toContain(`localhost:${server.port}`);
  expect(requests).toBe(0);
});

test("a server that speaks plain http where TLS was expected is said to be one", async () => {
  server = await startLoopbackServer({ listener });
  const error = await failureFrom(`https://127.0.0.1:${server.port}`);
  expect(error.has("tls_failure")).toBe(true);
  expect(error.message).toContain("plain http");
  expect(requests).toBe(0);
});
