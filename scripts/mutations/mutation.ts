/** A rule broken on purpose, which a test has to notice. */
export interface Mutation {
  /** What is wrong with it, as a sentence. */
  readonly what: string;
  /** From the repository's root. */
  readonly file: string;
  /** Occurs exactly once in the file: a rule that has moved has to be followed. */
  readonly find: string;
  readonly replace: string;
  /** Tests of which one has to turn red, as jest takes them: parts of paths. */
  readonly tests: readonly string[];
  /** Only tests of this name, as jest takes it: for files that take long. @default all of them */
  readonly named?: string;
}
