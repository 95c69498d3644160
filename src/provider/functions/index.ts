/** The functions that configurations can call. Pure: no platform, no state. */
import { effectiveFunction } from "./effective-function";
import type { ProviderFunction } from "./provider-function";

/** By name. */
export const functions: ReadonlyMap<string, ProviderFunction> = new Map(
  [effectiveFunction].map((providerFunction) => [
    providerFunction.name,
    providerFunction,
  ]),
);
