import { type Piece, Refusal } from "./statement-lexer";

/** Goes through the pieces of one statement. */
export class PieceReader {
  readonly #pieces: readonly Piece[];
  readonly #foldsNames: boolean;
  #position = 0;

  constructor(pieces: readonly Piece[], foldsNames: boolean) {
    this.#pieces = pieces;
    this.#foldsNames = foldsNames;
  }

  done(): boolean {
    return this.#position >= this.#pieces.length;
  }

  at(word: string): boolean {
    const piece = this.#pieces[this.#position];
    return (
      piece !== undefined &&
      (piece.kind === "bare" || piece.kind === "punctuation") &&
      piece.text.toUpperCase() === word
    );
  }

  skip(word: string): boolean {
    if (!this.at(word)) return false;
    this.#position += 1;
    return true;
  }

  expect(...words: readonly string[]): void {
    for (const word of words) if (!this.skip(word)) throw this.syntaxError();
  }

  next(): Piece {
    const piece = this.#pieces[this.#position++];
    if (piece === undefined) throw this.syntaxError();
    return piece;
  }

  /** The next piece, where it is of that kind; the reader stays before others. */
  trySkip(kind: Piece["kind"]): string | undefined {
    const piece = this.#pieces[this.#position];
    if (piece?.kind !== kind) return undefined;
    this.#position += 1;
    return piece.text;
  }

  bare(): string {
    return this.#of("bare");
  }

  string(): string {
    return this.#of("string");
  }

  /** A name of the language's own things: tables of the system, columns, aliases. */
  word(): string {
    const piece = this.next();
    if (piece.kind !== "identifier" && piece.kind !== "bare")
      throw this.syntaxError();
    return piece.text;
  }

  /** The name of something that users make. */
  name(): string {
    return this.folded(this.word());
  }

  folded(name: string): string {
    return this.#foldsNames ? name.toLowerCase() : name;
  }

  /** `a."b".c` */
  path(step: () => string): readonly string[] {
    const steps = [step()];
    while (this.skip(".")) steps.push(step());
    return steps;
  }

  /** As databases do: it quotes what it could not read, secrets included. */
  syntaxError(): Refusal {
    const near = this.#pieces
      .slice(Math.max(0, this.#position - 2), this.#position + 2)
      .map(({ text }) => text);
    return new Refusal(`Syntax error near: ${near.join(" ")}`);
  }

  #of(kind: Piece["kind"]): string {
    const piece = this.next();
    if (piece.kind !== kind) throw this.syntaxError();
    return piece.text;
  }
}
