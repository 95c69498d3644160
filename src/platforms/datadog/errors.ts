import { type DiagnosticCode, errorDiagnostic } from "../../diagnostics";
import type { Refusal, RefusalAnswer } from "../../http";
import {
  fieldOf,
  isList,
  isObject,
  type JsonObject,
  type JsonValue,
} from "../../model";
import { foreignRefusal, vendorPhrases, WORDS_WITHHELD } from "../kit";
import { datadogAnswers } from "./answers";

const codes: Readonly<Record<number, DiagnosticCode>> = {
  400: "invalid_configuration",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  422: "invalid_configuration",
};

/**
 * Reads Datadog's errors, which are texts on some paths and objects on others.
 * Undefined, so that the status decides, for what is the same on every platform
 * (401, 429, 5xx) and for what somebody in between answered; except for 404,
 * which without Datadog's word must never be taken for "gone".
 */
export function readDatadogRefusal(answer: RefusalAnswer): Refusal | undefined {
  const { status, host, secrets } = answer;
  const code = codes[status];
  if (code === undefined) return undefined;
  const words = wordsOf(answer.body as JsonValue | undefined);
  if (words === undefined) return foreignRefusal(answer, datadogAnswers);
  const told = vendorPhrases(words, secrets);
  const said =
    words.length === 0
      ? ""
      : told === undefined
        ? ` ${WORDS_WITHHELD}.`
        : ` Datadog says: ${told}`;
  const detail =
    code === "forbidden"
      ? forbiddenDetail(host, said)
      : `${host} did not accept the request (${status}); nothing was changed by it.${said}`;
  return {
    diagnostics: [errorDiagnostic({ code, detail })],
    problemCode: code,
  };
}

function forbiddenDetail(host: string, said: string): string {
  return `${host} does not allow this (403).${said}

Connections can be managed only with an application key that is registered for the Actions API. In Datadog, open Organization Settings > Application Keys, choose the key, and turn on "Actions API access"; or register it by its id (not its secret):

  curl -X PUT https://${host}/api/v2/actions/app_key_registrations/APP_KEY_ID -H "DD-API-KEY: $DD_API_KEY" -H "DD-APPLICATION-KEY: $DD_APP_KEY"

The key's user needs the permissions connections_read and connections_write. Wrong keys, and keys of another site, get the same answer: check the provider's datadog block (api_key, app_key, bearer_token, site) or DD_API_KEY, DD_APP_KEY, DD_BEARER_TOKEN and DD_SITE.`;
}

/** What the errors say; undefined where the body is not one of Datadog's errors. */
function wordsOf(body: JsonValue | undefined): readonly string[] | undefined {
  const errors = isObject(body) ? fieldOf(body, "errors") : undefined;
  if (!isList(errors)) return undefined;
  return errors.map(wordsOfError).filter((text) => text !== "");
}

function wordsOfError(error: JsonValue): string {
  if (typeof error === "string") return error.trim();
  if (!isObject(error)) return "";
  const texts = [text(error, "title"), text(error, "detail")];
  return texts
    .filter((one) => one !== "" && one !== "Generic Error")
    .join(": ");
}

function text(object: JsonObject, field: string): string {
  const value = fieldOf(object, field);
  return typeof value === "string" ? value.trim() : "";
}
