/**
 * A value that must not be shown. Every way of printing it gives the
 * placeholder; only `reveal()` gives the value, so that each place where a
 * secret leaves the program can be found by searching for that word.
 */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself, to be sent and never to be shown. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return SECRET_PLACEHOLDER;
  }

  toJSON(): string {
    return SECRET_PLACEHOLDER;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return SECRET_PLACEHOLDER;
  }
}

/** What is shown in place of every secret. */
export const SECRET_PLACEHOLDER = "(secret)";
