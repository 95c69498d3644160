import {
  type ObservedDeployment,
  type ObservedWorkspace,
  needed,
} from "../model";
import {
  type DeclaredInventory,
  formatInventoryId,
  type InventoryBefore,
  parseInventoryId,
  planInventory,
  rulesOf,
} from "../plan";
import { inventoryManagementOf, inventoryOf } from "./parts";
import { refuseFaults } from "./refuse-faults";
import { createOnce } from "./safe-create";
import type { Place } from "./step";

/** Creates the workspace or the deployment once; adopts it where it is there already, a deployment in the same workspace. */
export async function makeInventory(
  declared: DeclaredInventory,
  { platform, snapshot, signal }: Place,
): Promise<ObservedWorkspace | ObservedDeployment> {
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
    readonly matches: (found: Observed) => boolean;
  }) =>
    createOnce<Observed>({
      id,
      kind,
      create: own.create,
      tryFind: async () => (await own.list()).find((one) => one.name === name),
      matches: own.matches,
      importHint: `terraform import ADDRESS ${id}`,
    });
  if (kind === "workspace") {
    const observed = await once({
      create: () => management.createWorkspace(key, { signal }),
      list: () => inventoryOf(platform).listWorkspaces(key.owner),
      matches: () => true,
    });
    snapshot.workspaces.replace(key, observed);
    return observed;
  }
  const workspace = String(declared.workspace);
  const observed = await once({
    create: () =>
      management.createDeployment({ ...key, workspace }, { signal }),
    list: () => inventoryOf(platform).listDeployments(key.owner),
    matches: (found) => found.workspace === workspace,
  });
  snapshot.deployments.replace(key, observed);
  return observed;
}

/** Deletes it. */
export async function removeInventory(
  { kind, id = "", workspace = "" }: InventoryBefore,
  { platform, snapshot, signal }: Place,
): Promise<void> {
  const key = needed(parseInventoryId(kind, id));
  const management = inventoryManagementOf(platform, kind);
  if (kind === "workspace") {
    await management.deleteWorkspace(key, { signal });
    snapshot.workspaces.replace(key, undefined);
  } else {
    await management.deleteDeployment({ ...key, workspace }, { signal });
    snapshot.deployments.replace(key, undefined);
  }
}
