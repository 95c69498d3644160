/**
 * service/: the rules of the hub, one file per operation or question. Talks to
 * the store through its contract only; knows neither HTTP nor tokens' scopes.
 */
import { PatchbayError } from "../../diagnostics";
import type { CallOptions } from "../../model";
import type { Sealer } from "../sealing/sealer";
import type { HubStore, Rows } from "../store/store";

/** What the service works with. */
export interface HubContext {
  readonly store: HubStore;
  readonly sealer: Sealer;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** A new text on every call, that nobody can guess. */
  readonly ids: () => string;
}

/** Runs against one consistent state, unless already cancelled. */
export function reading<T>(
  { store }: HubContext,
  options: CallOptions | undefined,
  work: (rows: Rows) => Promise<T>,
): Promise<T> {
  return options?.signal?.aborted === true
    ? Promise.reject(cancelled())
    : store.read(work);
}

/** Runs alone among all writers, unless already cancelled; all of it happens or nothing. */
export function writing<T>(
  { store }: HubContext,
  options: CallOptions | undefined,
  work: (rows: Rows) => Promise<T>,
): Promise<T> {
  return options?.signal?.aborted === true
    ? Promise.reject(cancelled())
    : store.write(work);
}

function cancelled(): PatchbayError {
  return new PatchbayError({
    code: "cancelled",
    detail: "Cancelled before it reached the hub; nothing was changed.",
  });
}
