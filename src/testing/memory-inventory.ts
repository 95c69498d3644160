import { PatchbayError } from "../diagnostics";
import {
  equalOwners,
  formatOwner,
  type InventoryManagementPort,
  type InventoryPort,
} from "../model";
import type { FaultPlan } from "./fault-plan";
import { alreadyExists, type MemoryStore } from "./memory-store";

/** Looks up the workspaces and deployments of the memory platform. */
export function memoryInventory(
  store: MemoryStore,
  faults: FaultPlan,
): InventoryPort {
  return {
    listWorkspaces: (owner, options) =>
      faults.run("inventory.listWorkspaces", options, () =>
        [...store.workspaces.values()]
          .filter((workspace) =>
            equalOwners(workspace.owner, store.accountOf(owner)),
          )
          .sort(byName),
      ),
    listDeployments: (owner, options) =>
      faults.run("inventory.listDeployments", options, () =>
        [...store.deployments.values()]
          .filter((deployment) =>
            equalOwners(deployment.owner, store.accountOf(owner)),
          )
          .sort(byName),
      ),
  };
}

/** Creates and deletes the workspaces and deployments of the memory platform. */
export function memoryInventoryManagement(
  store: MemoryStore,
  faults: FaultPlan,
): InventoryManagementPort {
  return {
    createWorkspace: ({ owner, name }, options) =>
      faults.run("inventoryManagement.createWorkspace", options, () => {
        if (store.tryFindWorkspace(owner, name)) {
          throw alreadyExists(`a workspace ${name} of ${formatOwner(owner)}`);
        }
        const stored = { owner, name, platformId: store.nextId("workspace") };
        store.workspaces.set(stored.platformId, stored);
        return stored;
      }),

    deleteWorkspace: ({ owner, name }, options) =>
      faults.run("inventoryManagement.deleteWorkspace", options, () => {
        const found = store.tryFindWorkspace(owner, name);
        if (found === undefined) return;
        refuseInUse(`workspace ${name}`, [
          ...[...store.deployments.values()]
            .filter(
              (one) => one.workspace === name && equalOwners(one.owner, owner),
            )
            .map((one) => `deployment ${one.name}`),
          ...[...store.attachments.values()]
            .filter(
              (one) =>
                one.workspace === name && isOf(store, one.connectionId, owner),
            )
            .map(
              (one) =>
                `connection ${store.connections.get(one.connectionId)?.name} (attachment)`,
            ),
          ...[...store.connections.values()]
            .filter(
              (one) =>
                one.owner.kind === "workspace" && one.owner.name === name,
            )
            .filter((one) => isOf(store, one.id, owner))
            .map((one) => `connection ${one.name} (owner)`),
        ]);
        store.workspaces.delete(found.platformId);
      }),

    createDeployment: ({ owner, name, workspace }, options) =>
      faults.run("inventoryManagement.createDeployment", options, () => {
        store.findWorkspace(owner, workspace);
        if (store.tryFindDeployment(owner, name)) {
          throw alreadyExists(`a deployment ${name} of ${formatOwner(owner)}`);
        }
        const stored = {
          owner,
          name,
          workspace,
          platformId: store.nextId("deployment"),
        };
        store.deployments.set(stored.platformId, stored);
        return stored;
      }),

    deleteDeployment: ({ owner, name }, options) =>
      faults.run("inventoryManagement.deleteDeployment", options, () => {
        const found = store.tryFindDeployment(owner, name);
        if (found === undefined) return;
        refuseInUse(`deployment ${name}`, [
          ...[...store.links.values()]
            .filter(
              (one) =>
                one.deployment === name && isOf(store, one.connectionId, owner),
            )
            .map(
              (one) =>
                `connection ${store.connections.get(one.connectionId)?.name} (link)`,
            ),
          ...[...store.connections.values()]
            .filter(
              (one) =>
                one.owner.kind === "deployment" && one.owner.name === name,
            )
            .filter((one) => isOf(store, one.id, owner))
            .map((one) => `connection ${one.name} (owner)`),
        ]);
        store.deployments.delete(found.platformId);
      }),
  };
}

function isOf(
  store: MemoryStore,
  connectionId: string,
  account: Parameters<typeof equalOwners>[0],
): boolean {
  const connection = store.connections.get(connectionId);
  return (
    connection !== undefined &&
    equalOwners(store.accountOf(connection.owner), account)
  );
}

function refuseInUse(what: string, uses: readonly string[]): void {
  if (uses.length === 0) return;
  throw new PatchbayError({
    code: "in_use",
    detail: `The ${what} is used by: ${[...uses].sort().join(", ")}. Remove these first; nothing was deleted.`,
  });
}

function byName(
  left: { readonly name: string },
  right: { readonly name: string },
): number {
  return left.name < right.name ? -1 : 1;
}
