import {
  type Diagnostic,
  type DiagnosticCode,
  diagnosticSummaries,
} from "../../diagnostics";
import type { ProblemResource } from "../wire";

/** The HTTP status of each kind of refusal; what is not listed is the request's fault (400). */
const statuses: Readonly<Partial<Record<DiagnosticCode, number>>> = {
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  already_exists: 409,
  in_use: 409,
  attachment_missing: 409,
  conflict: 412,
  hub_locked: 503,
  hub_not_writable: 500,
  hub_too_new: 500,
  hub_corrupted: 500,
  hub_key_missing: 500,
  hub_key_wrong: 500,
  internal_error: 500,
};

/** The status for diagnostics that were raised while answering a request of this method. */
export function statusOf(
  diagnostics: readonly Diagnostic[],
  method: string,
): number {
  const code = diagnostics[0]?.code ?? "internal_error";
  // A create carries no If-Match: its conflict is a reused idempotency key.
  if (code === "conflict" && method === "POST") return 422;
  return statuses[code] ?? 400;
}

/** RFC 9457 with everything that the client needs to raise the same diagnostics. */
export function problemOf(
  diagnostics: readonly Diagnostic[],
  status: number,
): ProblemResource {
  const code = diagnostics[0]?.code ?? "internal_error";
  return {
    type: `urn:patchbay:problem:${code}`,
    title: diagnosticSummaries[code],
    status,
    detail: diagnostics.map((diagnostic) => diagnostic.detail).join("\n"),
    code,
    diagnostics: diagnostics.map(({ code: kind, path, detail }) => ({
      code: kind,
      path,
      detail,
    })),
  };
}
