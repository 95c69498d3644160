import { PatchbayError } from "../../diagnostics";
import {
  fieldOf,
  isList,
  isObject,
  type JsonObject,
  type JsonValue,
} from "../../model";

/** Who answered, for messages: `Turbot Pipes`, and what to check where it answers something else. */
export interface AnswerSource {
  readonly title: string;
  /** A sentence: which setting may name the wrong address. */
  readonly advice: string;
}

/**
 * A part of what a platform answered, read field by field. What is not as
 * documented is refused with `invalid_answer`, which names the path from the top
 * of the answer and never a value. Null and absent are the same everywhere, and
 * an empty text is none.
 */
export class Answer {
  readonly value: JsonValue | undefined;
  readonly #source: AnswerSource;
  readonly #path: string;

  constructor(body: unknown, source: AnswerSource, path = "") {
    this.value = body as JsonValue | undefined;
    this.#source = source;
    this.#path = path;
  }

  /** The fields of this part, which has to be an object. */
  get fields(): JsonObject {
    return isObject(this.value) ? this.value : this.refuse("an object");
  }

  text(field: string): string {
    return this.optionalText(field) ?? this.#at(field).refuse("a text");
  }

  optionalText(field: string): string | undefined {
    const part = this.optional(field);
    if (part === undefined || part.value === "") return undefined;
    return typeof part.value === "string" ? part.value : part.refuse("a text");
  }

  /** What is only told on to people: anything else than a text is left out. */
  toldText(field: string): string | undefined {
    const value = this.optional(field)?.value;
    return typeof value === "string" && value !== "" ? value : undefined;
  }

  /** The same inside an object; undefined where that is none. */
  toldObject(field: string): Answer | undefined {
    const part = this.optional(field);
    return part !== undefined && isObject(part.value) ? part : undefined;
  }

  number(field: string): number {
    return this.optionalNumber(field) ?? this.#at(field).refuse("a number");
  }

  optionalNumber(field: string): number | undefined {
    const part = this.optional(field);
    if (part === undefined) return undefined;
    return typeof part.value === "number"
      ? part.value
      : part.refuse("a number");
  }

  object(field: string): Answer {
    return this.optionalObject(field) ?? this.#at(field).refuse("an object");
  }

  optionalObject(field: string): Answer | undefined {
    const part = this.optional(field);
    if (part === undefined || isObject(part.value)) return part;
    return part.refuse("an object");
  }

  list(field: string): readonly Answer[] {
    return this.optionalList(field) ?? this.#at(field).refuse("a list");
  }

  optionalList(field: string): readonly Answer[] | undefined {
    const part = this.optional(field);
    if (part === undefined) return undefined;
    if (!isList(part.value)) return part.refuse("a list");
    return part.value.map(
      (item, index) =>
        new Answer(item, this.#source, `${part.#path}[${index}]`),
    );
  }

  /** A list of texts; absent means none. */
  texts(field: string): readonly string[] {
    return (this.optionalList(field) ?? []).map((item) =>
      typeof item.value === "string" ? item.value : item.refuse("a text"),
    );
  }

  /** Whatever is there; undefined where nothing is. */
  optional(field: string): Answer | undefined {
    return (fieldOf(this.fields, field) ?? undefined) === undefined
      ? undefined
      : this.#at(field);
  }

  /** Rejects with `invalid_answer`: `expected` is what this part is not. */
  refuse(expected: string): never {
    throw invalidAnswer(this.#source, this.#path, expected);
  }

  #at(field: string): Answer {
    const path = this.#path === "" ? field : `${this.#path}.${field}`;
    return new Answer(fieldOf(this.fields, field), this.#source, path);
  }
}

/** `where` is the path from the top of the answer; empty for the answer itself. */
export function invalidAnswer(
  { title, advice }: AnswerSource,
  where: string,
  expected: string,
): PatchbayError {
  return new PatchbayError({
    code: "invalid_answer",
    detail: `In what ${title} answered, ${where === "" ? "the answer" : where} is not ${expected}. ${advice}`,
  });
}
