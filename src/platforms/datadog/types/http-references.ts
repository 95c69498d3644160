import { createHash } from "node:crypto";

/**
 * Datadog keeps an HTTP connection's secrets as named tokens; a header, a
 * parameter or the body refers to one as `{{ name }}`. A secret header of the
 * catalogue is therefore two things there: a token and a header that refers to
 * it. The names that we choose for such tokens begin with a word that no
 * declared token may begin with, so that they are recognised when they come back.
 */
const RESERVED = "patchbay";

/** The token behind the catalogue's field `token`. */
export const MAIN_TOKEN = `${RESERVED}Token`;

/** Whether a token of this name is one of ours. */
export function isReserved(name: string): boolean {
  return name.toLowerCase().startsWith(RESERVED);
}

/** The token behind a secret header or parameter: letters and digits only, the same for the same name, different for others. */
export function tokenNameFor(kind: "Header" | "Parameter", name: string) {
  const words = name.replace(/[^A-Za-z0-9]/g, "");
  const digest = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${RESERVED}${kind}${words}${digest}`;
}

/** How a value refers to a token. */
export function referenceTo(tokenName: string): string {
  return `{{ ${tokenName} }}`;
}

/** Whether a value is nothing but the reference to our token for this name. */
export function isSecretValue(
  kind: "Header" | "Parameter",
  name: string,
  value: string,
): boolean {
  return value === referenceTo(tokenNameFor(kind, name));
}

/** The word before the main token, where the value is one that we made of `token` and `token_prefix`. */
export function prefixOf(value: string): string | undefined {
  const reference = referenceTo(MAIN_TOKEN);
  if (value === reference) return "";
  return value.endsWith(` ${reference}`)
    ? value.slice(0, -reference.length - 1)
    : undefined;
}

/** The names of all tokens that a text refers to. */
export function referencesIn(text: string): readonly string[] {
  return [...text.matchAll(/\{\{\s*([A-Za-z]\w*)\s*\}\}/g)].map(
    ([, name]) => name!,
  );
}
