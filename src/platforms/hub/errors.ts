import {
  type Diagnostic,
  type DiagnosticCode,
  type DiagnosticPath,
  diagnosticSummaries,
  errorDiagnostic,
} from "../../diagnostics";
import type { Refusal, RefusalAnswer } from "../../http";
import { fieldOf, isList, isObject, type JsonValue } from "../../model";

/**
 * Reads a problem (RFC 9457) of the hub back into the diagnostics that its
 * service gave. Undefined, so that the status decides, for a refused credential
 * (only this side knows where it came from), for the hub's own failures, and for
 * what somebody in between answered; except for 404, which without the hub's
 * word must never be taken for "gone".
 */
export function readHubRefusal({
  status,
  body,
  host,
}: RefusalAnswer): Refusal | undefined {
  const diagnostics = diagnosticsOf(body as JsonValue | undefined);
  const [first] = diagnostics;
  if (first === undefined) return status === 404 ? notTheHub(host) : undefined;
  if (status === 401 || first.code === "internal_error") return undefined;
  return { diagnostics, problemCode: first.code };
}

function notTheHub(host: string): Refusal {
  const detail = `What answers at ${host} has no such address, so it may be no Patchbay hub. Check the endpoint, its path included.`;
  return { diagnostics: [errorDiagnostic({ code: "invalid_answer", detail })] };
}

/** None where the body is not one of the hub's problems. */
function diagnosticsOf(body: JsonValue | undefined): readonly Diagnostic[] {
  const listed = isObject(body) ? fieldOf(body, "diagnostics") : undefined;
  if (!isList(listed)) return [];
  const read = listed.map(diagnosticOf);
  return read.every((diagnostic) => diagnostic !== undefined) ? read : [];
}

function diagnosticOf(item: JsonValue): Diagnostic | undefined {
  if (!isObject(item)) return undefined;
  const code = fieldOf(item, "code");
  const detail = fieldOf(item, "detail");
  const path = fieldOf(item, "path") ?? [];
  if (typeof code !== "string" || typeof detail !== "string" || !isPath(path))
    return undefined;
  return errorDiagnostic({
    code: isCode(code) ? code : "platform_failure",
    detail,
    path,
  });
}

/** A newer hub may know more codes. */
function isCode(code: string): code is DiagnosticCode {
  return Object.hasOwn(diagnosticSummaries, code);
}

function isPath(path: JsonValue): path is DiagnosticPath {
  return (
    isList(path) &&
    path.every((step) => typeof step === "string" || typeof step === "number")
  );
}
