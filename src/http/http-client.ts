import { setMaxListeners } from "node:events";
import type { Secret } from "../diagnostics";
import { ApiError, type ApiErrorFacts } from "./api-error";
import { attempt } from "./attempt";
import { type Endpoint, parseEndpoint } from "./endpoint";
import { failureDiagnostics } from "./failure-diagnostics";
import type { Fetch } from "./fetch";
import {
  type HttpHeaders,
  type HttpRequest,
  type HttpResponse,
  isRead,
  type RefusalReader,
} from "./http-request";
import type { Environment } from "./proxy-address";
import { RateGate, type RateLimits } from "./rate-gate";
import { requestIdOf, secretsIn, sentHeaders } from "./request-headers";
import { requestUrl } from "./request-url";
import { requestedDelay, retryDelay } from "./retry-timing";
import { Slots } from "./slots";
import { systemTime, type Time } from "./time";
import { judge, settlesEarlierAttempts, type Verdict } from "./verdict";

export interface HttpClientOptions {
  /** `https://hub.example.com/base`; plain http only for this machine. */
  readonly baseUrl: string;
  /** The program as the platform sees it: `patchbay/0.1.0`. @default undici's */
  readonly userAgent?: string;
  /** Sent with every request; credentials as `Secret`. */
  readonly headers?: HttpHeaders;
  /** What to do when the credential is refused, as sentences: both ways to supply it. */
  readonly credentialAdvice?: string;
  /** Reads the platform's format of errors. @default the status alone decides */
  readonly readRefusal?: RefusalReader;
  /** @default undici's, through the proxy that `environment` names */
  readonly fetch?: Fetch;
  /** For HTTPS_PROXY and NO_PROXY. @default no proxy */
  readonly environment?: Environment;
  /** What the platform allows in a second, by method. Requests wait for their turn and never fail for it. @default no limit */
  readonly rateLimits?: RateLimits;
  /** @default the system's clock */
  readonly time?: Time;
  /** From 0 to 1, for the jitter. @default Math.random */
  readonly random?: () => number;
  /**
   * For each step towards a connection: to the platform, or to the proxy and
   * through it. Where it runs out, nothing was sent. @default 10,000
   */
  readonly connectTimeoutMs?: number;
  /** For one attempt, from connecting to the last byte. @default 30,000 */
  readonly attemptTimeoutMs?: number;
  /** For all attempts and the waiting in between, but not for the turn that `rateLimits` gives. @default 120,000 */
  readonly totalTimeoutMs?: number;
  /** Failures that are repeated. @default 5, and 12 where the platform asks for patience (429) */
  readonly maxAttempts?: number;
  /** After decompression. @default 16 MiB */
  readonly maxResponseBytes?: number;
  /** Requests at the same time; the others wait. More than the ten objects that Terraform works on at once, so that none of them waits for its turn. @default 16 */
  readonly concurrency?: number;
  /** @default nothing is logged */
  readonly log?: HttpLog;
}

/** Named fields only, none of them secret. */
export interface HttpLog {
  debug(
    message: string,
    fields?: Readonly<Record<string, string | number | boolean>>,
  ): void;
}

export interface HttpClient {
  /** What is secret of the headers that go with every request: in an accepted answer's words, too, it must not be shown. */
  readonly secrets: readonly Secret<unknown>[];
  /** Rejects with an `ApiError`, or with a `PatchbayError` where the request could not even be made. */
  request(request: HttpRequest): Promise<HttpResponse>;
}

/** A client of one API on one host. Opens nothing until the first request. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const endpoint = parseEndpoint(options.baseUrl);
  // Checks the credential at once rather than in the middle of an apply.
  sentHeaders(options.headers);
  const slots = new Slots(options.concurrency ?? 16);
  const exchange = new Exchange(endpoint, options);
  return {
    secrets: secretsIn(options.headers),
    request: async (request) => {
      // One signal cancels a whole apply: thousands may listen, and Node would warn of eleven.
      if (request.signal) setMaxListeners(0, request.signal);
      try {
        return await slots.run(request.signal, () => exchange.run(request));
      } catch (error) {
        if (
          request.signal?.aborted === true &&
          error === request.signal.reason
        ) {
          throw exchange.cancelled(request);
        }
        throw error;
      }
    },
  };
}

type Failed = Extract<Verdict, { kind: "failed" }>;
const cancelledVerdict: Failed = {
  kind: "failed",
  reason: { kind: "cancelled" },
  status: undefined,
  headers: undefined,
  retryable: false,
  effectPossible: false,
};

/** Carries one request through its attempts. */
class Exchange {
  readonly #endpoint: Endpoint;
  readonly #options: HttpClientOptions;
  readonly #time: Time;
  #fetch: Fetch | undefined;
  readonly #gate: RateGate;

  constructor(endpoint: Endpoint, options: HttpClientOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
    this.#time = options.time ?? systemTime;
    this.#fetch = options.fetch;
    this.#gate = new RateGate(options.rateLimits ?? {}, this.#time);
  }

