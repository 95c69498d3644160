import { PatchbayError } from "../../../diagnostics";

/** What was found; else the refusal (404). */
export function required<T>(found: T | undefined, what: string): T {
  if (found !== undefined) return found;
  throw new PatchbayError({
    code: "not_found",
    detail: `The hub has no such ${what}. Check the names in the address.`,
  });
}
