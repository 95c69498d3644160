import { formatOwner } from "../../model";
import type { AccountOperations } from "../hub-api";
import { type HubContext, reading, writing } from "./context";
import { requireUnused } from "./failures";
import { ensureAccount, tryAccount } from "./lookup";
import { observedAccount } from "./observed";
import { pageOf } from "./paging";

export function accountService(context: HubContext): AccountOperations {
  return {
    list: (options) =>
      reading(context, options, (rows) =>
        pageOf({
          options,
          list: (slice) => rows.accounts.list(slice),
          keysOf: (row) => [row.kind, row.name],
          toItem: observedAccount,
        }),
      ),
    tryFind: (options) =>
      reading(context, options, async (rows) => {
        const row = await tryAccount(rows, options.account);
        return row && observedAccount(row);
      }),
    ensure: (options) =>
      writing(context, options, async (rows) =>
        observedAccount(await ensureAccount(context, rows, options.account)),
      ),
    delete: (options) =>
      writing(context, options, async (rows) => {
        const row = await tryAccount(rows, options.account);
        if (row === undefined) return;
        requireUnused(
          `account ${formatOwner(row)}`,
          await rows.accounts.uses(row.id),
        );
        await rows.accounts.remove(row.id);
      }),
  };
}
