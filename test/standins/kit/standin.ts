import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { InjectedFault } from "../../../src/testing";
import { answerOfFault, type FaultMatch, matches } from "./fault";
import { MethodBuckets, type MethodLimits } from "./method-limits";
import type { Contract } from "./openapi-contract";
import {
  matchPath,
  type StandinAnswer,
  type StandinMethod,
  type StandinRequest,
  type StandinRoute,
} from "./route";

export interface StandinOptions {
  readonly routes: readonly StandinRoute[];
  /** Checks the credential: an answer refuses the request. @default all are let in */
  readonly authorize?: (request: StandinRequest) => StandinAnswer | undefined;
  /** The body of a refusal that no route makes (404, 405, 429, 500), in the platform's own format. @default a text */
  readonly refuse?: (status: number) => StandinAnswer;
  /** For stale reads. */
  readonly state?: StandinState;
  /** @default none */
  readonly limits?: MethodLimits;
  /** Headers of the 429 that a limit gives; the seconds until there is room. @default Retry-After, rounded up */
  readonly limitHeaders?: (seconds: number) => Readonly<Record<string, string>>;
  /** For every request, in milliseconds. @default 0 */
  readonly latency?: number;
  /** Every exchange is checked against it. @default none is checked */
  readonly contract?: Contract | undefined;
  /** Headers besides `authorization` and `cookie` that hold credentials: they are kept out of the log. */
  readonly credentialHeaders?: readonly string[];
}

/** The state of a stand-in, saved and put back for a moment. */
export interface StandinState {
  /** A copy that later changes do not touch. */
  save(): unknown;
  restore(saved: unknown): void;
}

/** What was asked and answered. */
export interface LoggedRequest {
  readonly method: StandinMethod;
  readonly path: string;
  readonly pathTemplate: string;
  readonly query: Readonly<Record<string, string>>;
  /** Without credentials. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Undefined while it is being answered, and where the connection was cut. */
  readonly status: number | undefined;
}

export interface Standin {
  /** `http://127.0.0.1:1234` */
  readonly url: string;
  /** Everything that was asked, in the order in which it came. */
  requests(match?: FaultMatch): readonly LoggedRequest[];
  clearRequests(): void;
  /** Lets the next requests that match fail. Faults that were asked for first come first. */
  failNext(options: {
    readonly match?: FaultMatch;
    readonly fault: InjectedFault;
    /** @default 1 */
    readonly times?: number;
  }): void;
  /** Runs something once, when the next request that matches is there: before it takes effect, or before its answer leaves. */
  onNext(options: {
    readonly match?: FaultMatch;
    readonly when: "before" | "after";
    readonly run: () => void | Promise<void>;
  }): void;
  /**
   * Answers the next request that matches with something else, before it takes
   * effect: what the platform says of what it was sent.
   */
  answerNext(options: {
    readonly match?: FaultMatch;
    readonly answer: (request: StandinRequest) => StandinAnswer;
  }): void;
  /** Forgets the faults, answers and hooks that have not come about. */
  clearFaults(): void;
  setLatency(milliseconds: number): void;
  setLimits(limits: MethodLimits): void;
  /** What is stored, as plain data: kept with fixtures, and put back from them. Undefined where the stand-in keeps nothing. */
  readonly state: StandinState | undefined;
  /** What did not fit the vendor's document so far, each once. */
  violations(): readonly string[];
  /** Ends everything. Rejects where something did not fit the vendor's document, so that the test fails. */
  close(): Promise<void>;
}

interface PlannedFault {
  readonly match: FaultMatch;
  readonly fault: InjectedFault;
  readonly saved: unknown;
  left: number;
}

type Hook = Parameters<Standin["onNext"]>[0];
type PlannedAnswer = Parameters<Standin["answerNext"]>[0];

