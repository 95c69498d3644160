import { Secret } from "../../diagnostics";
import { isList, isObject, type JsonValue } from "../../model";

/** As much in common with a secret is no accident. */
const PART = 6;
/** Of a shorter secret it cannot be told whether words repeat it, so they are left out. */
const SHORTEST = 4;
/** What a message passes on at most. */
const LONGEST = 600;
/** Encodings may be within each other: a URL in JSON in a text of Base64. */
const DEPTH = 3;
const MOST_READINGS = 400;

/** What stands in place of words that may hold a part of a secret. */
export const WORDS_WITHHELD =
  "Its words are not shown, since they may repeat a part of a secret";

/**
 * A vendor's words, fit for a message: on one line, cut off where they are long,
 * without a full stop. Undefined where they hold a part of a secret that was
 * sent: as it is, or encoded in a usual way (percent, HTML entities, escapes,
 * Base64 at any offset, hexadecimal), cut short, or with other line breaks. Words
 * that hold none are passed on as they are; nothing is replaced in them, since
 * what is left would tell where the secret was.
 */
export function vendorWords(
  words: string,
  secrets: Secrets,
): string | undefined {
  const line = words.replace(/[\s\p{Cc}]+/gu, " ").trim();
  const short = line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
  return repeatsSecret(short, secrets) ? undefined : short.replace(/\.+$/, "");
}

/** Several words of one answer, each judged by itself, so that the harmless ones are passed on; undefined where none is. */
export function vendorPhrases(
  phrases: readonly string[],
  secrets: Secrets,
): string | undefined {
  const shown = phrases.filter((phrase) => !repeatsSecret(phrase, secrets));
  return shown.length === 0
    ? undefined
    : vendorWords(shown.join("; "), secrets);
}

/** The same as a sentence: `It says: …`. */
export function vendorSays(words: string, secrets: Secrets): string {
  if (words.trim() === "") return "It gives no reason";
  const shown = vendorWords(words, secrets);
  return shown === undefined ? WORDS_WITHHELD : `It says: ${shown}`;
}

/** What was sent and is secret: trees of texts and numbers. */
export type Secrets = readonly (Secret<unknown> | JsonValue | undefined)[];

/** Whether words hold a part of a secret, in any form that a server may give it. */
export function repeatsSecret(words: string, secrets: Secrets): boolean {
  const hidden = new Set(secrets.flatMap((secret) => textsOf(secret)));
  if (hidden.size === 0 || words === "") return false;
  const short: string[] = [];
  const parts = new Set<string>();
  for (const text of hidden) {
    if (text.length < SHORTEST) return true;
    if (text.length < PART) short.push(text);
    for (let at = 0; at + PART <= text.length; at++)
      parts.add(text.slice(at, at + PART));
  }
  return readingsOf(words).some((reading) => {
    const text = reading.toLowerCase();
    if (short.some((secret) => text.includes(secret))) return true;
    for (let at = 0; at + PART <= text.length; at++)
      if (parts.has(text.slice(at, at + PART))) return true;
    return false;
  });
}

// ---- what is secret ---------------------------------------------------------

function textsOf(secret: Secrets[number]): readonly string[] {
  const value =
    secret instanceof Secret
      ? (secret.reveal() as JsonValue | undefined)
      : secret;
  return leavesOf(value)
    .map(essence)
    .filter((text) => text !== "");
}

