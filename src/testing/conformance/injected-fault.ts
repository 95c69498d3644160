/**
 * What can go wrong between an adapter and its platform. The platform under
 * test makes it happen; where its requests go is its own business.
 */
export type InjectedFault =
  /** The answer comes later. */
  | { readonly kind: "latency"; readonly milliseconds: number }
  /** 429 before any effect; the headers `Retry-After` and `X-RateLimit-Reset`, both in seconds, where they are given. */
  | {
      readonly kind: "rate_limited";
      readonly retryAfter?: number;
      readonly rateLimitReset?: number;
    }
  /** The status in place of the answer, before the request takes effect or after. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly when: "before" | "after";
    }
  /** The connection breaks, before the request takes effect or after. */
  | { readonly kind: "cut"; readonly when: "before" | "after" }
  /** An answer as things were when the fault was asked for. */
  | { readonly kind: "stale_read" }
  /** What a proxy or a login page says (200 where no status is given), before any effect. */
  | { readonly kind: "html"; readonly status?: number }
  /** 50 MB of JSON, before any effect. */
  | { readonly kind: "oversized" };

/** Lets the next requests of a kind meet a fault. */
export interface FaultInjection {
  /** Requests that only read, or those that may change something. */
  readonly on: "read" | "write";
  readonly fault: InjectedFault;
  /** How many of them. */
  readonly times: number;
}
