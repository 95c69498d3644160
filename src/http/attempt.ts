import type { Fetch } from "./fetch";
import { type BodyReading, readJsonBody } from "./response-body";
import type { HeaderReader } from "./retry-timing";
import { transportFailureOf, type TransportFailure } from "./transport-failure";

/** One request sent once. */
export interface AttemptOptions {
  readonly fetch: Fetch;
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
  /** From sending to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  /** Ends the attempt. */
  readonly signal: AbortSignal | undefined;
}

/** What came of one attempt. */
export type AttemptOutcome =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: HeaderReader;
      readonly body: BodyReading;
    }
  | { readonly kind: "failure"; readonly failure: TransportFailure }
  | { readonly kind: "timeout" }
  | { readonly kind: "cancelled" };

/** Sends a request once. Never rejects; redirects are not followed, so that no token leaves for another host. */
export async function attempt(
  options: AttemptOptions,
): Promise<AttemptOutcome> {
  const { signal } = options;
  const controller = new AbortController();
  const cancel = () => controller.abort();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    cancel();
  }, options.timeoutMs);
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    const response = await options.fetch(options.url, {
      method: options.method,
      headers: options.headers,
      ...(options.body !== undefined && { body: options.body }),
      redirect: "manual",
      signal: controller.signal,
    });
    const body = await readJsonBody(response, options.maxResponseBytes);
    return {
      kind: "answer",
      status: response.status,
      headers: response.headers,
      body,
    };
  } catch (error) {
    const failure = transportFailureOf(error);
    if (timedOut && failure.kind === "lost") return { kind: "timeout" };
    if (timedOut)
      return {
        kind: "failure",
        failure: { ...failure, timeoutMs: options.timeoutMs },
      };
    if (signal?.aborted === true) return { kind: "cancelled" };
    return { kind: "failure", failure };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
  }
}
