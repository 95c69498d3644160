import { KNOWN_AFTER_APPLY } from "../model";
import type { OrLater } from "./declared";

/** Undefined for what is known after apply: where only what is known counts. */
export function knownOf<T>(value: OrLater<T> | undefined): T | undefined {
  return value === KNOWN_AFTER_APPLY ? undefined : value;
}
