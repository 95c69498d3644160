import { existsSync } from "node:fs";
import { createConnection, type Socket } from "node:net";
import { once } from "node:events";
import * as grpc from "@grpc/grpc-js";
import { createCertificate, type ServerCertificate } from "./certificate";
import { MAGIC_COOKIE_KEY, MAGIC_COOKIE_VALUE } from "./handshake";
import { rpcCodecs, type RpcCodecs, type RpcName } from "./message-table";
import {
  servePlugin,
  type ServePluginOptions,
  type ServedPlugin,
} from "./plugin-server";
import { decodeMessage, encodeMessage } from "./protobuf";
import type { ProviderService } from "./provider-service";

jest.setTimeout(10_000);

const clientCertificate = createCertificate(new Date());
const cookie = {
  [MAGIC_COOKIE_KEY]: MAGIC_COOKIE_VALUE,
  PLUGIN_PROTOCOL_VERSIONS: "5,6",
};
const withTls = { ...cookie, PLUGIN_CLIENT_CERT: clientCertificate.certPem };

interface Served {
  readonly plugin: ServedPlugin;
  readonly stdout: string[];
  readonly bugs: [unknown, string][];
  readonly stops: number;
  /** How often the end of the process was asked for. */
  readonly shutdowns: number;
  readonly connect: (credentials?: grpc.ChannelCredentials) => TestClient;
}

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

async function serve(
  service: Partial<ProviderService>,
  given: Partial<ServePluginOptions> = {},
): Promise<Served> {
  const state = {
    stdout: [] as string[],
    bugs: [] as [unknown, string][],
    stops: 0,
    shutdowns: 0,
  };
  const result = await servePlugin({
    env: withTls,
    stdout: { write: (text) => state.stdout.push(text) },
    stderr: { write: () => undefined },
    handlers: () => service as ProviderService,
    onBug: (error, rpc) => state.bugs.push([error, rpc]),
    onStop: () => state.stops++,
    onShutdown: () => state.shutdowns++,
    ...given,
  });
  if (result.kind !== "serving") throw new Error("refused");
  opened.push(result.plugin);
  const connect = (
    credentials = credentialsFor(state.stdout[0]!),
  ): TestClient => {
    const client = new TestClient(`unix:${result.plugin.address}`, credentials);
    opened.push(client);
    return client;
  };
  return Object.assign(state, { plugin: result.plugin, connect });
}

/** As core does: the certificate in the line is the only root. */
function credentialsFor(
  line: string,
  own: ServerCertificate | null = clientCertificate,
): grpc.ChannelCredentials {
  const certificate = line.trim().split("|")[5];
  if (!certificate) return grpc.credentials.createInsecure();
  const padded = Buffer.from(certificate, "base64").toString("base64");
  const pem = Buffer.from(
    `-----BEGIN CERTIFICATE-----\n${padded}\n-----END CERTIFICATE-----\n`,
  );
  return own === null
    ? grpc.credentials.createSsl(pem)
    : grpc.credentials.createSsl(
        pem,
        Buffer.from(own.keyPem),
        Buffer.from(own.certPem),
      );
}

class TestClient {
  private readonly client: grpc.Client;

  constructor(target: string, credentials: grpc.ChannelCredentials) {
    this.client = new grpc.Client(target, credentials, {
      "grpc.ssl_target_name_override": "localhost",
      "grpc.default_authority": "localhost",
      "grpc.max_receive_message_length": -1,
      "grpc.use_local_subchannel_pool": 1,
    });
  }

  call<N extends RpcName>(
    name: N,
    request: object,
    onStarted?: (call: grpc.ClientUnaryCall) => void,
  ): Promise<ReturnType<(typeof rpcCodecs)[N]["response"]["read"]>> {
    const codecs = rpcCodecs[name] as unknown as RpcCodecs<object, never>;
    return this.raw(
      `/tfplugin6.Provider/${name}`,
      encodeMessage(codecs.request, request),
      onStarted,
    ).then((bytes) => decodeMessage(codecs.response, bytes));
  }

