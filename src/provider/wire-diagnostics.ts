import {
  type Diagnostic,
  type DiagnosticPath,
  formatPath,
} from "../diagnostics";
import type { AttributePathStep, WireDiagnostic } from "./wire";

/**
 * A diagnostic as Terraform shows it. Terraform shows neither the path inside
 * an attribute nor a code, so both close the detail.
 */
export function toWireDiagnostic(diagnostic: Diagnostic): WireDiagnostic {
  const where =
    diagnostic.path.length > 0 ? `Path: ${formatPath(diagnostic.path)}\n` : "";
  const attribute = toAttributePath(diagnostic.path);
  return {
    severity: diagnostic.severity,
    summary: diagnostic.summary,
    detail: `${diagnostic.detail.trimEnd()}\n\n${where}Code: ${diagnostic.code}`,
    ...(attribute === undefined ? {} : { attribute }),
  };
}

export function toWireDiagnostics(
  diagnostics: readonly Diagnostic[],
): readonly WireDiagnostic[] {
  return diagnostics.map(toWireDiagnostic);
}

/** Attribute names and list indexes as Terraform addresses them, so that it can show the source line. */
export function toAttributePath(
  path: DiagnosticPath,
): { readonly steps: readonly AttributePathStep[] } | undefined {
  if (path.length === 0) return undefined;
  return {
    steps: path.map((step) =>
      typeof step === "number"
        ? { elementKeyInt: step }
        : { attributeName: step },
    ),
  };
}
