import type { HubApi } from "../../hub";
import type { UsagePort } from "../../model";
import type { AccountOf } from "./account";

export function usageOf(api: HubApi, account: AccountOf): UsagePort {
  return {
    find: async (key, { signal } = {}) =>
      api.connections.usage({ account: account(key.owner), key, signal }),
  };
}
