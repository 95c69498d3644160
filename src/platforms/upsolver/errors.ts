import { errorDiagnostic, PatchbayError, Secret } from "../../diagnostics";
import type { HttpClient, Refusal, RefusalAnswer } from "../../http";
import { fieldOf, isObject, type JsonValue } from "../../model";
import {
  type AnswerSource,
  foreignRefusal,
  vendorSays,
  vendorWords,
} from "../kit";

export const credentialAdvice =
  "Check \"token\" in the provider's upsolver block, or the environment variable UPSOLVER_TOKEN. Tokens are made in Upsolver's console under Settings, API Tokens.";

export const upsolverAnswers: AnswerSource = {
  title: "an API of Upsolver that runs statements",
  advice:
    'Check "api_url" in the provider\'s upsolver block (or UPSOLVER_API_URL).',
};

/** Upsolver answers 403 to a wrong token as well as to one that does not allow something; no 404 is its own. */
export function readUpsolverRefusal(
  answer: RefusalAnswer,
): Refusal | undefined {
  const { status, body, host } = answer;
  if (status !== 403) return foreignRefusal(answer, upsolverAnswers);
  const isForbidden =
    isObject(body as JsonValue) &&
    fieldOf(body as { clazz?: JsonValue }, "clazz") === "ForbiddenException";
  return {
    diagnostics: [
      errorDiagnostic({
        code: isForbidden ? "forbidden" : "unauthorized",
        detail: isForbidden
          ? `Upsolver at ${host} does not allow this with the token that is set. Use the token of somebody who may manage connections. ${credentialAdvice}`
          : `Upsolver at ${host} refused the token, or the token does not allow this; its answer does not tell which. ${credentialAdvice}`,
      }),
    ],
  };
}

/**
 * A statement that Upsolver refused, so that nothing came of it. Its words may
 * quote the statement, secrets included: they are told only through `wordsFor`.
 */
export class StatementRefused extends PatchbayError {
  readonly #words: Secret<string>;
  readonly #credentials: HttpClient["secrets"];

  constructor(words: string, credentials: HttpClient["secrets"]) {
    super({
      code: "platform_failure",
      detail: "Upsolver refused a statement. Nothing was changed.",
    });
    this.#words = new Secret(words);
    this.#credentials = credentials;
  }

  /** Upsolver's words, unless they hold a part of a secret that was sent. */
  wordsFor(secrets: Secret<unknown> | undefined): string {
    return vendorSays(this.#words.reveal(), [secrets, ...this.#credentials]);
  }

  /** What is listed after the words for a connection that is in use; undefined where it is refused for something else. */
  usages(): string | undefined {
    const words = this.#words.reveal();
    const found = /due to usages:?\s*/i.exec(words);
    if (found === null) return undefined;
    const usages = words.slice(found.index + found[0].length);
    return (
      vendorWords(usages, this.#credentials) ??
      "tables or jobs that it names in words that are not shown, since they may repeat a part of a secret"
    );
  }
}
