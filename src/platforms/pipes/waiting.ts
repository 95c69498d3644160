import { systemTime, type Time } from "../../http";
import type { CallOptions } from "../../model";

/** For tests: the clock, and how long to wait for what lags behind. */
export interface PipesTiming {
  /** @default the system's clock */
  readonly time?: Time;
  /** Milliseconds. @default 30,000 */
  readonly longestWaitMs?: number;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 4_000;

/** Repeats what Pipes may need a moment for. */
export class Waiting {
  readonly #time: Time;
  readonly #longest: number;

  constructor({ time = systemTime, longestWaitMs = 30_000 }: PipesTiming) {
    this.#time = time;
    this.#longest = longestWaitMs;
  }

  /** Asks until the answer is `done`, or for as long as it may take; gives the last answer. What is known `already` is not asked again at once. */
  async until<T>(
    ask: () => Promise<T>,
    done: (answer: T) => boolean,
    { signal, already }: CallOptions & { readonly already?: T } = {},
  ): Promise<T> {
    const deadline = this.#time.now() + this.#longest;
    let first = already;
    for (let pause = FIRST_PAUSE_MS; ; pause *= 2) {
      const answer = first ?? (await ask());
      first = undefined;
      const rest = deadline - this.#time.now();
      if (done(answer) || rest <= 0 || signal?.aborted === true) return answer;
      const cancelled = await this.#pause(Math.min(pause, rest), signal);
      if (cancelled) return answer;
    }
  }

  /** True when it was cut short: what was written before has happened all the same. */
  async #pause(
    milliseconds: number,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    try {
      await this.#time.sleep(Math.min(milliseconds, LONGEST_PAUSE_MS), signal);
    } catch (thrown) {
      if (signal?.aborted !== true) throw thrown;
    }
    return signal?.aborted === true;
  }
}
