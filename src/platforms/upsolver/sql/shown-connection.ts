import { objectOf } from "../../../model";
import type { Options, OptionValue } from "../options/option";
import { type Token, tokensOf } from "./tokens";

/** A connection as `SHOW CREATE CONNECTION` tells it. Its options may hold secrets; what leaves the adapter never does. */
export interface ShownConnection {
  readonly keyword: string;
  readonly name: string;
  readonly options: Options;
}

/** Reads `CREATE POSTGRES CONNECTION name OPTION = value …`; undefined where the text is something else. */
export function parseShown(sql: string): ShownConnection | undefined {
  const tokens = tokensOf(sql);
  if (tokens === undefined) return undefined;
  const reader = new Reader(tokens);
  if (!reader.skipWord("CREATE")) return undefined;
  const words: string[] = [];
  while (!reader.skipWord("CONNECTION")) {
    const word = reader.word();
    if (word === undefined) return undefined;
    words.push(word.toUpperCase());
  }
  const name = reader.name();
  if (words.length === 0 || name === undefined) return undefined;
  const options = readOptions(reader);
  return options && { keyword: words.join("_"), name, options };
}

function readOptions(reader: Reader): Options | undefined {
  const entries: [string, OptionValue][] = [];
  for (;;) {
    while (reader.skipSymbol(",") || reader.skipSymbol(";"));
    if (reader.atEnd()) return objectOf(entries);
    const option = reader.word();
    if (option === undefined || !reader.skipSymbol("=")) return undefined;
    const value = readValue(reader);
    if (value === undefined) return undefined;
    entries.push([option.toUpperCase(), value]);
  }
}

function readValue(reader: Reader): OptionValue | undefined {
  if (reader.skipSymbol("(")) return readList(reader);
  const token = reader.next();
  if (token === undefined || token.kind === "symbol") return undefined;
  if (token.kind !== "word") return token.value;
  const word = token.value.toUpperCase();
  if (word === "TRUE" || word === "FALSE") return word === "TRUE";
  if (word === "INTERVAL") return readInterval(reader);
  return /^-?\d+$/.test(word) ? Number(word) : token.value;
}

function readList(reader: Reader): readonly string[] | undefined {
  const items: string[] = [];
  for (;;) {
    if (reader.skipSymbol(")")) return items;
    if (reader.skipSymbol(",")) continue;
    const token = reader.next();
    if (token === undefined || token.kind === "symbol") return undefined;
    items.push(token.value);
  }
}

const secondsPer: Readonly<Record<string, number>> = {
  SECOND: 1,
  MINUTE: 60,
  HOUR: 3600,
  DAY: 86_400,
};

/** In seconds. */
function readInterval(reader: Reader): number | undefined {
  const amount = Number(reader.next()?.value ?? Number.NaN);
  const unit = (reader.word() ?? "").toUpperCase().replace(/S$/, "");
  const seconds = amount * (secondsPer[unit] ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : undefined;
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  atEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  next(): Token | undefined {
    return this.#tokens[this.#at++];
  }

  word(): string | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "word") return undefined;
    this.#at += 1;
    return token.value;
  }

  /** Quoted or not. */
  name(): string | undefined {
    const token = this.next();
    return token?.kind === "name" || token?.kind === "word"
      ? token.value
      : undefined;
  }

  skipWord(word: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "word" || token.value.toUpperCase() !== word)
      return false;
    this.#at += 1;
    return true;
  }

  skipSymbol(symbol: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "symbol" || token.value !== symbol) return false;
    this.#at += 1;
    return true;
  }
}
