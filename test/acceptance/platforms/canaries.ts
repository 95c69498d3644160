import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { JsonObject, JsonValue } from "../../../src/model";

/** Begins every value that nobody may get to see. */
const MARKER = "CANARY";
/** Stands beside the canaries and may be seen: where it is found, a canary would be. */
export const PLAIN = "PLAIN-SAILING";

/** What people call their secrets, in the spellings of many makers. */
export const soundingNames: readonly string[] = [
  "password",
  "aws_secret_access_key",
  "sessionToken",
  "jwt__token",
  "private_key_passphrase",
  "sas_token",
  "app_key",
  "account_key",
  "sasl.jaas.config",
  "ssl.keystore.password",
  "X-Api-Key",
  "Authorization",
  "Cookie",
  "keyfile_dict",
  "key_json",
  "connection_string",
  "dsn",
  "webhook_url",
  "routing_key",
  "kube_config",
  "client_secret",
  "refresh_token",
  "access_token",
  "proxy_auth",
  "apiKey",
  "privateKey",
  "signing_key",
  "SASL_PASSWORD",
  "passphrase",
  "credentials",
];
/** Those under which a whole object is a secret. */
const objects = new Set(["keyfile_dict", "kube_config", "credentials"]);

export function canary(where: string): string {
  return `${MARKER}-${where.replaceAll(/[^A-Za-z0-9]+/g, "-")}`;
}

/** A canary under each name. */
export function canaries(where: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    soundingNames.map((name) => [name, canary(`${where}-${name}`)]),
  );
}

/** A canary under each name at three depths, some that only their values give away, and what may be seen beside them. */
export function fields(where: string): JsonObject {
  const at = (depth: string): JsonObject =>
    Object.fromEntries(
      Object.entries(canaries(`${where}-${depth}`)).map(
        ([name, value]): [string, JsonValue] => [
          name,
          objects.has(name) ? { client_email: value, deep: [value] } : value,
        ],
      ),
    );
  const value = canary(`${where}-value`);
  return {
    ...at("top"),
    outer: { inner: { ...at("nested"), label: PLAIN } },
    servers: [{ label: "first" }, { options: at("list") }],
    label: PLAIN,
    labels: [{ label: PLAIN }],
    broker: `amqps://loader:${value}@mq.example.com/vh`,
    note: `Server=db;User Id=sa;Password=${value}`,
    text: JSON.stringify({ outer: { client_secret: value } }),
    pem: `-----BEGIN PRIVATE KEY-----\n${value}\n-----END PRIVATE KEY-----`,
    value: `Bearer ${value}`,
  };
}

/** The canaries in a text: as they are, in base64 at whichever place of it, in hexadecimal. */
export function canariesIn(bytes: Buffer | string): readonly string[] {
  const text = typeof bytes === "string" ? bytes : bytes.toString("latin1");
  const found = [
    ...text.matchAll(/CANARY[\w-]*/g),
    ...text.matchAll(encodedMarker),
  ];
  return [...new Set(found.map(([match]) => match))];
}

const encodedMarker = new RegExp(
  [
    ...[0, 1, 2].map((offset) => {
      const encoded = Buffer.from(`${"x".repeat(offset)}${MARKER}`)
        .toString("base64")
        .replaceAll("=", "");
      // The first and the last character hold bits of what stands around.
      return `[\\w+/-]*${encoded.slice(offset === 0 ? 0 : offset + 1, -1).replaceAll("+", "\\+")}[\\w+/-]*`;
    }),
    Buffer.from(MARKER).toString("hex"),
  ].join("|"),
  "g",
);

export interface EchoingProxy {
  readonly url: string;
  /** From now on, writes are refused in words that repeat them. */
  refuse(isWrite: (method: string, body: string) => boolean): void;
  /** What was refused. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

/** Stands before a platform. Refuses, when asked to, with all that was sent, in the fields in which vendors have their words. */
export async function startEchoingProxy(target: string): Promise<EchoingProxy> {
  let isRefused: (method: string, body: string) => boolean = () => false;
  const refused: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString("utf8");
    if (isRefused(request.method!, body)) {
      refused.push(body);
      const words = `cannot accept this: ${body}`;
      response.writeHead(400, { "content-type": "application/json" }).end(
        JSON.stringify({
          message: words,
          title: words,
          detail: words,
          requestId: "r",
          errors: [{ status: "400", title: words, detail: words }],
        }),
      );
      return;
    }
    const {
      host,
      connection,
      "content-length": length,
      ...headers
    } = request.headers as Record<string, string>;
    void [host, connection, length];
    const real = await fetch(new URL(request.url!, target), {
      method: request.method!,
      headers,
      ...(body !== "" && { body }),
    });
    response
      .writeHead(real.status, {
        "content-type": real.headers.get("content-type") ?? "application/json",
      })
      .end(Buffer.from(await real.arrayBuffer()));
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("The proxy has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    refuse: (isWrite) => {
      isRefused = isWrite;
    },
    refused,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