  async run(request: HttpRequest): Promise<HttpResponse> {
    const { maxAttempts, totalTimeoutMs = 120_000 } = this.#options;
    let deadline = this.#time.now() + totalTimeoutMs;
    const send = this.#sender(request);
    let effectPossible = false;
    let limited = 0;
    const cancelled = (attempts: number) =>
      this.#failure(request, cancelledVerdict, { attempts, effectPossible });
    for (let attempts = 1; ; attempts++) {
      const queued = this.#time.now();
      if (await this.#interrupted(this.#turn(request), request.signal))
        throw cancelled(attempts - 1);
      deadline += this.#time.now() - queued;

      const verdict = await send(deadline, attempts);
      if (verdict.kind === "success") return verdict.response;
      const settled = settlesEarlierAttempts(request, verdict.status);
      const state = {
        attempts,
        effectPossible: verdict.effectPossible || (effectPossible && !settled),
      };
      const isLimited = verdict.status === 429;
      if (isLimited) limited += 1;
      const exhausted = isLimited
        ? limited >= (maxAttempts ?? 12)
        : attempts - limited >= (maxAttempts ?? 5);
      if (!verdict.retryable || exhausted)
        throw this.#failure(request, verdict, state);
      effectPossible ||= verdict.effectPossible;

      const delay = retryDelay({
        attempt: attempts,
        headers: verdict.headers,
        now: this.#time.now(),
        random: (this.#options.random ?? Math.random)(),
      });
      if (this.#time.now() + delay >= deadline)
        throw this.#failure(request, verdict, state);
      // Too many are too many of all: the others wait as well, instead of being refused one by one.
      if (isLimited) this.#gate.pause(delay);
      const sleep = this.#time.sleep(delay, request.signal);
      if (await this.#interrupted(sleep, request.signal))
        throw cancelled(attempts);
    }
  }

  #openNetwork(): Fetch {
    const { environment = {}, connectTimeoutMs = 10_000 } = this.#options;
    // Not an import above: undici is not loaded for a hub that is in this process.
    const { createNetworkFetch } =
      require("./network-fetch") as typeof import("./network-fetch");
    const { origin } = this.#endpoint;
    return createNetworkFetch({ origin, environment, connectTimeoutMs });
  }

  #turn({ method, signal }: HttpRequest): Promise<void> {
    return this.#gate.pass(method, signal);
  }

  /** The failure of a request that was cancelled before it was sent. */
  cancelled(request: HttpRequest): ApiError {
    return this.#failure(request, cancelledVerdict, {
      attempts: 0,
      effectPossible: false,
    });
  }

  /** Everything that the attempts have in common is made once. */
  #sender(
    request: HttpRequest,
  ): (deadline: number, attempts: number) => Promise<Verdict> {
    const { attemptTimeoutMs = 30_000, maxResponseBytes = 16 * 1024 * 1024 } =
      this.#options;
    const fetch = (this.#fetch ??= this.#openNetwork());
    const url = requestUrl(this.#endpoint, request);
    const body =
      request.body === undefined ? undefined : JSON.stringify(request.body);
    const headers = sentHeaders(
      {
        accept: "application/json",
        "user-agent": this.#options.userAgent,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      this.#options.headers,
      request.headers,
    );
    return async (deadline, attempts) => {
      const started = this.#time.now();
      const outcome = await attempt({
        fetch,
        url,
        method: request.method,
        headers,
        body,
        timeoutMs: Math.max(1, Math.min(attemptTimeoutMs, deadline - started)),
        maxResponseBytes,
        // A write that was sent is awaited, so that its outcome is known.
        signal: isRead(request) ? request.signal : undefined,
      });
      this.#options.log?.debug("HTTP request", {
        host: this.#endpoint.host,
        method: request.method,
        path: request.pathTemplate,
        attempt: attempts,
        outcome: outcome.kind === "answer" ? outcome.status : outcome.kind,
        milliseconds: this.#time.now() - started,
      });
      const { readRefusal } = this.#options;
      return judge({
        request,
        outcome,
        host: this.#endpoint.host,
        readRefusal,
        secrets: [
          ...secretsIn(this.#options.headers),
          ...secretsIn(request.headers),
          ...(request.secrets ?? []),
        ],
      });
    };
  }

  /** Awaits a wait; true when it was cancelled. */
  async #interrupted(
    waiting: Promise<void>,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    try {
      await waiting;
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    }
    return signal?.aborted === true;
  }

  #failure(
    request: HttpRequest,
    { reason, status, headers, retryable }: Failed,
    state: { readonly attempts: number; readonly effectPossible: boolean },
  ): ApiError {
    const refusal = reason.kind === "refused" ? reason.refusal : undefined;
    const facts: ApiErrorFacts = {
      method: request.method,
      pathTemplate: request.pathTemplate,
      host: this.#endpoint.host,
      status,
      requestId: refusal?.requestId ?? requestIdOf(headers),
      retryable,
      problemCode: refusal?.problemCode,
    };
    const { credentialAdvice } = this.#options;
    const requestedDelayMs =
      headers && requestedDelay(headers, this.#time.now());
    return new ApiError(
      facts,
      failureDiagnostics({
        facts,
        reason,
        requestedDelayMs,
        credentialAdvice,
        ...state,
      }),
    );
  }
}
