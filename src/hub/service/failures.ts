import { type DiagnosticPath, PatchbayError } from "../../diagnostics";
import { checkName } from "../../model";
import type { Uses } from "../store/store";
import { concurrencyTokenOf, type Versioned } from "./observed";

/** The words for what the hub refuses. `what` is a kind and a natural key: `workspace analytics of organization/acme`. */
export function notFound(
  what: string,
  path: DiagnosticPath = [],
): PatchbayError {
  return new PatchbayError({
    code: "not_found",
    path,
    detail: `The hub has no ${what}. Create it first, or check the name.`,
  });
}

export function alreadyExists(
  what: string,
  path: DiagnosticPath,
): PatchbayError {
  return new PatchbayError({
    code: "already_exists",
    path,
    detail: `The hub already has the ${what}. Choose another name, or import the one that is there.`,
  });
}

/** Refuses a name that no account, workspace or deployment can have. */
export function requireName(name: string, path: DiagnosticPath): void {
  const faults = checkName(name, path);
  if (faults.length > 0) throw new PatchbayError(faults);
}

/** Refuses a write that is based on an older state. */
export function requireCurrent(
  what: string,
  row: Versioned,
  concurrencyToken: string | undefined,
): void {
  if (
    concurrencyToken === undefined ||
    concurrencyToken === concurrencyTokenOf(row)
  )
    return;
  throw new PatchbayError({
    code: "conflict",
    detail: `The ${what} was changed by somebody else since it was read; nothing was written. Read it again, then repeat the change.`,
  });
}

/** Nothing where there is no use; else the refusal that lists what to remove first. */
export function requireUnused(what: string, uses: Uses): void {
  const listed = Object.entries(uses)
    .filter(([, names]) => names.length > 0)
    .map(([kind, names]) => `${kind} ${names.join(", ")}`);
  if (listed.length === 0) return;
  throw new PatchbayError({
    code: "in_use",
    detail: `The ${what} is still in use: ${listed.join("; ")}. Remove these first; nothing was deleted.`,
  });
}
