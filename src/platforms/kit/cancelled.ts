import { PatchbayError } from "../../diagnostics";

export function cancelled(): PatchbayError {
  return new PatchbayError({
    code: "cancelled",
    detail: "It was cancelled before anything was changed.",
  });
}

/** Rejects with `cancelled` once the signal says so. */
export function requireRunning(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw cancelled();
}
