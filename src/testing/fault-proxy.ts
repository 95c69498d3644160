import {
  type IncomingMessage,
  request as send,
  type ServerResponse,
} from "node:http";
import { buffer } from "node:stream/consumers";
import { startLoopbackServer } from "./loopback-server";

/** Something that goes wrong between a client and its server. */
export type NetworkFault =
  /** An answer that the server never gave; the request does not reach it. */
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** The connection breaks before the request reaches the server. */
  | { readonly kind: "cut_before" }
  /** The server has done its work, and the connection breaks instead of its answer. */
  | { readonly kind: "cut_after" }
  /** The connection breaks in the middle of the answer. */
  | { readonly kind: "cut_within" }
  /** The server has done its work, and somebody in between answers with this status. */
  | { readonly kind: "replace"; readonly status: number };

/** A server in between, on this machine. */
export interface FaultProxy {
  /** To be given to the client in place of the server's. */
  readonly url: string;
  /** The next requests with this method meet the fault; faults of a method are used up in the order given. */
  failNext(method: string, fault: NetworkFault, times?: number): void;
  /** How many requests came, with this method or with any. */
  count(method?: string): number;
  close(): Promise<void>;
}

/** Starts a proxy in front of a plain http server on this machine. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const faults: { readonly method: string; readonly fault: NetworkFault }[] =
    [];
  const methods: string[] = [];
  const server = await startLoopbackServer({
    listener: (request, response) => {
      const { method = "" } = request;
      methods.push(method);
      const index = faults.findIndex((planned) => planned.method === method);
      const [planned] = index < 0 ? [] : faults.splice(index, 1);
      exchange({ target, request, response, fault: planned?.fault }).catch(() =>
        response.destroy(),
      );
    },
  });
  return {
    url: server.url,
    failNext: (method, fault, times = 1) => {
      for (let time = 0; time < times; time++) faults.push({ method, fault });
    },
    count: (method) =>
      methods.filter((one) => method === undefined || one === method).length,
    close: server.close,
  };
}

interface ExchangeOptions {
  readonly target: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly fault: NetworkFault | undefined;
}

async function exchange({
  target,
  request,
  response,
  fault,
}: ExchangeOptions): Promise<void> {
  const body = await buffer(request);
  if (fault?.kind === "cut_before") return void response.destroy();
  if (fault?.kind === "answer") {
    response.writeHead(fault.status, {
      "content-type": "text/html",
      ...fault.headers,
    });
    return void response.end(fault.body ?? "<html>from the proxy</html>");
  }
  const answer = await forward(target, request, body);
  if (fault?.kind === "cut_after") return void response.destroy();
  if (fault?.kind === "replace") {
    response.writeHead(fault.status, { "content-type": "text/html" });
    return void response.end("<html>from the proxy</html>");
  }
  response.writeHead(answer.status, answer.headers);
  if (fault?.kind === "cut_within") {
    response.write(answer.body.subarray(0, answer.body.length / 2), () =>
      response.destroy(),
    );
    return;
  }
  response.end(answer.body);
}

interface ForwardedAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

function forward(
  target: string,
  request: IncomingMessage,
  body: Buffer,
): Promise<ForwardedAnswer> {
  return new Promise((resolve, reject) => {
    const { host } = new URL(target);
    const forwarded = send(
      `${target}${request.url}`,
      {
        method: request.method,
        headers: { ...request.headers, host },
        agent: false,
      },
      (answer) => {
        buffer(answer).then(
          (bytes) =>
            resolve({
              status: answer.statusCode ?? 502,
              headers: answer.headers,
              body: bytes,
            }),
          reject,
        );
      },
    );
    forwarded.on("error", reject);
    forwarded.end(body);
  });
}
