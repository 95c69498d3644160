import type { CodeLanguage } from "./code-layout";

/** Characters that are not seen, or change how others are seen: written as escapes. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** Names that mean something else as the key of an object. */
const keywords = ["false", "for", "if", "in", "null", "true"];

/** Terraform's own language. */
export const hcl: CodeLanguage = {
  assignment: " = ",
  separator: "",
  aligned: true,
  text: hclText,
  variable: (name) => `var.${name}`,
  field: (name) => {
    if (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name) && !keywords.includes(name))
      return name;
    // ASCII only: `terraform fmt` counts columns, and what a column is depends on its Unicode version.
    return hclText(name).replaceAll(/[^\x20-\x7e]/gu, escapeOf);
  },
};

/** A text in quotes that gives exactly this text: `${` and `%{` in it are no templates. */
export function hclText(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll(/(\$+|%+)\{/g, (_match, run: string) =>
      // "$${" is an escape sequence itself, so a run is written by numbers.
      run.length === 1
        ? `${run}${run}{`
        : `${[...run].map(escapeOf).join("")}{`,
    )
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    .replaceAll(invisible, escapeOf);
  return `"${escaped}"`;
}

/**
 * A text as Terraform's JSON syntax takes it, where strings are templates:
 * what gives exactly this text.
 */
export function templateText(text: string): string {
  // A run before a brace is an escape sequence itself, and a dollar sign before an interpolation would begin one.
  return text.replaceAll(/([$%]+)\{/g, (_match, run: string) =>
    run.length === 1 ? `${run}${run}{` : `\${"${run}"}{`,
  );
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // Half of a character cannot be written in UTF-8.
  if (code >= 0xd800 && code <= 0xdfff) return "\\ufffd";
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, "0")}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
}
