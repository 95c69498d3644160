import type { HubApi } from "../../hub";
import type { LinkPort } from "../../model";
import type { AccountOf } from "./account";
import { everything } from "./everything";

export function linksOf(api: HubApi, account: AccountOf): LinkPort {
  return {
    list: async (owner, options) => {
      const where = { account: account(owner), owner };
      return everything(
        (page) => api.links.list({ ...where, ...page }),
        options,
      );
    },
    tryFind: async (key, { signal } = {}) =>
      api.links.tryFind({
        account: account(key.connection.owner),
        key,
        signal,
      }),
    create: async (link, { signal } = {}) =>
      api.links.create({
        account: account(link.connection.owner),
        link,
        signal,
      }),
    update: async (link, options = {}) =>
      api.links.update({
        account: account(link.connection.owner),
        link,
        ...options,
      }),
    delete: async (key, options = {}) =>
      api.links.delete({
        account: account(key.connection.owner),
        key,
        ...options,
      }),
  };
}
