import { errorDiagnostic } from "../../diagnostics";
import type { Refusal, RefusalAnswer } from "../../http";
import type { AnswerSource } from "./answer";

/**
 * What to make of a refusal that is not in the platform's own words. A 404 of
 * something in between must never be taken for "gone"; anything else is left to
 * the status.
 */
export function foreignRefusal(
  { status, host }: RefusalAnswer,
  { title, advice }: AnswerSource,
): Refusal | undefined {
  if (status !== 404) return undefined;
  return {
    diagnostics: [
      errorDiagnostic({
        code: "invalid_answer",
        detail: `What answers at ${host} has no such address, and not in the words of ${title}. ${advice}`,
      }),
    ],
  };
}