  raw(
    path: string,
    request: Uint8Array,
    onStarted?: (call: grpc.ClientUnaryCall) => void,
  ): Promise<Buffer> {
    const identity = (bytes: Buffer): Buffer => bytes;
    return new Promise((resolve, reject) => {
      const call = this.client.makeUnaryRequest(
        path,
        identity,
        identity,
        Buffer.from(request),
        (error, reply) => (error ? reject(error) : resolve(reply!)),
      );
      onStarted?.(call);
    });
  }

  stream(path: string): grpc.ClientDuplexStream<Buffer, Buffer> {
    const identity = (bytes: Buffer): Buffer => bytes;
    return this.client.makeBidiStreamRequest(path, identity, identity);
  }

  close(): void {
    this.client.close();
  }
}

const empty = new Uint8Array(0);

test("a call goes through mutual TLS and back", async () => {
  const { connect, stdout } = await serve({
    validateResourceConfig: async (request) => ({
      diagnostics: [
        {
          severity: "warning",
          summary: request.typeName,
          detail: [...request.config!.msgpack!].join(),
        },
      ],
    }),
  });
  expect(stdout).toHaveLength(1);
  expect(stdout[0]).toMatch(/^1\|6\|unix\|\/.+\|grpc\|[A-Za-z0-9+/]{50,}\n$/);
  const response = await connect().call("ValidateResourceConfig", {
    typeName: "lab_thing",
    config: { msgpack: Uint8Array.of(0xc0) },
  });
  expect(response.diagnostics).toMatchObject([
    { severity: "warning", summary: "lab_thing", detail: "192" },
  ]);
});

test.each<[string, () => ServerCertificate | null]>([
  ["without a certificate", () => null],
  ["with another certificate than core's", () => createCertificate(new Date())],
])("a client %s is turned away", async (_, certificate) => {
  const { connect, stdout } = await serve({
    getProviderSchema: async () => ({}),
  });
  const client = connect(credentialsFor(stdout[0]!, certificate()));
  await expect(client.call("GetProviderSchema", {})).rejects.toMatchObject({
    code: grpc.status.UNAVAILABLE,
  });
});

test("a client that does without TLS is turned away, too", async () => {
  const { connect } = await serve({ getProviderSchema: async () => ({}) });
  const client = connect(grpc.credentials.createInsecure());
  await expect(client.call("GetProviderSchema", {})).rejects.toMatchObject({
    code: grpc.status.UNAVAILABLE,
  });
});

test("when core does without TLS, so do we", async () => {
  const { connect, stdout } = await serve(
    { getMetadata: async () => ({ resources: [{ typeName: "a" }] }) },
    { env: cookie },
  );
  expect(stdout[0]).toMatch(/\|grpc\|\n$/);
  const { resources } = await connect().call("GetMetadata", {});
  expect(resources).toEqual([{ typeName: "a" }]);
});

test("messages of many megabytes pass both ways", async () => {
  const { connect } = await serve({
    readResource: async (request) => ({
      newState: request.currentState,
      private: request.private,
    }),
  });
  const msgpack = Buffer.alloc(9_000_000, "abcdefg");
  const client = connect();
  const [first, second] = await Promise.all([
    client.call("ReadResource", {
      typeName: "t",
      currentState: { msgpack },
      private: msgpack,
    }),
    client.call("ReadResource", {
      typeName: "t",
      currentState: { msgpack: Buffer.of(1) },
      private: empty,
    }),
  ]);
  expect(Buffer.compare(first.newState!.msgpack!, msgpack)).toBe(0);
  expect(Buffer.compare(first.private!, msgpack)).toBe(0);
  expect([...second.newState!.msgpack!]).toEqual([1]);
});

