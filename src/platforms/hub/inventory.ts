import type { HubApi } from "../../hub";
import type { InventoryManagementPort, InventoryPort } from "../../model";
import type { AccountOf } from "./account";
import { everything } from "./everything";

export function inventoryOf(api: HubApi, account: AccountOf): InventoryPort {
  return {
    listWorkspaces: async (owner, options) => {
      const where = { account: account(owner) };
      return everything(
        (page) => api.workspaces.list({ ...where, ...page }),
        options,
      );
    },
    listDeployments: async (owner, options) => {
      const where = { account: account(owner) };
      return everything(
        (page) => api.deployments.list({ ...where, ...page }),
        options,
      );
    },
  };
}

export function inventoryManagementOf(
  api: HubApi,
  account: AccountOf,
): InventoryManagementPort {
  return {
    createWorkspace: async ({ owner, name }, { signal } = {}) =>
      api.workspaces.create({ account: account(owner), name, signal }),
    deleteWorkspace: async ({ owner, name }, { signal } = {}) =>
      api.workspaces.delete({ account: account(owner), name, signal }),
    renameWorkspace: async ({ owner, name }, newName, { signal } = {}) =>
      api.workspaces.rename({ account: account(owner), name, newName, signal }),
    createDeployment: async ({ owner, name, workspace }, { signal } = {}) =>
      api.deployments.create({
        account: account(owner),
        name,
        workspace,
        signal,
      }),
    changeDeployment: async (
      { owner, name },
      { name: newName, workspace },
      { signal } = {},
    ) =>
      api.deployments.change({
        account: account(owner),
        name,
        to: { name: newName, workspace },
        signal,
      }),
    deleteDeployment: async ({ owner, name }, { signal } = {}) =>
      api.deployments.delete({ account: account(owner), name, signal }),
  };
}
