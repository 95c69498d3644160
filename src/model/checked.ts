import { type Diagnostic, PatchbayError } from "../diagnostics";

/** The outcome of reading something that a user wrote: a value, or everything that is wrong with it. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export function valid<T>(value: T): Checked<T> {
  return { ok: true, value };
}

export function invalid<T = never>(
  ...diagnostics: readonly Diagnostic[]
): Checked<T> {
  return { ok: false, diagnostics };
}

/** The value; rejects with everything that is wrong where there is none. */
export function needed<T>(checked: Checked<T>): T {
  if (checked.ok) return checked.value;
  throw new PatchbayError(checked.diagnostics);
}
