import type { InjectedFault } from "../../../src/testing";
import type { StandinAnswer, StandinRequest } from "./route";

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
  fault: InjectedFault,
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
