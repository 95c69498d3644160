import { PatchbayError } from "../../diagnostics";
import { checkName, formatOwner } from "../../model";
import type { WorkspaceOperations } from "../hub-api";
import type { WorkspaceRow } from "../store/tables";
import { type HubContext, reading, writing } from "./context";
import { alreadyExists, requireUnused } from "./failures";
import { once } from "./idempotency";
import { ensureAccount, tryAccount } from "./lookup";
import { observedWorkspace } from "./observed";
import { pageOf } from "./paging";

export function workspaceService(context: HubContext): WorkspaceOperations {
  return {
    list: (options) =>
      reading(context, options, async (rows) => {
        const account = await tryAccount(rows, options.account);
        return pageOf({
          options,
          list: async (slice) =>
            account ? rows.workspaces.list(account.id, slice) : [],
          keysOf: (row) => [row.name],
          toItem: (row) => observedWorkspace(options.account, row),
        });
      }),
    tryFind: (options) =>
      reading(context, options, async (rows) => {
        const account = await tryAccount(rows, options.account);
        const row =
          account && (await rows.workspaces.find(account.id, options.name));
        return row && observedWorkspace(options.account, row);
      }),
    create: (options) =>
      writing(context, options, (rows) =>
        once(context, rows, {
          operation: "workspace",
          options,
          request: { name: options.name },
          create: async () => {
            const faults = checkName(options.name, ["name"]);
            if (faults.length > 0) throw new PatchbayError(faults);
            const account = await ensureAccount(context, rows, options.account);
            if (await rows.workspaces.find(account.id, options.name)) {
              throw alreadyExists(
                `workspace ${options.name} of ${formatOwner(account)}`,
                ["name"],
              );
            }
            const row: WorkspaceRow = {
              id: `ws_${context.ids()}`,
              account_id: account.id,
              name: options.name,
            };
            await rows.workspaces.insert(row);
            return observedWorkspace(options.account, row);
          },
        }),
      ),
    delete: (options) =>
      writing(context, options, async (rows) => {
        const account = await tryAccount(rows, options.account);
        const row =
          account && (await rows.workspaces.find(account.id, options.name));
        if (row === undefined) return;
        requireUnused(
          `workspace ${row.name} of ${formatOwner(options.account)}`,
          await rows.workspaces.uses(row.id),
        );
        await rows.workspaces.remove(row.id);
      }),
  };
}
