import { type Diagnostic, hasErrors, PatchbayError } from "../../diagnostics";

/** Rejects where there is an error among them: with all of them, warnings included. */
export function refuse(faults: readonly Diagnostic[]): void {
  if (hasErrors(faults)) throw new PatchbayError(faults);
}
