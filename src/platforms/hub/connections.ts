import type { HubApi } from "../../hub";
import type { ConnectionPort } from "../../model";
import type { AccountOf } from "./account";
import { everything } from "./everything";

export function connectionsOf(api: HubApi, account: AccountOf): ConnectionPort {
  return {
    list: async (owner, options) => {
      const where = { account: account(owner), owner };
      return everything(
        (page) => api.connections.list({ ...where, ...page }),
        options,
      );
    },
    tryFind: async (key, { signal } = {}) =>
      api.connections.tryFind({ account: account(key.owner), key, signal }),
    create: async (connection, { signal } = {}) =>
      api.connections.create({
        account: account(connection.owner),
        connection,
        signal,
      }),
    update: async (key, connection, options = {}) =>
      api.connections.update({
        account: account(key.owner),
        key,
        connection,
        ...options,
      }),
    delete: async (key, options = {}) =>
      api.connections.delete({ account: account(key.owner), key, ...options }),
  };
}
