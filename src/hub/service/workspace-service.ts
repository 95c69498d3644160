import { formatOwner } from "../../model";
import type { WorkspaceOperations } from "../hub-api";
import type { WorkspaceRow } from "../store/tables";
import { type HubContext, reading, writing } from "./context";
import { alreadyExists, requireName, requireUnused } from "./failures";
import { once } from "./idempotency";
import { listInAccount } from "./list-in-account";
import {
  ensureAccount,
  requireAccount,
  requireWorkspace,
  tryWorkspace,
} from "./lookup";
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
    rename: (options) =>
      writing(context, options, async (rows) => {
        const { account, name, newName } = options;
        const row = await requireWorkspace(
          rows,
          await requireAccount(rows, account),
          { name, path: [] },
        );
        requireName(newName, ["name"]);
        if (
          newName !== name &&
          (await rows.workspaces.find(row.account_id, newName))
        ) {
          throw alreadyExists(
            `workspace ${newName} of ${formatOwner(account)}`,
            ["name"],
          );
        }
        await rows.workspaces.rename(row.id, newName);
        return observedWorkspace(account, { ...row, name: newName });
      }),
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
