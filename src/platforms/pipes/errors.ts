import {
  type DiagnosticCode,
  errorDiagnostic,
  PatchbayError,
} from "../../diagnostics";
import { ApiError, type Refusal, type RefusalAnswer } from "../../http";
import { fieldOf, isList, isObject, type JsonValue } from "../../model";

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
export function readPipesRefusal({
  status,
  body,
  host,
}: RefusalAnswer): Refusal | undefined {
  const words = wordsOf(body as JsonValue | undefined);
  if (words === undefined) return status === 404 ? notPipes(host) : undefined;
  const code = codes[status];
  if (code === undefined) return undefined;
  return {
    problemCode: code,
    diagnostics: [
      errorDiagnostic({
        code,
        detail: `Turbot Pipes (${host}) refused with ${status}: ${words}${advice[status] ?? ""}`,
      }),
    ],
  };
}

function notPipes(host: string): Refusal {
  const detail = `What answers at ${host} has no such address, and not in the words of Turbot Pipes. Check the host.`;
  return { diagnostics: [errorDiagnostic({ code: "invalid_answer", detail })] };
}

/** Undefined where the body is not one of Pipes' problems. */
function wordsOf(body: JsonValue | undefined): string | undefined {
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
  return `${parts.join("; ").replace(/\.+$/, "")}.`;
}

function faultOf(fault: JsonValue): string {
  const part = (name: string) =>
    isObject(fault) && typeof fieldOf(fault, name) === "string"
      ? String(fieldOf(fault, name))
      : "";
  return [part("location"), part("message")].filter(Boolean).join(": ");
}

/** Whether Pipes itself said that there is no such object. */
export function isGone(thrown: unknown): boolean {
  return isRefusal(thrown, 404) && thrown.problemCode === "not_found";
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
