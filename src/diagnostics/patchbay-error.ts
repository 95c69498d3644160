import {
  type Diagnostic,
  type DiagnosticOptions,
  errorDiagnostic,
  formatDiagnostic,
} from "./diagnostic";

/**
 * Thrown by what talks to the outside (adapters, stores, files) when an
 * operation did not happen for a reason that a user can act on. It is turned
 * back into its diagnostics at one place per entry point: the provider's RPC
 * dispatcher and the command line's main. Anything else thrown is our own bug.
 */
export class PatchbayError extends Error {
  override readonly name = "PatchbayError";
  readonly diagnostics: readonly Diagnostic[];

  constructor(failure: DiagnosticOptions | readonly Diagnostic[]) {
    const diagnostics =
      "code" in failure ? [errorDiagnostic(failure)] : failure;
    super(diagnostics.map(formatDiagnostic).join("\n"));
    this.diagnostics = diagnostics;
  }

  /** Whether one of the diagnostics is of this kind. */
  has(code: Diagnostic["code"]): boolean {
    return this.diagnostics.some((diagnostic) => diagnostic.code === code);
  }
}

/** The diagnostics of any thrown value: those it carries, or the one for our own bugs. */
export function diagnosticsOf(thrown: unknown): readonly Diagnostic[] {
  if (thrown instanceof PatchbayError) return thrown.diagnostics;
  return [
    errorDiagnostic({
      code: "internal_error",
      detail:
        "This is a bug in Patchbay, not in your configuration. Please report it with the command that you ran and the log at TF_LOG=debug: https://github.com/patchbay/patchbay/issues",
    }),
  ];
}
