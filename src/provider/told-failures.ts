import type { Diagnostic, DiagnosticCode } from "../diagnostics";
import { diagnosticSummaries } from "../diagnostics";

/** What keeps the whole platform, not one object, from being asked: each object of a walk meets the same. */
const failuresOfAccess: ReadonlySet<DiagnosticCode> = new Set([
  "missing_credential",
  "unauthorized",
  "forbidden",
  "unreachable",
  "tls_failure",
  "rate_limited",
  "hub_not_initialised",
] satisfies DiagnosticCode[]);

/**
 * The failures of access that one Terraform walk has told in full. Each object
 * is answered by itself and core shows all answers, so the same one again is a
 * line that refers to the first.
 */
export class ToldFailures {
  readonly #told = new Set<string>();

  /** The diagnostics of one answer, as this walk tells them. */
  tell(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
    const told = diagnostics.map((one) =>
      this.#told.has(textOf(one)) ? { ...one, detail: shortOf(one) } : one,
    );
    for (const one of diagnostics)
      if (failuresOfAccess.has(one.code)) this.#told.add(textOf(one));
    return told;
  }
}

/** Each request has an id of its own. */
function textOf({ code, detail }: Diagnostic): string {
  return `${code} ${detail.replaceAll(/,? request id [^\s,);]+/g, "")}`;
}

function shortOf({ code }: Diagnostic): string {
  return `The same as the first "${diagnosticSummaries[code]}" of this run, which says what to do.`;
}
