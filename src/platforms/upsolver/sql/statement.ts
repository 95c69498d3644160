import { PatchbayError } from "../../../diagnostics";
import type { Options } from "../options/option";
import { ruleOf } from "../options/option-tables";
import { literalOf } from "./literal";
import { quoteName, quoteText } from "./quote";

/** What a statement is about: a connection of one of Upsolver's types. */
export interface StatementSubject {
  /** As in statements: `POSTGRES`. */
  readonly keyword: string;
  readonly name: string;
}

/** `CREATE POSTGRES CONNECTION "warehouse" CONNECTION_STRING = '…' …` */
export function createStatement(
  subject: StatementSubject,
  options: Options,
): string {
  return [
    `CREATE ${subjectOf(subject)}`,
    ...assignments(subject.keyword, options),
  ].join("\n  ");
}

/** `ALTER POSTGRES CONNECTION "warehouse" SET COMMENT = '…' SET …` */
export function alterStatement(
  subject: StatementSubject,
  options: Options,
): string {
  return [
    `ALTER ${subjectOf(subject)}`,
    ...assignments(subject.keyword, options).map(
      (assignment) => `SET ${assignment}`,
    ),
  ].join("\n  ");
}

/** Succeeds also where there is no such connection. */
export function dropStatement(name: string): string {
  return `DROP CONNECTION IF EXISTS ${quoteName(name)}`;
}

/** Answers one text: the statement that would create the connection. */
export function showStatement(name: string): string {
  return `SHOW CREATE CONNECTION ${quoteName(name)}`;
}

const CONNECTIONS = 'system.information_schema."connections"';

/** Answers rows of one column: the names of all connections, or the one name where it is there. */
export function namesStatement(name?: string): string {
  const where =
    name === undefined ? "" : ` WHERE name = ${quoteText(name, "The name")}`;
  return `SELECT name FROM ${CONNECTIONS}${where}`;
}

function subjectOf({ keyword, name }: StatementSubject): string {
  if (!isKeyword(keyword)) throw notAWord(keyword);
  return `${keyword} CONNECTION ${quoteName(name)}`;
}

function assignments(keyword: string, options: Options): readonly string[] {
  return Object.entries(options).map(([option, value]) => {
    if (!isKeyword(option)) throw notAWord(option);
    return `${option} = ${literalOf(option, value, ruleOf(keyword, option))}`;
  });
}

/** Types and options are words of the language: they cannot be quoted, so only these characters get through. */
export function isKeyword(word: string): boolean {
  return /^[A-Z][A-Z0-9_]{0,63}$/.test(word);
}

function notAWord(word: string): PatchbayError {
  return new PatchbayError({
    code: "unknown_field",
    detail: `${JSON.stringify(word)} is no word of Upsolver's statements. Types and options are written in capitals, digits and underscores: MONGODB, CONNECTION_STRING.`,
  });
}
