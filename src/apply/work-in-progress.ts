import type { ObjectKind } from "../plan";

/** Something that this process is doing to one object. */
export interface Work {
  readonly does: "make" | "remove";
  readonly kind: ObjectKind;
  readonly id: string;
}

export interface WorkLimits {
  /** How long one operation waits for others, in milliseconds. @default 10000 */
  readonly limit?: number;
  /** How long it waits for one to begin, which Terraform may start in any order. @default 250 */
  readonly grace?: number;
}

/** What an operation does once the platform refuses it because of another object, or of the same one. */
export interface WaitOptions {
  /** Taken before the attempt: work that ended since then may have come too late for it. */
  readonly since: number;
  /** After this work it is worth while to try again. */
  readonly clears: (work: Work) => boolean;
  /** While this work is under way, what clears may still come. @default what clears */
  readonly leadsTo?: (work: Work) => boolean;
  /** When the operation began. */
  readonly began: number;
  readonly signal?: AbortSignal | undefined;
}

/** The object that an operation of this walk has left behind. */
export interface MadeObject {
  readonly platformId: string;
  /** It was there already. */
  readonly isTakenOver: boolean;
}

/**
 * What this process is doing to which object at the moment. Terraform puts
 * operations in an order only where one refers to the other: a renamed block is
 * made while it is destroyed, a link while its attachment is. One walk has one.
 */
export class WorkInProgress {
  readonly #limit: number;
  readonly #grace: number;
  readonly #underWay = new Set<Work>();
  readonly #ended: {
    readonly work: Work;
    readonly at: number;
    readonly isDone: boolean;
  }[] = [];
  readonly #watchers = new Set<() => void>();
  readonly #made = new Map<string, MadeObject>();
  readonly #begun = Date.now();
  #steps = 0;

  constructor({ limit = 10_000, grace = 250 }: WorkLimits = {}) {
    this.#limit = limit;
    this.#grace = grace;
  }

  /** A mark for `since`. */
  mark(): number {
    return this.#steps;
  }

  async during<T>(work: Work, run: () => Promise<T>): Promise<T> {
    this.#underWay.add(work);
    this.#changed();
    let isDone = false;
    try {
      const result = await run();
      isDone = true;
      return result;
    } finally {
      this.#underWay.delete(work);
      this.#steps += 1;
      this.#ended.push({ work, at: this.#steps, isDone });
      this.#changed();
    }
  }

  /** Whether what was in the way is out of it by now, so that the operation should be tried again. */
  async clears(options: WaitOptions): Promise<boolean> {
    const { since, clears, leadsTo = clears, began, signal } = options;
    const deadline = began + this.#limit;
    let quietSince = Date.now();
    for (;;) {
      if (signal?.aborted === true) return false;
      const isCleared = this.#ended.some(
        ({ work, at, isDone }) => isDone && at > since && clears(work),
      );
      if (isCleared) return true;
      const now = Date.now();
      const isBusy = [...this.#underWay].some(
        (work) => clears(work) || leadsTo(work),
      );
      const until = isBusy
        ? deadline
        : Math.min(deadline, quietSince + this.#graceFor(leadsTo));
      if (now >= until) return false;
      await this.#change(until - now, signal);
      if (isBusy) quietSince = Date.now();
    }
  }

  /** Such work that this walk has done. */
  doneOf(isMeant: (work: Work) => boolean): readonly Work[] {
    return this.#ended
      .filter(({ work, isDone }) => isDone && isMeant(work))
      .map(({ work }) => work);
  }

  /** Whether this walk has tried such work in vain. */
  hasFailed(isMeant: (work: Work) => boolean): boolean {
    return this.#ended.some(({ work, isDone }) => !isDone && isMeant(work));
  }

  /** Whether an operation has waited for others in vain. */
  hasWaited(began: number): boolean {
    return this.#limit > 0 && Date.now() - began >= this.#limit;
  }

  noteMade(kind: ObjectKind, id: string, made: MadeObject): void {
    this.#made.set(`${kind} ${id}`, made);
  }

  /** What this walk has made, or taken over, by this name. */
  madeOf(kind: ObjectKind, id: string): MadeObject | undefined {
    return this.#made.get(`${kind} ${id}`);
  }

  noteRemoved(kind: ObjectKind, id: string): void {
    this.#made.delete(`${kind} ${id}`);
  }

  /** A walk that has done nothing of the kind for a while is not about to begin. */
  #graceFor(leadsTo: (work: Work) => boolean): number {
    const isYoung = Date.now() - this.#begun < 4 * this.#grace;
    return isYoung || this.#ended.some(({ work }) => leadsTo(work))
      ? this.#grace
      : 0;
  }

  #changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  async #change(
    atMost: number,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        this.#watchers.delete(done);
        resolve();
      };
      const timer = setTimeout(done, atMost);
      this.#watchers.add(done);
      signal?.addEventListener("abort", done, { once: true });
    });
  }
}
