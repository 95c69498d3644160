import { hasErrors, PatchbayError } from "../diagnostics";
import type { Planned } from "../plan";

/** What can no longer be planned is not carried out. */
export function refuseFaults({
  diagnostics,
}: Pick<Planned, "diagnostics">): void {
  if (hasErrors(diagnostics)) throw new PatchbayError(diagnostics);
}
