import { soundsSecret } from "../../../catalog";

/**
 * Properties of a Kafka client as text, in the format of Java's property files:
 * one `name=value` per line, backslashes for what would mean something else.
 */
export type Property = readonly [name: string, value: string];

/** Ends with a line break, so that the text never ends with a backslash. */
export function formatProperties(properties: readonly Property[]): string {
  return properties
    .map(
      ([name, value]) =>
        `${escape(name).replace(/[ :=#!]/g, "\\$&")}=${escape(value).replace(/^ /, "\\ ")}\n`,
    )
    .join("");
}

/** Lines that are no property (comments, placeholders) are left out. */
export function parseProperties(text: string): readonly Property[] {
  return logicalLines(text).flatMap((line): readonly Property[] => {
    if (/^[#!]/.test(line)) return [];
    const found = /^((?:\\.|[^\\:=\s])+)\s*[:=]\s*(.*)$/s.exec(line);
    return found === null ? [] : [[unescape(found[1]!), unescape(found[2]!)]];
  });
}

/** A backslash at the end of a line goes on with the next. */
function logicalLines(text: string): readonly string[] {
  const lines: string[] = [];
  let open = false;
  for (const line of text.split(/\r\n|\n|\r/)) {
    const part = line.replace(/^[ \t\f]+/, "");
    if (open) lines.push(`${lines.pop()!.slice(0, -1)}${part}`);
    else if (part !== "") lines.push(part);
    else continue;
    open = /(?:^|[^\\])(?:\\\\)*\\$/.test(lines.at(-1)!);
  }
  return lines;
}

const letters: Readonly<Record<string, string>> = {
  "\n": "n",
  "\r": "r",
  "\t": "t",
  "\f": "f",
};

function escape(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replace(/[\n\r\t\f]/g, (character) => `\\${letters[character]!}`);
}

function unescape(text: string): string {
  return text.replace(
    /\\(u[0-9a-fA-F]{4}|.)/gs,
    (_escape, character: string) => {
      if (/^u[0-9a-fA-F]{4}$/.test(character))
        return String.fromCharCode(parseInt(character.slice(1), 16));
      const plain = Object.entries(letters).find(
        ([, letter]) => letter === character,
      );
      return plain === undefined ? character : plain[0];
    },
  );
}

/** What Kafka's clients document as secret without its name telling. */
const secretProperties = ["keystore.key", "basic.auth.user.info"];

/** Whether a property of this name holds a secret, as far as the name tells. */
export function isSecretProperty(name: string): boolean {
  return (
    secretProperties.some((ending) => `.${name}`.endsWith(`.${ending}`)) ||
    soundsSecret(name, undefined)
  );
}
