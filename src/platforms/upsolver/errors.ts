import { errorDiagnostic, PatchbayError, Secret } from "../../diagnostics";
import type { Refusal, RefusalAnswer } from "../../http";
import { fieldOf, isObject, type JsonValue } from "../../model";

export const credentialAdvice =
  "Check \"token\" in the provider's upsolver block, or the environment variable UPSOLVER_TOKEN. Tokens are made in Upsolver's console under Settings, API Tokens.";

/** Upsolver answers 403 to a wrong token as well as to one that does not allow something; any other 404 is not its own. */
export function readUpsolverRefusal({
  status,
  body,
  host,
}: RefusalAnswer): Refusal | undefined {
  if (status === 403) {
    const isForbidden =
      isObject(body as JsonValue) &&
      fieldOf(body as { clazz?: JsonValue }, "clazz") === "ForbiddenException";
    return refusal(
      isForbidden ? "forbidden" : "unauthorized",
      isForbidden
        ? `Upsolver at ${host} does not allow this with the token that is set. Use the token of somebody who may manage connections. ${credentialAdvice}`
        : `Upsolver at ${host} refused the token, or the token does not allow this; its answer does not tell which. ${credentialAdvice}`,
    );
  }
  if (status === 404) {
    return refusal(
      "invalid_answer",
      `What answers at ${host} has no such address, so it may be no API of Upsolver that runs statements. Check "api_url", its path included.`,
    );
  }
  return undefined;
}

function refusal(
  code: "forbidden" | "unauthorized" | "invalid_answer",
  detail: string,
): Refusal {
  return { diagnostics: [errorDiagnostic({ code, detail })] };
}

/**
 * A statement that Upsolver refused, so that nothing came of it. Its words may
 * quote the statement, secrets included: they are told only through `wordsFor`.
 */
export class StatementRefused extends PatchbayError {
  readonly #words: Secret<string>;

  constructor(words: string) {
    super({
      code: "platform_failure",
      detail: "Upsolver refused a statement. Nothing was changed.",
    });
    this.#words = new Secret(words);
  }

  /** Upsolver's words, unless they hold as much as a part of a secret that was sent. */
  wordsFor(secrets: readonly string[]): string {
    const words = this.#words.reveal();
    if (words === "") return "It gives no reason";
    if (secrets.some((secret) => sharesPart(words, secret)))
      return "Its reason quotes a part of a secret and is not shown";
    return `It says: ${shortened(words)}`;
  }

  /** What is listed after the words for a connection that is in use; undefined where it is refused for something else. */
  usages(): string | undefined {
    const words = this.#words.reveal();
    const found = /due to usages:?\s*/i.exec(words);
    return found === null
      ? undefined
      : shortened(words.slice(found.index + found[0].length));
  }
}

/** More than a few characters in common are no accident. */
const PART = 6;
const LONGEST = 1000;

function sharesPart(words: string, secret: string): boolean {
  const text = words.toLowerCase();
  const hidden = secret.toLowerCase();
  if (hidden.length <= PART) return hidden !== "" && text.includes(hidden);
  for (let at = 0; at + PART <= hidden.length; at++)
    if (text.includes(hidden.slice(at, at + PART))) return true;
  return false;
}

/** On one line, without a full stop of its own. */
function shortened(words: string): string {
  const line = words.replace(/[\s\p{Cc}]+/gu, " ").trim();
  const short = line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
  return short.replace(/\.$/, "");
}
