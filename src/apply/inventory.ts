import {
  type ObservedDeployment,
  type ObservedWorkspace,
  needed,
} from "../model";
import {
  type DeclaredInventory,
  formatInventoryId,
  inventoryDifferences,
  type InventoryBefore,
  parseInventoryId,
  planInventory,
  rulesOf,
} from "../plan";
import { inventoryManagementOf, inventoryOf } from "./parts";
import { refuseFaults } from "./refuse-faults";
import { createOnce } from "./safe-create";
import { removeOnce } from "./safe-remove";
import type { Place } from "./step";

/** Creates the workspace or the deployment once; what is there already is taken over or left alone, as `createOnce` says. */
export async function makeInventory(
  declared: DeclaredInventory,
  place: Place,
): Promise<ObservedWorkspace | ObservedDeployment> {
  const { platform, snapshot, signal } = place;
  const rules = rulesOf(platform);
  const planned = planInventory({ declared, before: undefined, rules });
  refuseFaults(planned);
  const { kind, name } = declared;
  const management = inventoryManagementOf(platform, kind);
  const key = needed(parseInventoryId(kind, String(planned.id)));
  const id = formatInventoryId(kind, key);
  const once = <Observed extends ObservedWorkspace>(own: {
    readonly create: () => Promise<Observed>;
    readonly list: () => Promise<readonly Observed[]>;
  }) =>
    createOnce<Observed>(
      {
        id,
        kind,
        create: own.create,
        tryFind: async () =>
          (await own.list()).find((one) => one.name === name),
        differing: (found) => inventoryDifferences(declared, found),
      },
      place,
    );
  if (kind === "workspace") {
    const observed = await once({
      create: () => management.createWorkspace(key, { signal }),
      list: () => inventoryOf(platform).listWorkspaces(key.owner),
    });
    snapshot.workspaces.replace(key, observed);
    return observed;
  }
  const workspace = String(declared.workspace);
  const observed = await once({
    create: () =>
      management.createDeployment({ ...key, workspace }, { signal }),
    list: () => inventoryOf(platform).listDeployments(key.owner),
  });
  snapshot.deployments.replace(key, observed);
  return observed;
}

/** Deletes it. */
export async function removeInventory(
  { kind, id = "", workspace = "", platformId }: InventoryBefore,
  place: Place,
): Promise<void> {
  const { platform, snapshot, signal } = place;
  const key = needed(parseInventoryId(kind, id));
  const management = inventoryManagementOf(platform, kind);
  const remove = async () => {
    if (kind === "workspace") {
      await management.deleteWorkspace(key, { signal });
      snapshot.workspaces.replace(key, undefined);
    } else {
      await management.deleteDeployment({ ...key, workspace }, { signal });
      snapshot.deployments.replace(key, undefined);
    }
  };
  await removeOnce({ kind, id, platformId, remove }, place);
}
