import {
  type DiagnosticCode,
  errorDiagnostic,
  PatchbayError,
} from "../../diagnostics";
import { ApiError, type Refusal, type RefusalAnswer } from "../../http";
import { fieldOf, isList, isObject, type JsonValue } from "../../model";
import {
  type AnswerSource,
  foreignRefusal,
  vendorPhrases,
  WORDS_WITHHELD,
} from "../kit";

export const pipesAnswers: AnswerSource = {
  title: "Turbot Pipes",
  advice:
    'Check "host" in the provider\'s pipes block (or PIPES_HOST); perhaps the API has changed since this version was made.',
};

/** How the statuses that Pipes answers with are reported. The others are left to the status alone. */
const codes: Readonly<Record<number, DiagnosticCode>> = {
  400: "platform_failure",
  402: "forbidden",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  412: "conflict",
};

const advice: Readonly<Record<number, string>> = {
  402: " The plan of this account does not include it, or its limit is reached.",
  403: " The token is valid but does not allow it: connections of a tenant or an organization need an owner of it.",
};

/**
 * Reads a problem of Pipes (`type`, `title`, `status`, `detail`,
 * `validation_errors`). Undefined, so that the status decides, for a refused
 * token, for rate limits and for failures of the server; a 404 that is not in
 * the words of Pipes is never taken for "gone".
 */
export function readPipesRefusal(answer: RefusalAnswer): Refusal | undefined {
  const { status, host, secrets } = answer;
  const words = wordsOf(answer.body as JsonValue | undefined);
  if (words === undefined) return foreignRefusal(answer, pipesAnswers);
  const code = codes[status];
  if (code === undefined) return undefined;
  const said = vendorPhrases(words, secrets) ?? WORDS_WITHHELD;
  return {
    problemCode: code,
    diagnostics: [
      errorDiagnostic({
        code,
        detail: `Turbot Pipes (${host}) refused with ${status}: ${said}.${advice[status] ?? ""}`,
      }),
    ],
  };
}

/** Undefined where the body is not one of Pipes' problems. */
function wordsOf(body: JsonValue | undefined): readonly string[] | undefined {
  if (!isObject(body)) return undefined;
  const title = fieldOf(body, "title");
  const detail = fieldOf(body, "detail");
  if (typeof title !== "string" || typeof fieldOf(body, "status") !== "number")
    return undefined;
  const faults = fieldOf(body, "validation_errors");
  const parts = [
    title,
    ...(typeof detail === "string" && detail !== "" ? [detail] : []),
    ...(isList(faults) ? faults.map(faultOf) : []),
  ];
  return parts;
}

function faultOf(fault: JsonValue): string {
  const part = (name: string) =>
    isObject(fault) && typeof fieldOf(fault, name) === "string"
      ? String(fieldOf(fault, name))
      : "";
  return [part("location"), part("message")].filter(Boolean).join(": ");
}

/** Whether it was refused with one of these statuses, in the words of Pipes. */
export function isRefusal(
  thrown: unknown,
  ...statuses: readonly number[]
): thrown is ApiError {
  return (
    thrown instanceof ApiError &&
    thrown.problemCode !== undefined &&
    statuses.includes(thrown.status ?? 0)
  );
}

/** The same refusal as another kind of failure, with a sentence that says what it concerned. */
export function refusedAs(
  code: DiagnosticCode,
  sentence: string,
  refusal: ApiError,
): PatchbayError {
  const words = refusal.diagnostics.map(({ detail }) => detail).join(" ");
  return new PatchbayError({ code, detail: `${sentence} ${words}` });
}
