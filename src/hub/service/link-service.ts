import { formatLinkKey, type ObservedLink } from "../../model";
import type { LinkOperations } from "../hub-api";
import { amendLink, type LinkAmendment } from "./amend-link";
import { type HubContext, reading, writing } from "./context";
import { createLink } from "./create-link";
import { requireCurrent } from "./failures";
import { once } from "./idempotency";
import { listInAccount } from "./list-in-account";
import { named, tryLink } from "./link-place";
import { observedLink } from "./observed";

/** The operations, and one that needs the secrets and so exists in this process only. */
export interface LinkService extends LinkOperations {
  /** Rejects as `update` does. */
  amend(options: LinkAmendment): Promise<ObservedLink>;
}

export function linkService(context: HubContext): LinkService {
  return {
    list: (options) =>
      listInAccount(context, {
        options,
        list: (rows, filter, slice) => rows.links.list(filter, slice),
        keysOf: (row) => [
          row.owner_kind,
          row.owner_name,
          row.connection_name,
          row.deployment_name,
        ],
        toItem: observedLink,
      }),
    tryFind: (options) =>
      reading(context, options, async (rows) => {
        const found = await tryLink(rows, options.account, options.key);
        return found && observedLink(named(found.row, found));
      }),
    create: (options) =>
      writing(context, options, (rows) => {
        const { overrides, overrideSecrets } = options.link;
        return once(context, rows, {
          operation: "link",
          options,
          request: {
            key: formatLinkKey(options.link),
            overrides,
            overrideSecrets: overrideSecrets?.reveal() ?? null,
          },
          create: () => createLink(context, rows, options),
        });
      }),
    update: (options) => {
      const { link } = options;
      return amendLink(context, {
        ...options,
        key: link,
        amend: (current) => ({
          ...link,
          overrideSecrets: link.overrideSecrets ?? current.overrideSecrets,
        }),
      });
    },
    amend: (options) => amendLink(context, options),
    delete: (options) =>
      writing(context, options, async (rows) => {
        const found = await tryLink(rows, options.account, options.key);
        if (found === undefined) return;
        requireCurrent(
          `link ${formatLinkKey(options.key)}`,
          found.row,
          options.concurrencyToken,
        );
        await rows.links.remove(found.row.id);
      }),
  };
}
