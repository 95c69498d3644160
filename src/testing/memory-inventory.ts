import { PatchbayError } from "../diagnostics";
import {
  equalOwners,
  formatOwner,
  type InventoryManagementPort,
  type InventoryPort,
  type Owner,
} from "../model";
import type { FaultPlan } from "./fault-plan";
import { requireAvailable } from "./memory-places";
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

/** Creates, changes and deletes the workspaces and deployments of the memory platform. */
export function memoryInventoryManagement(
  store: MemoryStore,
  faults: FaultPlan,
  { canChange }: { readonly canChange: boolean },
): InventoryManagementPort {
  return {
    ...(canChange && changes(store, faults)),
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

/** Objects of the memory platform name their places by name: those follow. */
function changes(
  store: MemoryStore,
  faults: FaultPlan,
): Pick<InventoryManagementPort, "renameWorkspace" | "changeDeployment"> {
  const follow = (
    kind: "workspace" | "deployment",
    owner: Owner,
    names: { readonly from: string; readonly to: string },
  ) => {
    const { from, to } = names;
    for (const [id, one] of store.connections) {
      if (!isOf(store, id, owner)) continue;
      if (one.owner.kind === kind && one.owner.name === from)
        store.connections.set(id, { ...one, owner: { kind, name: to } });
      else if (kind === "deployment" && one.autoLinkExcept.includes(from))
        store.connections.set(id, {
          ...one,
          autoLinkExcept: one.autoLinkExcept
            .map((name) => (name === from ? to : name))
            .sort(),
        });
    }
    if (kind === "workspace") {
      for (const [id, one] of store.attachments)
        if (one.workspace === from && isOf(store, one.connectionId, owner))
          store.attachments.set(id, { ...one, workspace: to });
      for (const [id, one] of store.deployments)
        if (one.workspace === from && equalOwners(one.owner, owner))
          store.deployments.set(id, { ...one, workspace: to });
    } else
      for (const [id, one] of store.links)
        if (one.deployment === from && isOf(store, one.connectionId, owner))
          store.links.set(id, { ...one, deployment: to });
  };
  return {
    renameWorkspace: ({ owner, name }, to, options) =>
      faults.run("inventoryManagement.renameWorkspace", options, () => {
        const found = store.findWorkspace(owner, name);
        if (to !== name && store.tryFindWorkspace(owner, to))
          throw alreadyExists(`a workspace ${to} of ${formatOwner(owner)}`);
        const renamed = { ...found, name: to };
        store.workspaces.set(found.platformId, renamed);
        follow("workspace", owner, { from: name, to });
        return renamed;
      }),

    changeDeployment: ({ owner, name }, to, options) =>
      faults.run("inventoryManagement.changeDeployment", options, () => {
        const found = store.findDeployment(owner, name);
        store.findWorkspace(owner, to.workspace);
        if (to.name !== name && store.tryFindDeployment(owner, to.name))
          throw alreadyExists(
            `a deployment ${to.name} of ${formatOwner(owner)}`,
          );
        const changed = { ...found, ...to };
        for (const link of store.links.values())
          if (link.deployment === name && isOf(store, link.connectionId, owner))
            requireAvailable(
              store,
              store.connections.get(link.connectionId)!,
              changed,
            );
        store.deployments.set(found.platformId, changed);
        follow("deployment", owner, { from: name, to: to.name });
        return changed;
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
    detail: `The ${what} is used by: ${[...uses].sort().join(", ")}. Remove these first; it was not deleted.`,
  });
}

function byName(
  left: { readonly name: string },
  right: { readonly name: string },
): number {
  return left.name < right.name ? -1 : 1;
}
