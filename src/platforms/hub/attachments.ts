import type { HubApi } from "../../hub";
import type { AttachmentPort } from "../../model";
import type { AccountOf } from "./account";
import { everything } from "./everything";

export function attachmentsOf(api: HubApi, account: AccountOf): AttachmentPort {
  return {
    list: async (owner, options) => {
      const where = { account: account(owner), owner };
      return everything(
        (page) => api.attachments.list({ ...where, ...page }),
        options,
      );
    },
    tryFind: async (key, { signal } = {}) =>
      api.attachments.tryFind({
        account: account(key.connection.owner),
        key,
        signal,
      }),
    create: async (attachment, { signal } = {}) =>
      api.attachments.create({
        account: account(attachment.connection.owner),
        attachment,
        signal,
      }),
    delete: async (key, { signal } = {}) =>
      api.attachments.delete({
        account: account(key.connection.owner),
        key,
        signal,
      }),
  };
}
