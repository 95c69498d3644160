import type { ProviderContext } from "../provider-context";
import type { ClientCapabilities, Deferred } from "../wire";

/** In an answer: that it has to wait for the provider block, where the client can wait. */
export function deferral(
  request: { readonly clientCapabilities?: ClientCapabilities },
  { configuration }: ProviderContext,
): { readonly deferred?: Deferred } {
  return configuration.kind === "undecided" &&
    request.clientCapabilities?.deferralAllowed === true
    ? { deferred: { reason: "providerConfigUnknown" } }
    : {};
}
