import {
  type IncomingMessage,
  request as send,
  type ServerResponse,
} from "node:http";
import { buffer } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import type {
  FaultInjection,
  InjectedFault,
} from "./conformance/injected-fault";
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
  | { readonly kind: "replace"; readonly status: number }
  /** The request reaches the server later. */
  | { readonly kind: "delay"; readonly milliseconds: number };

/** A server in between, on this machine. */
export interface FaultProxy {
  /** To be given to the client in place of the server's. */
  readonly url: string;
  /** The next requests with this method meet the fault; faults of a method are used up in the order given. */
  failNext(method: string, fault: NetworkFault, times?: number): void;
  /** The same in the words of the conformance suite. A read is a GET; stale reads are not the business of a proxy. */
  inject(injection: FaultInjection): void;
  /** Forgets the faults that have not come about. */
  clearFaults(): void;
  /** How many requests came, with this method or with any. */
  count(method?: string): number;
  close(): Promise<void>;
}

/** Starts a proxy in front of a plain http server on this machine. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const faults: PlannedFault[] = [];
  const closing = new AbortController();
  const methods: string[] = [];
  const server = await startLoopbackServer({
    listener: (request, response) => {
      const { method = "" } = request;
      methods.push(method);
      const index = faults.findIndex(({ applies }) => applies(method));
      const [planned] = index < 0 ? [] : faults.splice(index, 1);
      const fault = planned?.fault;
      const { signal } = closing;
      exchange({ target, request, response, fault, signal }).catch(() =>
        response.destroy(),
      );
    },
  });
  const add = (planned: PlannedFault, times: number) => {
    for (let time = 0; time < times; time++) faults.push(planned);
  };
  return {
    url: server.url,
    failNext: (method, fault, times = 1) =>
      add({ applies: (one) => one === method, fault }, times),
    inject: ({ on, fault, times }) => {
      const applies = (method: string) =>
        (method === "GET") === (on === "read");
      add({ applies, fault: networkFaultOf(fault) }, times);
    },
    clearFaults: () => {
      faults.length = 0;
    },
    count: (method) =>
      methods.filter((one) => method === undefined || one === method).length,
    close: async () => {
      closing.abort();
      await server.close();
    },
  };
}

interface PlannedFault {
  readonly applies: (method: string) => boolean;
  readonly fault: NetworkFault;
}

function networkFaultOf(fault: InjectedFault): NetworkFault {
  switch (fault.kind) {
    case "latency":
      return { kind: "delay", milliseconds: fault.milliseconds };
    case "rate_limited": {
      const { retryAfter, rateLimitReset } = fault;
      return {
        kind: "answer",
        status: 429,
        headers: {
          ...(retryAfter !== undefined && {
            "retry-after": String(retryAfter),
          }),
          ...(rateLimitReset !== undefined && {
            "x-ratelimit-remaining": "0",
            "x-ratelimit-reset": String(rateLimitReset),
          }),
        },
      };
    }
    case "status":
      return {
        kind: fault.when === "before" ? "answer" : "replace",
        status: fault.status,
      };
    case "cut":
      return { kind: fault.when === "before" ? "cut_before" : "cut_after" };
    case "html":
      return { kind: "answer", status: fault.status ?? 200 };
    case "oversized":
      return {
        kind: "answer",
        status: 200,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ padding: "x".repeat(50 * 1024 * 1024) }),
      };
    case "stale_read":
      throw new Error("A proxy cannot give a stale read.");
  }
}

interface ExchangeOptions {
  readonly target: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly fault: NetworkFault | undefined;
  /** Ends a delay. */
  readonly signal: AbortSignal;
}

async function exchange({
  target,
  request,
  response,
  fault,
  signal,
}: ExchangeOptions): Promise<void> {
  const body = await buffer(request);
  if (fault?.kind === "delay")
    await wait(fault.milliseconds, undefined, { signal });
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
