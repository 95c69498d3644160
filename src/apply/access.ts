import type { ObservedConnection, Platform } from "../model";

/** The connection with its access list, where that takes a request of its own. */
export async function readWithAccess(
  observed: ObservedConnection,
  { platform: { access } }: { readonly platform: Platform },
): Promise<ObservedConnection> {
  if (access === undefined) return observed;
  return {
    ...observed,
    access: await access.find(observed, { platformId: observed.platformId }),
  };
}