test("a thousand calls at once are each answered with their own", async () => {
  const { connect } = await serve({
    readResource: async ({ typeName }) => {
      if (typeName.endsWith("7"))
        await new Promise((resolve) => setTimeout(resolve, 5));
      return { private: Buffer.from(typeName) };
    },
  });
  const client = connect();
  const names = Array.from(
    { length: 1000 },
    (_, i) => `type-${i}-${"x".repeat(i % 50)}`,
  );
  const replies = await Promise.all(
    names.map((typeName) => client.call("ReadResource", { typeName })),
  );
  expect(
    replies.map((reply) => Buffer.from(reply.private!).toString()),
  ).toEqual(names);
});

test("a handler that throws ends in one fixed sentence; the error stays here", async () => {
  const { connect, bugs } = await serve({
    readResource: () => Promise.reject(new Error("password hunter2")),
    planResourceChange: () => {
      throw new Error("thrown at once");
    },
  });
  const client = connect();
  const failure = await client
    .call("ReadResource", {})
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: grpc.status.INTERNAL,
    details: expect.stringContaining("This is a bug"),
  });
  expect(String((failure as grpc.ServiceError).details)).not.toContain(
    "hunter2",
  );
  await expect(client.call("PlanResourceChange", {})).rejects.toMatchObject({
    code: grpc.status.INTERNAL,
  });
  expect(bugs).toEqual([
    [new Error("password hunter2"), "ReadResource"],
    [new Error("thrown at once"), "PlanResourceChange"],
  ]);
});

test("a request that is no such message is a bug, not a crash", async () => {
  const { connect, bugs } = await serve({ readResource: async () => ({}) });
  const client = connect();
  await expect(
    client.raw("/tfplugin6.Provider/ReadResource", Uint8Array.of(0x0a, 9)),
  ).rejects.toMatchObject({
    code: grpc.status.INTERNAL,
  });
  expect(bugs).toHaveLength(1);
  await expect(client.call("ReadResource", {})).resolves.toBeDefined();
});

test.each([
  "/tfplugin6.Provider/OpenEphemeralResource",
  "/tfplugin6.Provider/ListResource",
  "/no.Such/Method",
])("%s is unimplemented", async (path) => {
  const { connect } = await serve({});
  await expect(connect().raw(path, empty)).rejects.toMatchObject({
    code: grpc.status.UNIMPLEMENTED,
  });
});

test("the streams that go-plugin opens and leaves open are unimplemented at once", async () => {
  const { connect } = await serve({});
  const stream = connect().stream("/plugin.GRPCBroker/StartStream");
  const [error] = (await once(stream, "error")) as [grpc.ServiceError];
  expect(error.code).toBe(grpc.status.UNIMPLEMENTED);
});

test("health is SERVING", async () => {
  const { connect } = await serve({});
  expect([
    ...(await connect().raw("/grpc.health.v1.Health/Check", empty)),
  ]).toEqual([0x08, 1]);
});

test("StopProvider aborts the calls that are running, and later ones run as usual", async () => {
  let started: (() => void) | undefined;
  const running = new Promise<void>((resolve) => (started = resolve));
  const served = await serve({
    applyResourceChange: async (_, signal) => {
      started?.();
      await once(signal, "abort");
      return { private: Buffer.from("cancelled") };
    },
    readResource: async (_, signal) => ({
      private: Buffer.from(String(signal.aborted)),
    }),
  });
  const client = served.connect();
  const apply = client.call("ApplyResourceChange", {});
  await running;
  expect(await client.call("StopProvider", {})).toEqual({ error: "" });
  expect(Buffer.from((await apply).private!).toString()).toBe("cancelled");
  expect(served.stops).toBe(1);
  expect(
    Buffer.from((await client.call("ReadResource", {})).private!).toString(),
  ).toBe("false");
});