function leavesOf(value: JsonValue | undefined): readonly string[] {
  if (isList(value)) return value.flatMap(leavesOf);
  if (isObject(value)) return Object.values(value).flatMap(leavesOf);
  if (typeof value === "number") return [String(value)];
  if (typeof value !== "string") return [];
  // A key file: the names of its fields are no secrets, and stand in many a message.
  const inside = /^\s*[{[]/.test(value) ? jsonIn(value) : undefined;
  return typeof inside === "object" && inside !== null
    ? leavesOf(inside)
    : [value];
}

function jsonIn(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Without what everybody knows of it: the lines around a key, the word before a token. */
function essence(secret: string): string {
  const text = secret
    .replace(/-----(?:BEGIN|END) [A-Z0-9 ]{1,60}-----/g, "")
    .replace(/^\s*(?:basic|bearer|token)\s+/i, "");
  return withoutBlanks(text).toLowerCase();
}

// ---- what words may mean ----------------------------------------------------

/** The words as they are and as everything that they may be an encoding of, without blanks: where a key's lines break, nobody knows. */
function readingsOf(words: string): readonly string[] {
  const readings = new Set([withoutBlanks(words)]);
  let newest: readonly string[] = [...readings];
  for (let depth = 0; depth < DEPTH; depth++) {
    const found: string[] = [];
    for (const text of newest)
      for (const decode of decoders)
        for (const decoded of decode(text)) {
          const reading = withoutBlanks(decoded);
          if (readings.size >= MOST_READINGS || readings.has(reading)) continue;
          readings.add(reading);
          found.push(reading);
        }
    newest = found;
  }
  return [...readings];
}

const decoders: readonly ((text: string) => readonly string[])[] = [
  (text) =>
    (["utf8", "latin1"] as const).map((charset) =>
      text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
        Buffer.from(run.replaceAll("%", ""), "hex").toString(charset),
      ),
    ),
  (text) => [text.replace(/\+/g, "")],
  (text) => [text.replace(/&(?:#x?[0-9a-f]{1,7}|[a-z]{2,8});?/gi, entity)],
  (text) => [
    text.replace(
      /\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([0-7]{3})|(.))/gi,
      escape,
    ),
  ],
  // Doubled, as SQL and CSV write them inside quotes.
  (text) => [text.replace(/''/g, "'").replace(/""/g, '"')],
  base64Readings,
  hexReadings,
];

function escape(
  whole: string,
  braced?: string,
  four?: string,
  two?: string,
  octal?: string,
  single?: string,
): string {
  const hex = braced ?? four ?? two;
  if (hex !== undefined) return character(parseInt(hex, 16), whole);
  if (octal !== undefined) return character(parseInt(octal, 8), whole);
  return /[nrtbfv]/.test(single ?? "") ? " " : (single ?? whole);
}

function entity(whole: string): string {
  const name = whole.slice(1).replace(";", "");
  if (/^#x/i.test(name)) return character(parseInt(name.slice(2), 16), whole);
  if (name.startsWith("#"))
    return character(parseInt(name.slice(1), 10), whole);
  return entities[name.toLowerCase()] ?? whole;
}

function character(code: number, otherwise: string): string {
  return Number.isInteger(code) && code <= 0x10ffff
    ? String.fromCodePoint(code)
    : otherwise;
}

/** The named ones of ASCII. */
const entities: Readonly<Record<string, string | undefined>> = {
  amp: "&",
  apos: "'",
  ast: "*",
  bsol: "\\",
  colon: ":",
  comma: ",",
  commat: "@",
  dollar: "$",
  equals: "=",
  excl: "!",
  grave: "`",
  gt: ">",
  hat: "^",
  lcub: "{",
  lowbar: "_",
  lpar: "(",
  lsqb: "[",
  lt: "<",
  nbsp: " ",
  num: "#",
  percnt: "%",
  period: ".",
  plus: "+",
  quest: "?",
  quot: '"',
  rcub: "}",
  rpar: ")",
  rsqb: "]",
  semi: ";",
  sol: "/",
  verbar: "|",
};

/** From each of the four places that a group may begin at: what is in front of it may be letters, too. */
function base64Readings(text: string): readonly string[] {
  const runs = text.match(/[A-Za-z0-9+/_-]{6,}/g) ?? [];
  if (runs.length === 0) return [];
  return [0, 1, 2, 3].map((offset) =>
    runs
      .map((run) => Buffer.from(run.slice(offset), "base64").toString("utf8"))
      .join("\uffff"),
  );
}

function hexReadings(text: string): readonly string[] {
  const runs = text.match(/[0-9a-f]{8,}/gi) ?? [];
  if (runs.length === 0) return [];
  return [0, 1].map((offset) =>
    runs
      .map((run) => Buffer.from(run.slice(offset), "hex").toString("utf8"))
      .join("\uffff"),
  );
}

function withoutBlanks(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, "");
}
