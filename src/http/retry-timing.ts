/**
 * How long to wait before the next attempt: pure functions over the answer's
 * headers, the clock's reading and a random number.
 */

/** The part of an answer's headers that timing needs; a `Headers` object is one. */
export interface HeaderReader {
  get(name: string): string | null;
}

const FIRST_BACKOFF_MS = 250;
const LONGEST_BACKOFF_MS = 10_000;

/** What the wait before the next attempt depends on. */
export interface RetryCircumstances {
  /** The attempt that just failed, from 1. */
  readonly attempt: number;
  /** Undefined where no answer came. */
  readonly headers: HeaderReader | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** From 0 to 1. */
  readonly random: number;
}

/** Milliseconds: what the platform asks for, else exponential backoff with full jitter. */
export function retryDelay(circumstances: RetryCircumstances): number {
  const { headers, now } = circumstances;
  return (headers && requestedDelay(headers, now)) ?? backoff(circumstances);
}

/** Full jitter: anything from nothing to a bound that doubles with each attempt. */
export function backoff({
  attempt,
  random,
}: Pick<RetryCircumstances, "attempt" | "random">): number {
  return Math.floor(
    random *
      Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempt - 1)),
  );
}

/** Milliseconds that the platform asks to wait, if it does. `Retry-After` goes before rate limit headers. */
export function requestedDelay(
  headers: HeaderReader,
  now: number,
): number | undefined {
  return retryAfter(headers, now) ?? rateLimitReset(headers, now);
}

/** `Retry-After`: seconds, or a date, which is compared with the answer's own `Date` where it has one. */
export function retryAfter(
  headers: HeaderReader,
  now: number,
): number | undefined {
  const value = headers.get("retry-after")?.trim();
  if (value === undefined || value === "") return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  // `Date.parse` also takes "-5" and "2"; a date of HTTP begins with the day of the week.
  if (!/^[A-Za-z]{3}/.test(value)) return undefined;
  const until = Date.parse(value);
  return Number.isNaN(until)
    ? undefined
    : Math.max(0, until - serverTime(headers, now));
}

/**
 * `X-RateLimit-Reset` or `RateLimit-Reset` of an answer that has no requests
 * left: seconds from now, or, when the number is large, seconds or milliseconds
 * since 1970.
 */
export function rateLimitReset(
  headers: HeaderReader,
  now: number,
): number | undefined {
  const remaining =
    headers.get("x-ratelimit-remaining") ??
    headers.get("ratelimit-remaining") ??
    "0";
  const value =
    headers.get("x-ratelimit-reset") ?? headers.get("ratelimit-reset");
  if (
    value === null ||
    !/^\d+(\.\d+)?$/.test(value.trim()) ||
    Number(remaining) > 0
  ) {
    return undefined;
  }
  const reset = Number(value);
  if (reset > 100_000_000_000)
    return Math.max(0, Math.ceil(reset - serverTime(headers, now)));
  if (reset > 1_000_000_000) {
    return Math.max(0, Math.ceil(reset * 1000 - serverTime(headers, now)));
  }
  return Math.ceil(reset * 1000);
}

function serverTime(headers: HeaderReader, now: number): number {
  const date = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(date) ? now : date;
}
