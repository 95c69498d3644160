import { Token, Tokenization } from "./framework";

/** `${TfToken[TOKEN.7]}`: how cdktf writes a token into a string. */
const tokenMarker = /(\$\{TfToken\[[a-zA-Z0-9:._-]+\]\})/;

/** Keys and strings that cdktf or JavaScript would take for something else than text. */
const reservedTexts: readonly string[] = [
  "__proto__",
  Token.STRING_MAP_TOKEN_VALUE,
  Token.ANY_MAP_TOKEN_VALUE,
];

/**
 * A user's text as the Terraform template that gives exactly this text:
 * `${` and `%{` are escaped. Tokens in it stay tokens.
 */
export function templateOf(text: string): string {
  if (reservedTexts.includes(text)) return literalTemplate(text);
  if (!/[$%]|\{TfToken\[/.test(text)) return text;
  return partsOf(text)
    .map((part, index, parts) =>
      isToken(part) ? part : literalPart(part, isToken(parts[index + 1])),
    )
    .join("");
}

/** Tokens and the literal texts between them. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let literal = "";
  for (const part of text.split(tokenMarker)) {
    if (!isToken(part)) {
      literal += part;
      continue;
    }
    parts.push(literal, part);
    literal = "";
  }
  return [...parts, literal];
}

/**
 * Two such signs before a brace are an escape sequence themselves, and a dollar
 * sign before an interpolation would make it literal text. Such runs are written
 * as the interpolation of a constant.
 */
function literalPart(part: string, beforeToken: boolean): string {
  const escaped = part
    .replace(
      /([$%]+)\{(TfToken\[)?/g,
      (_match, run: string, marker: string | undefined) =>
        run.length > 1 || marker !== undefined
          ? `${literalTemplate(run)}{${marker ?? ""}`
          : `${run}${run}{`,
    )
    // What cdktf writes for tokens of lists and maps.
    .replace(/\$*[#&](?=\{TfToken\[)/g, literalTemplate);
  return beforeToken ? escaped.replace(/\$+$/, literalTemplate) : escaped;
}

function literalTemplate(text: string): string {
  return `\${"${text}"}`;
}

/** Whether it is a token marker that cdktf has given out; a user may have typed one that it has not. */
function isToken(part: string | undefined): boolean {
  if (part === undefined || !tokenMarker.test(part)) return false;
  try {
    return Tokenization.reverseString(part).tokens.length > 0;
  } catch {
    return false;
  }
}
