import { type DiagnosticCode, diagnosticSummaries } from "./codes";

/**
 * One thing that is wrong (or doubtful), said to a person: what it is, where,
 * why if that is not obvious, and what to do.
 */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** Stable kind of failure; never reworded. */
  readonly code: DiagnosticCode;
  /** Two to five words, fixed per code. */
  readonly summary: string;
  /** What exactly is wrong and what to do. Never holds a secret. */
  readonly detail: string;
  /** Where in the declared object: attribute names and list indexes. Empty: the object as a whole. */
  readonly path: DiagnosticPath;
}

/** Attribute names and list indexes from the declared object down to the fault. */
export type DiagnosticPath = readonly (string | number)[];

/** What a diagnostic is made from; the summary follows from the code. */
export interface DiagnosticOptions {
  readonly code: DiagnosticCode;
  readonly detail: string;
  /** @default [] the object as a whole */
  readonly path?: DiagnosticPath;
}

/** An error: the operation does not happen. */
export function errorDiagnostic(options: DiagnosticOptions): Diagnostic {
  return diagnosticOf("error", options);
}

/** A warning: the operation goes on, but the user should know. */
export function warningDiagnostic(options: DiagnosticOptions): Diagnostic {
  return diagnosticOf("warning", options);
}

function diagnosticOf(
  severity: Diagnostic["severity"],
  { code, detail, path = [] }: DiagnosticOptions,
): Diagnostic {
  return { severity, code, summary: diagnosticSummaries[code], detail, path };
}

/** Whether at least one of them is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

/** The same diagnostic, seen from an enclosing object. */
export function under(
  path: DiagnosticPath,
  diagnostic: Diagnostic,
): Diagnostic {
  return { ...diagnostic, path: [...path, ...diagnostic.path] };
}

/** `config.hosts[2].port`, the way a user would write the path. */
export function formatPath(path: DiagnosticPath): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      if (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(step)) {
        return index === 0 ? step : `.${step}`;
      }
      return `[${JSON.stringify(step)}]`;
    })
    .join("");
}

/** One line for terminals and logs: `Unknown field at config.prot (unknown_field): …`. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const where =
    diagnostic.path.length > 0 ? ` at ${formatPath(diagnostic.path)}` : "";
  return `${diagnostic.summary}${where} (${diagnostic.code}): ${diagnostic.detail}`;
}
