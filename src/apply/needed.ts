import { PatchbayError } from "../diagnostics";
import type { Checked } from "../model";

/** The value, or its faults thrown. */
export function needed<T>(checked: Checked<T>): T {
  if (checked.ok) return checked.value;
  throw new PatchbayError(checked.diagnostics);
}
