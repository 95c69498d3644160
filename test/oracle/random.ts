/** The same choices on every run: mulberry32. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** From `from` to `to`, both included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  pick<T>(choices: readonly T[]): T {
    if (choices.length === 0) throw new Error("there is nothing to choose");
    return choices[Math.floor(this.next() * choices.length)]!;
  }

  /** Another than that, where there is one. */
  pickOther<T>(choices: readonly T[], than: T): T {
    const text = JSON.stringify(than);
    const others = choices.filter((one) => JSON.stringify(one) !== text);
    return others.length === 0 ? than : this.pick(others);
  }

  /** Each with this probability, in an order of its own. */
  some<T>(choices: readonly T[], probability = 0.5): readonly T[] {
    return this.shuffled(choices.filter(() => this.chance(probability)));
  }

  shuffled<T>(items: readonly T[]): readonly T[] {
    return items
      .map((item) => ({ item, rank: this.next() }))
      .sort((left, right) => left.rank - right.rank)
      .map(({ item }) => item);
  }
}
