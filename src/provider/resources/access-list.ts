import type { ObservedConnection } from "../../model";
import type { ProviderContext } from "../provider-context";

/** The connection with its access list, where that takes a request of its own. */
export async function withAccess(
  observed: ObservedConnection,
  context: ProviderContext,
): Promise<ObservedConnection> {
  const { access } = context.require().platform;
  if (access === undefined) return observed;
  return {
    ...observed,
    access: await access.find(observed, { platformId: observed.platformId }),
  };
}
