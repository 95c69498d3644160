import type { StandinMethod } from "./route";

/** How many requests of a method are answered; the others get 429. */
export type MethodLimits = Readonly<
  Partial<
    Record<
      StandinMethod,
      {
        readonly perSecond: number;
        /** At once, after a pause. @default perSecond */
        readonly burst?: number;
      }
    >
  >
>;

/** A token bucket for each method. */
export class MethodBuckets {
  readonly #limits: MethodLimits;
  readonly #now: () => number;
  readonly #levels = new Map<StandinMethod, { tokens: number; at: number }>();

  /** `now` is in milliseconds, from any beginning. */
  constructor(limits: MethodLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Takes a token. Where there is none: the seconds until there is one. */
  take(method: StandinMethod): number | undefined {
    const limit = this.#limits[method];
    if (limit === undefined) return undefined;
    const { perSecond, burst = perSecond } = limit;
    const at = this.#now();
    const last = this.#levels.get(method) ?? { tokens: burst, at };
    const refilled = last.tokens + ((at - last.at) / 1000) * perSecond;
    const tokens = Math.min(burst, refilled);
    const enough = tokens >= 1;
    this.#levels.set(method, { tokens: enough ? tokens - 1 : tokens, at });
    return enough ? undefined : (1 - tokens) / perSecond;
  }
}
