/**
 * A JSON parser that loses nothing: a number keeps every digit (`CtyNumber`), and objects have no prototype, so that a
 * key `__proto__` is a key. Node 20's JSON.parse can do neither.
 */
import { CtyError } from "./cty-error";
import { numberFromText, type CtyNumber } from "./cty-number";

export interface ExactJsonObject {
  readonly [key: string]: ExactJson;
}
export type ExactJson =
  null | boolean | string | CtyNumber | readonly ExactJson[] | ExactJsonObject;

/** @throws CtyError when the text is not JSON. The message holds none of it: state may hold secrets. */
export function parseExactJson(text: string): ExactJson {
  const parser = new Parser(text);
  const value = parser.value(0);
  parser.end();
  return value;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Deeper nesting is no configuration, and would overflow the stack. */
const MAX_DEPTH = 1000;

class Parser {
  private position = 0;

  constructor(private readonly text: string) {}

  value(depth: number): ExactJson {
    if (depth > MAX_DEPTH) throw new CtyError("JSON that is nested too deeply");
    switch (this.next()) {
      case "{":
        return this.object(depth);
      case "[":
        return this.array(depth);
      case '"':
        return this.string();
      case "t":
        return this.word("true", true);
      case "f":
        return this.word("false", false);
      case "n":
        return this.word("null", null);
      default:
        return this.number();
    }
  }

  end(): void {
    if (this.next() !== "") throw invalid();
  }

  /** The next character that is not white space, without moving past it. */
  private next(): string {
    const { text } = this;
    let code = text.charCodeAt(this.position);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09)
      code = text.charCodeAt(++this.position);
    return text.charAt(this.position);
  }

  private object(depth: number): ExactJsonObject {
    const object = Object.create(null) as Record<string, ExactJson>;
    this.position++;
    if (this.skip("}")) return object;
    do {
      if (this.next() !== '"') throw invalid();
      const key = this.string();
      if (!this.skip(":")) throw invalid();
      object[key] = this.value(depth + 1);
    } while (this.skip(","));
    if (!this.skip("}")) throw invalid();
    return object;
  }

  private array(depth: number): readonly ExactJson[] {
    const elements: ExactJson[] = [];
    this.position++;
    if (this.skip("]")) return elements;
    do elements.push(this.value(depth + 1));
    while (this.skip(","));
    if (!this.skip("]")) throw invalid();
    return elements;
  }

  /** Escapes and forbidden characters are left to JSON.parse, which knows them all. */
  private string(): string {
    const { text } = this;
    const start = this.position;
    let end = start + 1;
    let plain = true;
    for (;;) {
      const code = text.charCodeAt(end);
      if (code === 0x22) break;
      if (Number.isNaN(code)) throw invalid();
      if (code === 0x5c) end++;
      if (code === 0x5c || code < 0x20) plain = false;
      end++;
    }
    this.position = end + 1;
    if (plain) return text.slice(start + 1, end);
    try {
      return JSON.parse(text.slice(start, end + 1)) as string;
    } catch {
      throw invalid();
    }
  }

  private number(): CtyNumber {
    NUMBER.lastIndex = this.position;
    const match = NUMBER.exec(this.text);
    if (match === null) throw invalid();
    this.position += match[0].length;
    return numberFromText(match[0]);
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.position)) throw invalid();
    this.position += word.length;
    return value;
  }

  private skip(character: string): boolean {
    if (this.next() !== character) return false;
    this.position++;
    return true;
  }
}

function invalid(): CtyError {
  return new CtyError("not valid JSON");
}