test.each(["cancels", "goes away"])(
  "when the caller %s, the signal aborts",
  async (how) => {
    let aborted: (() => void) | undefined;
    const seen = new Promise<void>((resolve) => (aborted = resolve));
    let started: (() => void) | undefined;
    const running = new Promise<void>((resolve) => (started = resolve));
    const { connect } = await serve({
      readResource: async (_, signal) => {
        started?.();
        await once(signal, "abort");
        aborted?.();
        return {};
      },
    });
    const client = connect();
    let cancel: (() => void) | undefined;
    const reply = client
      .call("ReadResource", {}, (call) => (cancel = () => call.cancel()))
      .catch(() => undefined);
    await running;
    if (how === "cancels") cancel?.();
    else client.close();
    if (how === "goes away") cancel?.();
    await Promise.all([seen, reply]);
  },
);

test("Shutdown is answered, then the socket is removed and the end asked for", async () => {
  const served = await serve({ readResource: async () => ({}) });
  const client = served.connect();
  await client.call("ReadResource", {});
  expect([
    ...(await client.raw("/plugin.GRPCController/Shutdown", empty)),
  ]).toEqual([]);
  await until(() => served.shutdowns === 1);
  expect(existsSync(served.plugin.address)).toBe(false);
});

test("Shutdown lets a running call finish", async () => {
  let finish: (() => void) | undefined;
  const served = await serve({
    applyResourceChange: async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      return { private: Buffer.from("done") };
    },
  });
  const client = served.connect();
  const apply = client.call("ApplyResourceChange", {});
  await until(() => finish !== undefined);
  await client.raw("/plugin.GRPCController/Shutdown", empty);
  setTimeout(() => finish?.(), 20);
  expect(Buffer.from((await apply).private!).toString()).toBe("done");
  await until(() => served.shutdowns === 1);
});

test("the provider is loaded by its first call, not before", async () => {
  let loads = 0;
  const handlers = (): ProviderService => {
    loads++;
    return {
      readResource: async () => ({}),
    } as Partial<ProviderService> as ProviderService;
  };
  const { connect } = await serve({}, { handlers });
  const client = connect();
  await client.raw("/grpc.health.v1.Health/Check", empty);
  expect(loads).toBe(0);
  await client.call("ReadResource", {});
  await client.call("ReadResource", {});
  expect(loads).toBe(1);
});

test("a client that does not speak HTTP/2 is hung up on", async () => {
  const { plugin } = await serve({}, { env: cookie });
  const socket: Socket = createConnection(plugin.address);
  socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  socket.resume();
  await once(socket, "close");
});

test("without the cookie it refuses, with a hint on stderr and nothing on stdout", async () => {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const result = await servePlugin({
    env: {},
    stdout: { write: (text) => stdout.push(text) },
    stderr: { write: (text) => stderr.push(text) },
    handlers: () => ({}) as ProviderService,
    onBug: () => undefined,
    onShutdown: () => undefined,
  });
  expect(result).toEqual({ kind: "refused", exitCode: 1 });
  expect(stdout).toEqual([]);
  expect(stderr).toEqual([
    expect.stringMatching(/^This is a Terraform provider.*\n$/),
  ]);
});

test("for debugging it serves in plaintext, walk after walk, and says where", async () => {
  const served = await serve(
    { readResource: async () => ({}) },
    {
      env: {},
      reattach: {
        providerAddress: "registry.terraform.io/patchbay/patchbay",
        pid: 42,
      },
    },
  );
  const [, json] = /^TF_REATTACH_PROVIDERS='(.+)'\n$/.exec(served.stdout[0]!)!;
  expect(JSON.parse(json!)).toEqual({
    "registry.terraform.io/patchbay/patchbay": {
      Protocol: "grpc",
      ProtocolVersion: 6,
      Pid: 42,
      Test: true,
      Addr: { Network: "unix", String: served.plugin.address },
    },
  });
  const client = served.connect(grpc.credentials.createInsecure());
  for (const _ of ["a walk", "another walk"]) {
    await client.call("ReadResource", {});
    await client.raw("/plugin.GRPCController/Shutdown", empty);
  }
  expect(served.shutdowns).toBe(0);
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}
