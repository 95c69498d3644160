import { type CodeValue, isCodeObject, VariableReference } from "./code-value";

/** How a language writes what code consists of. */
export interface CodeLanguage {
  /** `key = value` or `key: value`. */
  readonly assignment: string;
  /** After each member of an object that takes several lines. */
  readonly separator: string;
  /** Whether runs of one-line members are written with their assignments in one column. */
  readonly aligned: boolean;
  readonly text: (text: string) => string;
  readonly field: (name: string) => string;
  readonly variable: (name: string) => string;
}

/** A member of an object or a block: its field as it is written, and its value, of one or more lines. */
export interface Member {
  readonly field: string;
  readonly value: string;
}

/** Longer than this, a list or an object takes several lines. */
const MAX_INLINE_LENGTH = 60;

/** Members as lines, indented by two blanks. */
export function memberLines(
  members: readonly Member[],
  language: CodeLanguage,
): readonly string[] {
  return members.flatMap(({ field, value }, index) => {
    const width = language.aligned ? columnOf(members, index) : field.length;
    return indented(
      `${field.padEnd(width)}${language.assignment}${value}${language.separator}`,
    );
  });
}

/** The lines of a text, each two blanks further in. */
export function indented(text: string): readonly string[] {
  return text.split("\n").map((line) => (line === "" ? "" : `  ${line}`));
}

/** The width of the run of one-line members that this one is in; one of several lines stands alone. */
export function columnOf(members: readonly Member[], index: number): number {
  const isOneLine = (at: number) =>
    members[at] !== undefined && !members[at].value.includes("\n");
  if (!isOneLine(index)) return members[index]!.field.length;
  let first = index;
  while (isOneLine(first - 1)) first -= 1;
  let last = index;
  while (isOneLine(last + 1)) last += 1;
  return Math.max(
    ...members.slice(first, last + 1).map(({ field }) => field.length),
  );
}

/** A value as it is written, of one line where it is short. */
export function valueText(value: CodeValue, language: CodeLanguage): string {
  if (value instanceof VariableReference)
    return language.variable(value.variable);
  if (typeof value === "string") return language.text(value);
  if (Array.isArray(value))
    return listText(
      (value as readonly CodeValue[]).map((item) => valueText(item, language)),
    );
  if (isCodeObject(value)) {
    return objectText(
      Object.entries(value).map(([field, part]) => ({
        field: language.field(field),
        value: valueText(part, language),
      })),
      language,
    );
  }
  return JSON.stringify(value);
}

/** Items that are code already. */
export function listText(items: readonly string[]): string {
  const inline = `[${items.join(", ")}]`;
  if (inline.length <= MAX_INLINE_LENGTH && !inline.includes("\n"))
    return inline;
  return ["[", ...items.flatMap((item) => indented(`${item},`)), "]"].join(
    "\n",
  );
}

/** Members that are code already. One alone stands on one line where it is short. */
export function objectText(
  members: readonly Member[],
  language: CodeLanguage,
): string {
  const [first] = members;
  if (first === undefined) return "{}";
  const inline = `{ ${first.field}${language.assignment}${first.value} }`;
  if (
    members.length === 1 &&
    inline.length <= MAX_INLINE_LENGTH &&
    !inline.includes("\n")
  )
    return inline;
  return `{\n${memberLines(members, language).join("\n")}\n}`;
}
