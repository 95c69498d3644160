import { columnOf } from "../../src/cli/import/code-layout";
import type { ConnectionType, ConnectionTypeExample } from "../../src/catalog";
import { isList, isObject, type Value } from "../../src/model";

/** How a language writes what examples consist of. */
export interface ExampleLanguage {
  /** `key = value` or `key: value`. */
  readonly assignment: string;
  /** After each member but the last, and after it. */
  readonly separator: string;
  readonly text: (text: string) => string;
  readonly secret: (name: string) => string;
  readonly field: (name: string) => string;
  /** Whether runs of one-line members are written with their assignments in one column. */
  readonly aligned: boolean;
}

/** A member of an object: its field as it is written, and its value, of one or more lines. */
export interface Member {
  readonly field: string;
  readonly value: string;
}

/** Members as lines, indented by two blanks. */
export function memberLines(
  members: readonly Member[],
  language: ExampleLanguage,
): readonly string[] {
  return members.flatMap(({ field, value }, index) => {
    const width = language.aligned ? columnOf(members, index) : field.length;
    return `${field.padEnd(width)}${language.assignment}${value}${language.separator}`
      .split("\n")
      .map((line) => (line === "" ? "" : `  ${line}`));
  });
}

/** A plain value. Keys inside it are the user's own and stay as they are. */
export function valueText(value: Value, language: ExampleLanguage): string {
  if (typeof value === "string") return language.text(value);
  if (isList(value))
    return `[${value.map((item) => valueText(item, language)).join(", ")}]`;
  if (isObject(value)) {
    return objectText(
      Object.entries(value).map(([field, part]) => ({
        field: language.field(field),
        value: valueText(part, language),
      })),
      language,
    );
  }
  return String(value);
}

/** A secret value: each text in it is a reference, named after where it stands. */
export function secretText(
  value: Value,
  name: string,
  language: ExampleLanguage,
): string {
  if (!isObject(value)) return language.secret(name);
  return objectText(
    Object.entries(value).map(([field, part]) => ({
      field: language.field(field),
      value: secretText(part, `${name}_${identifierOf(field)}`, language),
    })),
    language,
  );
}

export function objectText(
  members: readonly Member[],
  language: ExampleLanguage,
): string {
  if (members.length === 0) return "{}";
  return `{\n${memberLines(members, language).join("\n")}\n}`;
}

/** The names of the secrets' variables, in the order that they are written in. */
export function secretNames(
  type: ConnectionType,
  { secrets }: ConnectionTypeExample,
): readonly string[] {
  const namesIn = (value: Value, name: string): readonly string[] =>
    isObject(value)
      ? Object.entries(value).flatMap(([field, part]) =>
          namesIn(part, `${name}_${identifierOf(field)}`),
        )
      : [name];
  return namesIn(secrets, identifierOf(type.name));
}

/** `X-Api-Key` is `x_api_key`. */
export function identifierOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_|_$/g, "");
}
