import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { PATCHBAY_VERSION } from "../src/model";
import { createCertificate } from "../src/provider/wire/certificate";
import { type Figure, ratio } from "./figure";
import { byTurns } from "./median";

const executable = join(
  __dirname,
  `../provider/terraform-provider-patchbay_v${PATCHBAY_VERSION}`,
);

/** A client's, as core makes one. */
const client = createCertificate(new Date());

/** From exec to the handshake line, and to the first answer, against node doing nothing. */
export async function measureStart(): Promise<readonly Figure[]> {
  const floor = () => spawnSync("node", ["-e", "0"]);
  return [
    ratio({
      name: "start of the provider",
      limit: 2.2,
      ...(await byTurns(31, {
        measured: () => started(() => Promise.resolve()),
        floor,
      })),
      floorName: "node -e 0",
    }),
    ratio({
      name: "start to the schema's answer",
      limit: 1.8,
      ...(await byTurns(31, { measured: () => started(schema), floor })),
      floorName: "node -e 0",
    }),
  ];
}

/** Starts the provider, and ends it when the work that its handshake line is given to is done. */
async function started(work: (line: string) => Promise<void>): Promise<void> {
  const provider: ChildProcess = spawn(executable, {
    env: {
      ...process.env,
      TF_PLUGIN_MAGIC_COOKIE:
        "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
      PLUGIN_PROTOCOL_VERSIONS: "5,6",
      PLUGIN_CLIENT_CERT: client.certPem,
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    const [line] = (await once(provider.stdout!, "data")) as [Buffer];
    await work(line.toString("utf8"));
  } finally {
    provider.kill("SIGKILL");
  }
}

/** Asks for the schema as core does, and waits for the whole answer. */
async function schema(line: string): Promise<void> {
  const session = connectHttp2("https://localhost", {
    createConnection: () =>
      connectTls({
        path: line.split("|")[3]!,
        cert: client.certPem,
        key: client.keyPem,
        ALPNProtocols: ["h2"],
        // Whose certificate it is has been told in the line.
        rejectUnauthorized: false,
      }),
  });
  const call = session.request({
    ":method": "POST",
    ":path": "/tfplugin6.Provider/GetProviderSchema",
    "content-type": "application/grpc",
    te: "trailers",
  });
  let bytes = 0;
  call.on("data", (chunk: Buffer) => (bytes += chunk.length));
  // An empty message: no compression, no bytes.
  call.end(Buffer.alloc(5));
  try {
    await once(call, "end");
    if (bytes < 1000) throw new Error("the provider did not give its schema");
  } finally {
    session.destroy();
  }
}
