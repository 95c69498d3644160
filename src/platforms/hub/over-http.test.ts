import { type PatchbayError, Secret } from "../../diagnostics";
import type { Connection, Platform } from "../../model";
import { createCertificate } from "../../provider/wire/certificate";
import { type FaultProxy, startFaultProxy } from "../../testing";
import { connect, type ServedHub, serveHub } from "../../../test/standins/hub";
import { createHubAdapter } from "./adapter";
import type { HubClientOptions } from "./client";

describe("trouble on the way to the hub", () => {
  const owner = { kind: "organization", name: "acme" } as const;
  const key = { owner, name: "warehouse" };
  const connection: Connection = {
    ...key,
    type: "postgresql",
    config: { host: "db.example.com", login: "loader" },
    secrets: new Secret({ password: "passwordgeheim" }),
  };

  let served: ServedHub;
  let proxy: FaultProxy;
  let platform: Platform;
  let waits: number[];

  beforeEach(async () => {
    served = await serveHub();
    proxy = await startFaultProxy(served.url);
    waits = [];
    platform = connect({
      endpoint: proxy.url,
      token: served.token,
      http: quick(),
    });
  });
  afterEach(async () => {
    await proxy.close();
    await served.close();
  });

  /** Waits for nothing, and writes down how long it would have waited. */
  function quick(): HubClientOptions["http"] {
    let now = 0;
    const sleep = async (milliseconds: number) => {
      waits.push(milliseconds);
      now += milliseconds;
      await Promise.resolve();
    };
    return { time: { now: () => now, sleep }, random: () => 1, maxAttempts: 3 };
  }

  async function failureOf(promise: Promise<unknown>): Promise<PatchbayError> {
    const error = await promise.then(
      () => undefined,
      (thrown: PatchbayError) => thrown,
    );
    if (error === undefined) throw new Error("it was not refused");
    expect(JSON.stringify(error.diagnostics)).not.toContain("geheim");
    expect(JSON.stringify(error.diagnostics)).not.toContain(
      served.token.reveal(),
    );
    return error;
  }
  const codesOf = (error: PatchbayError) =>
    error.diagnostics.map(({ code }) => code);
  const stored = () => served.hub.api.connections.list({ account: owner });

  test.each([
    ["breaks before the request arrives", { kind: "cut_before" }],
    ["breaks after the hub did its work", { kind: "cut_after" }],
    ["breaks in the middle of the answer", { kind: "cut_within" }],
    [
      "fails with 502 after the hub did its work",
      { kind: "replace", status: 502 },
    ],
    ["fails with 503 before", { kind: "answer", status: 503 }],
    ["asks to wait with 429", { kind: "answer", status: 429 }],
  ] as const)(
    "a create whose connection %s happens exactly once",
    async (_title, fault) => {
      proxy.failNext("POST", fault, 2);
      const created = await platform.connections.create(connection);
      expect((await stored()).items).toMatchObject([
        { platformId: created.platformId },
      ]);
      expect(proxy.count("POST")).toBe(3);
      expect(waits).toEqual([250, 500]);
    },
  );

  test("a create that never gets its answer is not known to have happened, and happened once", async () => {
    proxy.failNext("POST", { kind: "cut_after" }, 3);
    expect(
      codesOf(await failureOf(platform.connections.create(connection))),
    ).toEqual(["outcome_unknown"]);
    expect((await stored()).items).toHaveLength(1);
    // What apply/ does next: it looks.
    expect(await platform.connections.tryFind(key)).toMatchObject({
      name: "warehouse",
    });
    expect(
      codesOf(await failureOf(platform.connections.create(connection))),
    ).toEqual(["already_exists"]);
  });

  test("links and attachments are created once, too", async () => {
    await platform.inventoryManagement?.createWorkspace({
      owner,
      name: "analytics",
    });
    await platform.inventoryManagement?.createDeployment({
      owner,
      name: "prod",
      workspace: "analytics",
    });
    await platform.connections.create(connection);
    proxy.failNext("POST", { kind: "cut_after" });
    await platform.attachments?.create({
      connection: key,
      workspace: "analytics",
    });
    proxy.failNext("POST", { kind: "cut_after" });
    await platform.links?.create({
      connection: key,
      deployment: "prod",
      overrides: { schema: "PROD" },
    });
    expect(await platform.links?.list(owner)).toHaveLength(1);
  });

  test("an update with a token that was applied unseen says that it may have happened", async () => {
    const { concurrencyToken } = await platform.connections.create(connection);
    proxy.failNext("PUT", { kind: "cut_after" });
    const update = platform.connections.update(
      key,
      { ...connection, description: "new" },
      { concurrencyToken },
    );
    expect(codesOf(await failureOf(update))).toEqual(["outcome_unknown"]);
    expect(await platform.connections.tryFind(key)).toMatchObject({
      description: "new",
    });
  });

  test("a deletion that was carried out unseen is done", async () => {
    await platform.connections.create(connection);
    proxy.failNext("DELETE", { kind: "cut_after" });
    await platform.connections.delete(key);
    expect((await stored()).items).toEqual([]);
  });

  test.each([
    ["500", { kind: "answer", status: 500 }, "platform_failure"],
    ["429", { kind: "answer", status: 429 }, "rate_limited"],
    [
      "HTML in place of JSON",
      { kind: "answer", status: 200 },
      "invalid_answer",
    ],
    [
      "JSON of somebody else",
      { kind: "answer", status: 200, body: '{"hello":"geheim"}' },
      "invalid_answer",
    ],
    [
      "a 404 that is not the hub's",
      { kind: "answer", status: 404 },
      "invalid_answer",
    ],
    [
      "a 404 with JSON that is not the hub's",
      { kind: "answer", status: 404, body: '{"code":"not_found"}' },
      "invalid_answer",
    ],
    [
      "a redirect",
      {
        kind: "answer",
        status: 302,
        headers: { location: "https://login.example.com/geheim" },
      },
      "invalid_answer",
    ],
    ["a cut connection", { kind: "cut_within" }, "unreachable"],
  ] as const)(
    "%s while reading is a failure, and never taken for gone",
    async (_title, fault, code) => {
      await platform.connections.create(connection);
      proxy.failNext("GET", fault, 3);
      expect(
        codesOf(await failureOf(platform.connections.tryFind(key))),
      ).toEqual([code]);
      expect((await stored()).items).toHaveLength(1);
    },
  );

  test("the wait that a proxy asks for is obeyed", async () => {
    proxy.failNext("GET", {
      kind: "answer",
      status: 429,
      headers: { "retry-after": "9" },
    });
    expect(await platform.connections.list!(owner)).toEqual([]);
    expect(waits).toEqual([9000]);
  });

  test("a wrong token is named with the host and both ways to set it", async () => {
    const wrong = connect({
      endpoint: proxy.url,
      token: new Secret("patchbay_geheim"),
      http: quick(),
    });
    const error = await failureOf(wrong.connections.list!(owner));
    expect(codesOf(error)).toEqual(["unauthorized"]);
    expect(error.message).toContain(new URL(proxy.url).host);
    expect(error.message).toContain("PATCHBAY_TOKEN");
    expect(error.message).toContain('"token"');
  });

  test("a token that may only read is refused when it writes", async () => {
    const { token } = await served.hub.api.tokens.create({
      scope: { kind: "read_only" },
    });
    const reader = connect({ endpoint: proxy.url, token, http: quick() });
    expect(await reader.connections.list!(owner)).toEqual([]);
    expect(
      codesOf(await failureOf(reader.connections.create(connection))),
    ).toEqual(["forbidden"]);
  });

  test("a server that is not there is named, and nothing is said to have happened", async () => {
    const { url } = proxy;
    await proxy.close();
    const error = await failureOf(platform.connections.create(connection));
    expect(codesOf(error)).toEqual(["unreachable"]);
    expect(error.diagnostics.map(({ detail }) => detail)).toEqual([
      `The hub at ${url} does not answer (connection refused, 3 attempts). Start it with "patchbay hub serve", or correct hub.endpoint.`,
    ]);
  });

  test("a certificate that nobody vouches for ends with the way to vouch for it", async () => {
    const { certPem, keyPem } = createCertificate(new Date());
    const secure = await serveHub({ cert: certPem, key: keyPem });
    try {
      const endpoint = secure.url.replace("127.0.0.1", "localhost");
      const error = await failureOf(
        connect({
          endpoint,
          token: secure.token,
          http: quick(),
        }).connections.create(connection),
      );
      expect(codesOf(error)).toEqual(["tls_failure"]);
      expect(error.message).toContain("NODE_EXTRA_CA_CERTS");
    } finally {
      await secure.close();
    }
  });

  test.each([
    ["an unknown type", { ...connection, type: "postgres" }],
    [
      "several faults of fields",
      { ...connection, config: { host: "a b", prot: 1 } },
    ],
    [
      "a secret in config",
      { ...connection, config: { ...connection.config, password: "x" } },
    ],
    [
      "a missing workspace",
      { ...connection, owner: { kind: "workspace", name: "nowhere" } as const },
    ],
    ["an invalid name", { ...connection, name: "a " }],
  ])(
    "%s is refused in the same words as in this process",
    async (_title, faulty) => {
      const direct = createHubAdapter({
        api: served.hub.api,
        organization: "acme",
        close: async () => {},
      });
      const overHttp = await failureOf(platform.connections.create(faulty));
      expect(overHttp.diagnostics).toEqual(
        (await failureOf(direct.connections.create(faulty))).diagnostics,
      );
    },
  );
});
