import type { Diagnostic } from "../diagnostics";

/** What is to be said, should nothing that comes later in the walk settle it. */
export type OpenQuestion = () => Diagnostic | undefined;

export interface QuietLimits {
  /** How long nothing else may have been asked of the provider, in milliseconds. @default 100 */
  readonly quiet?: number;
  /** How long is waited for that at most. @default 3000 */
  readonly limit?: number;
}

/**
 * What one walk that plans cannot decide yet: whether a use of what is deleted is
 * itself deleted, whether a workspace that is not there is made. Terraform plans
 * what does not refer to each other in any order, and no call ends a walk. So the
 * first call with a question stays until core asks for nothing else, and answers
 * for all; the others go on, so that no more than one of core's slots is held.
 */
export class OpenQuestions {
  readonly #quiet: number;
  readonly #limit: number;
  readonly #open: OpenQuestion[] = [];
  #isAnswering = false;
  #underWay = 0;
  #lastChange = Date.now();

  constructor({ quiet = 100, limit = 3000 }: QuietLimits = {}) {
    this.#quiet = quiet;
    this.#limit = limit;
  }

  /** Core asks for something of the walk. */
  async during<T>(run: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    this.#lastChange = Date.now();
    try {
      return await run();
    } finally {
      this.#underWay -= 1;
      this.#lastChange = Date.now();
    }
  }

  /** Within `during`: what is to be said here of this question, and of those of other calls. */
  async ask(question: OpenQuestion): Promise<readonly Diagnostic[]> {
    if (question() === undefined) return [];
    this.#open.push(question);
    if (this.#isAnswering) return [];
    this.#isAnswering = true;
    const until = Date.now() + this.#limit;
    while (this.#isBusy() && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, this.#quiet / 4));
    this.#isAnswering = false;
    const said = this.#open
      .splice(0)
      .map((open) => open())
      .filter((one) => one !== undefined);
    return ofEachCode(said);
  }

  /** Beside the call that waits. */
  #isBusy(): boolean {
    return this.#underWay > 1 || Date.now() - this.#lastChange < this.#quiet;
  }
}

/** Core shows but the first of several warnings with the same summary, and counts the others. */
function ofEachCode(said: readonly Diagnostic[]): readonly Diagnostic[] {
  const byCode = new Map<string, Diagnostic>();
  for (const one of said) {
    const before = byCode.get(one.code);
    byCode.set(
      one.code,
      before === undefined
        ? one
        : { ...before, detail: `${before.detail}\n${one.detail}` },
    );
  }
  return [...byCode.values()];
}
