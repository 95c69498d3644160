import { errorDiagnostic } from "../../diagnostics";
import type { Refusal, RefusalAnswer } from "../../http";
import { fieldOf, isList, isObject, type JsonValue } from "../../model";
import { foreignRefusal, repeatsSecret } from "../kit";
import { astroAnswers } from "./answers";

/**
 * Reads Astro's errors. Only the names of the fields that Astro found fault with
 * are passed on: its sentences may quote what was sent. Undefined leaves it to
 * the status; except for 404, which without Astro's own body is never "gone".
 */
export function readAstroRefusal(answer: RefusalAnswer): Refusal | undefined {
  const { status, host, secrets } = answer;
  const body = answer.body as JsonValue | undefined;
  if (!isError(body, status)) return foreignRefusal(answer, astroAnswers);
  if (status === 404)
    return {
      diagnostics: [
        errorDiagnostic({
          code: "not_found",
          detail: `Astro at ${host} has no such object, or does not show it with this token. Check the organization_id and what the token may see.`,
        }),
      ],
      problemCode: "not_found",
    };
  if (status !== 400 && status !== 422) return undefined;
  const fields = faultyFields(body).filter(
    (field) => !repeatsSecret(field, secrets),
  );
  return {
    diagnostics: [
      errorDiagnostic({
        code: "invalid_configuration",
        detail: `Astro refused what was sent; nothing was changed. ${
          fields.length === 0
            ? "It does not say which field is at fault; check name, type and config."
            : `It finds fault with: ${fields.join(", ")}.`
        }`,
      }),
    ],
    problemCode: "invalid",
  };
}

/** `message`, `requestId` and `statusCode`, as every error of Astro has them. */
function isError(body: JsonValue | undefined, status: number): boolean {
  return (
    isObject(body) &&
    typeof fieldOf(body, "message") === "string" &&
    fieldOf(body, "statusCode") === status
  );
}

function faultyFields(body: JsonValue | undefined): readonly string[] {
  const faults = isObject(body) ? fieldOf(body, "fieldErrors") : undefined;
  if (!isList(faults)) return [];
  return faults.flatMap((fault) => {
    if (!isObject(fault)) return [];
    const field = fieldOf(fault, "field");
    const code = fieldOf(fault, "code");
    const isName = (text: JsonValue | undefined): text is string =>
      typeof text === "string" && /^[\w.[\]-]{1,80}$/.test(text);
    return isName(field) ? [isName(code) ? `${field} (${code})` : field] : [];
  });
}
