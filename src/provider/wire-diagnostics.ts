import {
  type Diagnostic,
  type DiagnosticPath,
  formatPath,
} from "../diagnostics";
import type { AttributePath, WireDiagnostic } from "./wire";

/**
 * A diagnostic as Terraform shows it. Terraform shows neither the path inside
 * an attribute nor a code, so both close the detail.
 */
export function toWireDiagnostic(diagnostic: Diagnostic): WireDiagnostic {
  const where =
    diagnostic.path.length > 0 ? `Path: ${formatPath(diagnostic.path)}\n` : "";
  // With an attribute, core prints its source line, and with it a secret that stands there in clear.
  const isShown = diagnostic.code === "secret_in_config";
  const attribute =
    isShown || diagnostic.code === "doubtful_secret"
      ? undefined
      : diagnostic.path[0];
  const advice = isShown
    ? " If it stands there in clear, it is in your code now, and may be in logs: change it at its source."
    : "";
  return {
    severity: diagnostic.severity,
    summary: diagnostic.summary,
    detail: `${withAddress(diagnostic.detail.trimEnd())}${advice}\n\n${where}Code: ${diagnostic.code}`,
    // Only the attribute: with a path into a dynamic value, core shows the resource's first line instead of the attribute's.
    ...(typeof attribute === "string"
      ? { attribute: toAttributePath([attribute]) }
      : {}),
  };
}

/** Those that say the same more than once are said once. */
export function toWireDiagnostics(
  diagnostics: readonly Diagnostic[],
): readonly WireDiagnostic[] {
  const byText = new Map<string, WireDiagnostic[]>();
  for (const diagnostic of diagnostics.map(toWireDiagnostic)) {
    const text = JSON.stringify(diagnostic);
    byText.set(text, [...(byText.get(text) ?? []), diagnostic]);
  }
  return [...byText.values()].map(([first, ...others]) =>
    others.length === 0
      ? first!
      : { ...first!, detail: `${first!.detail}\n(and ${others.length} more)` },
  );
}

/** No provider is told the address of what it works on; Terraform names it above the text. */
function withAddress(detail: string): string {
  return /\bADDRESS\b/.test(detail) && !detail.includes("place of ADDRESS")
    ? `${detail}\n\nADDRESS is the address of this resource, which Terraform names above.`
    : detail;
}

/** Attribute names and list indexes as Terraform addresses them. */
export function toAttributePath(path: DiagnosticPath): AttributePath {
  return {
    steps: path.map((step) =>
      typeof step === "number"
        ? { elementKeyInt: step }
        : { attributeName: step },
    ),
  };
}
