import { formatOwner } from "../../model";
import type { WorkspaceOperations } from "../hub-api";
import type { WorkspaceRow } from "../store/tables";
import { type HubContext, reading, writing } from "./context";
import { alreadyExists, requireName, requireUnused } from "./failures";
import { once } from "./idempotency";
import { listInAccount } from "./list-in-account";
import { ensureAccount, tryWorkspace } from "./lookup";
import { observedWorkspace } from "./observed";

export function workspaceService(context: HubContext): WorkspaceOperations {
  return {
    list: (options) =>
      listInAccount(context, {
        options,
        list: (rows, { accountId }, slice) =>
          rows.workspaces.list(accountId, slice),
        keysOf: (row) => [row.name],
        toItem: (row) => observedWorkspace(options.account, row),
      }),
    tryFind: (options) =>
      reading(context, options, async (rows) => {
        const row = await tryWorkspace(rows, options);
        return row && observedWorkspace(options.account, row);
      }),
    create: (options) =>
      writing(context, options, (rows) =>
        once(context, rows, {
          operation: "workspace",
          options,
          request: { name: options.name },
          create: async () => {
            requireName(options.name, ["name"]);
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
        const row = await tryWorkspace(rows, options);
        if (row === undefined) return;
        requireUnused(
          `workspace ${row.name} of ${formatOwner(options.account)}`,
          await rows.workspaces.uses(row.id),
        );
        await rows.workspaces.remove(row.id);
      }),
  };
}
