import type { HttpMethod } from "./http-request";
import type { Time } from "./time";

/** Requests in a second, by method. Methods that are not named have no limit. */
export type RateLimits = Readonly<Partial<Record<HttpMethod, number>>>;

/**
 * Lets requests leave no faster than a platform allows. Requests of one method
 * leave evenly spaced rather than in bursts, because platforms count in windows
 * of their own. A pause holds back all of them.
 */
export class RateGate {
  readonly #limits: RateLimits;
  readonly #time: Time;
  /** When the next request of a method may leave. */
  readonly #next = new Map<HttpMethod, number>();
  #pausedUntil = 0;

  constructor(limits: RateLimits, time: Time) {
    this.#limits = limits;
    this.#time = time;
  }

  /** Waits until a request may leave; never refuses one. An abort gives the signal's reason. */
  async pass(
    method: HttpMethod,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    for (;;) {
      const now = this.#time.now();
      const free = this.#next.get(method) ?? 0;
      const departure = Math.max(now, free, this.#pausedUntil);
      const limit = this.#limits[method];
      if (limit !== undefined) this.#next.set(method, departure + 1000 / limit);
      if (departure <= now) return;
      await this.#time.sleep(departure - now, signal);
      // A pause that began meanwhile holds for those that wait, too.
      if (this.#pausedUntil <= departure) return;
    }
  }

  /** Holds back all requests for so many milliseconds from now; a longer pause stays. */
  pause(milliseconds: number): void {
    const until = this.#time.now() + milliseconds;
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
  }
}