/** Starts a server on a free port of this machine. */
export async function startStandin(options: StandinOptions): Promise<Standin> {
  const refuse = options.refuse ?? defaultRefusal;
  const hidden = new Set([
    "authorization",
    "cookie",
    ...(options.credentialHeaders ?? []).map((name) => name.toLowerCase()),
  ]);
  const log: { request: StandinRequest; status: number | undefined }[] = [];
  const violations = new Set<string>();
  let faults: PlannedFault[] = [];
  let hooks: Hook[] = [];
  let answers: PlannedAnswer[] = [];
  const closing = new AbortController();
  let latency = options.latency ?? 0;
  let buckets = bucketsOf(options.limits ?? {});

  const takeFault = (request: StandinRequest) => {
    const planned = faults.find(({ match }) => matches(match, request));
    if (planned === undefined) return undefined;
    planned.left -= 1;
    if (planned.left === 0) faults = faults.filter((item) => item !== planned);
    return planned;
  };

  const runHooks = async (when: Hook["when"], request: StandinRequest) => {
    const due = hooks.find(
      (hook) => hook.when === when && matches(hook.match ?? {}, request),
    );
    if (due === undefined) return;
    hooks = hooks.filter((hook) => hook !== due);
    await due.run();
  };

  const takeAnswer = (request: StandinRequest): StandinAnswer | undefined => {
    const planned = answers.find(({ match = {} }) => matches(match, request));
    answers = answers.filter((item) => item !== planned);
    return planned?.answer(request);
  };

  /** The answer as the platform gives it, checked; nothing of it was spoilt yet. */
  const realAnswer = (
    request: StandinRequest,
    route: StandinRoute | undefined,
  ): StandinAnswer => {
    const answer =
      options.authorize?.(request) ?? route?.handle(request) ?? refuse(404);
    if (route?.undocumented !== true) {
      const found = options.contract?.check(request, answer) ?? [];
      for (const violation of found) violations.add(violation);
    }
    return answer;
  };

  const staleAnswer = (
    saved: unknown,
    request: StandinRequest,
    route: StandinRoute | undefined,
  ): StandinAnswer => {
    const { state } = options;
    const current = state?.save();
    state?.restore(saved);
    try {
      return realAnswer(request, route);
    } finally {
      state?.restore(current);
    }
  };

  /** Undefined where the connection is to be cut. */
  const answerOf = async (
    request: StandinRequest,
    route: StandinRoute | undefined,
  ): Promise<StandinAnswer | undefined> => {
    const planned = takeFault(request);
    const fault = planned?.fault;
    await pause(
      closing.signal,
      latency + (fault?.kind === "latency" ? fault.milliseconds : 0),
    );
    const seconds = buckets.take(request.method);
    if (seconds !== undefined) {
      const headers = options.limitHeaders ?? defaultLimitHeaders;
      const answer = refuse(429);
      return { ...answer, headers: { ...answer.headers, ...headers(seconds) } };
    }
    await runHooks("before", request);
    const other = takeAnswer(request);
    if (other !== undefined) return other;
    if (fault?.kind === "cut" && fault.when === "before") return undefined;
    const spoilt = fault && answerOfFault(fault, refuse);
    const takesEffect =
      spoilt === undefined ||
      (fault?.kind === "status" && fault.when === "after");
    if (spoilt !== undefined && !takesEffect) return spoilt;
    const answer =
      fault?.kind === "stale_read"
        ? staleAnswer(planned?.saved, request, route)
        : realAnswer(request, route);
    await runHooks("after", request);
    if (fault?.kind === "cut") return undefined;
    return spoilt ?? answer;
  };

  const exchange = async (
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void> => {
    const { request, route } = await readRequest(incoming, options.routes);
    const entry: (typeof log)[number] = { request, status: undefined };
    log.push(entry);
    const answer = await answerOf(request, route);
    if (answer === undefined) {
      incoming.socket.destroy();
      return;
    }
    entry.status = answer.status;
    send(outgoing, answer);
  };

  const server = createServer((incoming, outgoing) => {
    exchange(incoming, outgoing).catch((error: unknown) => {
      violations.add(`The stand-in itself failed: ${String(error)}`);
      incoming.socket.destroy();
    });
  });
  // Clients keep connections; a stand-in must not close one in the very moment in which it is used again.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (typeof address !== "object" || address === null)
    throw new Error("The stand-in has no address.");

  return {
    url: `http://127.0.0.1:${address.port}`,
    state: options.state,
    requests: (match = {}) =>
      log
        .filter(({ request }) => matches(match, request))
        .map(({ request, status }) => loggedRequest(request, status, hidden)),
    clearRequests: () => {
      log.length = 0;
    },
    failNext: ({ match = {}, fault, times = 1 }) => {
      if (fault.kind === "stale_read" && options.state === undefined)
        throw new Error('A stale read needs the option "state".');
      const saved =
        fault.kind === "stale_read" ? options.state?.save() : undefined;
      faults.push({ match, fault, saved, left: times });
    },
    onNext: (hook) => {
      hooks.push(hook);
    },
    answerNext: (planned) => {
      answers.push(planned);
    },
    clearFaults: () => {
      faults = [];
      hooks = [];
      answers = [];
    },
    setLatency: (milliseconds) => {
      latency = milliseconds;
    },
    setLimits: (limits) => {
      buckets = bucketsOf(limits);
    },
    violations: () => [...violations],
    close: async () => {
      closing.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      if (violations.size === 0) return;
      throw new Error(
        `What was exchanged does not fit the vendor's document:\n${[...violations].join("\n")}`,
      );
    },
  };
}

function bucketsOf(limits: MethodLimits): MethodBuckets {
  return new MethodBuckets(limits, () => performance.now());
}

/** A pause that ends when the stand-in does. */
async function pause(signal: AbortSignal, milliseconds: number): Promise<void> {
  if (milliseconds <= 0) return;
  await wait(milliseconds, undefined, { signal }).catch(() => undefined);
}

function defaultRefusal(status: number): StandinAnswer {
  return {
    status,
    text: `refused with ${status}`,
    headers: { "content-type": "text/plain" },
  };
}

function defaultLimitHeaders(seconds: number): Record<string, string> {
  return { "retry-after": String(Math.ceil(seconds)) };
}

async function readRequest(
  incoming: IncomingMessage,
  routes: readonly StandinRoute[],
): Promise<{
  readonly request: StandinRequest;
  readonly route: StandinRoute | undefined;
}> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const target = incoming.url ?? "/";
  const [path = "/", search = ""] = target.split(/\?(.*)/s);
  const method = (incoming.method ?? "GET") as StandinMethod;
  const match = matchPath(
    routes.filter((route) => route.method === method),
    path,
  );
  const request: StandinRequest = {
    method,
    path,
    pathTemplate: match?.item.path ?? path,
    parameters: match?.parameters ?? {},
    query: new URLSearchParams(search),
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [
        name,
        String(value),
      ]),
    ),
    body: parsed(Buffer.concat(chunks).toString("utf8")),
  };
  return { request, route: match?.item };
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function send(outgoing: ServerResponse, answer: StandinAnswer): void {
  const { status, body, text, headers } = answer;
  const content = text ?? (body === undefined ? "" : JSON.stringify(body));
  outgoing.writeHead(status, {
    ...(body !== undefined && { "content-type": "application/json" }),
    ...headers,
  });
  outgoing.end(content);
}

function loggedRequest(
  request: StandinRequest,
  status: number | undefined,
  hidden: ReadonlySet<string>,
): LoggedRequest {
  const { method, path, pathTemplate, query, headers, body } = request;
  return {
    method,
    path,
    pathTemplate,
    query: Object.fromEntries(query),
    headers: Object.fromEntries(
      Object.entries(headers).filter(([name]) => !hidden.has(name)),
    ),
    body,
    status,
  };
}
