import type { StandinAnswer, StandinRequest } from "./route";

/** What can go wrong between a client and a platform. */
export type StandinFault =
  /** Answers later. */
  | { readonly kind: "latency"; readonly milliseconds: number }
  /** 429 before any effect; with the headers that are given. */
  | {
      readonly kind: "rate_limited";
      /** `Retry-After`, in seconds. @default the header is absent */
      readonly retryAfter?: number;
      /** `X-RateLimit-Reset`, in seconds from now, with `X-RateLimit-Remaining: 0`. @default the headers are absent */
      readonly rateLimitReset?: number;
    }
  /** The status (500, 503, 403, …) in place of the answer. `after`: the request takes effect all the same. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly when: "before" | "after";
    }
  /** The connection breaks, before the request takes effect or after. */
  | { readonly kind: "cut"; readonly when: "before" | "after" }
  /** Answers as things were when the fault was asked for. Needs the option `state`. */
  | { readonly kind: "stale_read" }
  /** What a proxy or a login page says, before any effect. */
  | { readonly kind: "html"; readonly status?: number }
  /** More than anybody expects: 50 MB of valid JSON, before any effect. */
  | { readonly kind: "oversized" };

/** Which requests a fault is for: those that fit everything that is given. */
export interface FaultMatch {
  readonly method?: string;
  /** As the routes write it. */
  readonly pathTemplate?: string;
  readonly where?: (request: StandinRequest) => boolean;
}

export function matches(match: FaultMatch, request: StandinRequest): boolean {
  return (
    (match.method === undefined || match.method === request.method) &&
    (match.pathTemplate === undefined ||
      match.pathTemplate === request.pathTemplate) &&
    (match.where === undefined || match.where(request))
  );
}

/** The answer that a fault puts in place of the real one; undefined where it works otherwise. */
export function answerOfFault(
  fault: StandinFault,
  refuse: (status: number) => StandinAnswer,
): StandinAnswer | undefined {
  switch (fault.kind) {
    case "status":
      return refuse(fault.status);
    case "rate_limited": {
      const { retryAfter, rateLimitReset } = fault;
      const answer = refuse(429);
      return {
        ...answer,
        headers: {
          ...answer.headers,
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
    case "html":
      return {
        status: fault.status ?? 200,
        text: "<!doctype html><title>Sign in</title><p>Please sign in.",
        headers: { "content-type": "text/html" },
      };
    case "oversized":
      return {
        status: 200,
        text: `{"padding":"${"x".repeat(50 * 1024 * 1024)}"}`,
        headers: { "content-type": "application/json" },
      };
    case "latency":
    case "cut":
    case "stale_read":
      return undefined;
  }
}
