import {
  type ObservedDeployment,
  type ObservedWorkspace,
  needed,
  requireFeature,
} from "../model";
import { PatchbayError } from "../diagnostics";
import {
  type DeclaredInventory,
  formatInventoryId,
  inventoryDifferences,
  type InventoryBefore,
  type InventoryKind,
  type PlannedInventory,
  parseInventoryId,
  planInventory,
  rulesOf,
} from "../plan";
import { inventoryManagementOf, inventoryOf } from "./parts";
import { refuseFaults } from "./refuse-faults";
import { createOnce } from "./safe-create";
import { removeOnce } from "./safe-remove";
import type { Making, Place } from "./step";

/** Creates the workspace or the deployment once, or gives it its new name or workspace; what is there already is taken over or left alone, as `createOnce` says. */
export async function makeInventory(
  making: Pick<Making<InventoryKind>, "declared" | "before">,
  place: Place,
): Promise<ObservedWorkspace | ObservedDeployment> {
  const planned = planInventory({ ...making, rules: rulesOf(place.platform) });
  refuseFaults(planned);
  return making.before === undefined
    ? await create(making.declared, planned, place)
    : await change(making.before, making.declared, place);
}

/** Creates it once; adopts it where it is there already, a deployment in the same workspace. */
async function create(
  declared: DeclaredInventory,
  planned: PlannedInventory,
  place: Place,
): Promise<ObservedWorkspace | ObservedDeployment> {
  const { platform, snapshot, signal } = place;
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

async function change(
  { kind, id = "" }: InventoryBefore,
  declared: DeclaredInventory,
  { platform, snapshot, signal }: Place,
): Promise<ObservedWorkspace | ObservedDeployment> {
  const key = needed(parseInventoryId(kind, id));
  const management = inventoryManagementOf(platform, kind);
  const { renameWorkspace, changeDeployment } = management;
  const name = String(declared.name);
  if (kind === "workspace" && renameWorkspace !== undefined) {
    const renamed = await renameWorkspace.call(management, key, name, {
      signal,
    });
    snapshot.workspaces.replace(key, undefined);
    snapshot.workspaces.replace(renamed, renamed);
    return renamed;
  }
  if (kind === "deployment" && changeDeployment !== undefined) {
    const to = { name, workspace: String(declared.workspace) };
    const changed = await onceAttached(
      () => changeDeployment.call(management, key, to, { signal }),
      signal,
    );
    snapshot.deployments.replace(key, undefined);
    snapshot.deployments.replace(changed, changed);
    return changed;
  }
  throw new PatchbayError(requireFeature(platform, "change_inventory", []));
}

const LONGEST_WAIT_MS = 10_000;
const PAUSE_MS = 250;

/** What attaches its connections where it goes may be under way in the same run: Terraform knows no order between the two. */
async function onceAttached<T>(
  change: () => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (let waited = 0; ; waited += PAUSE_MS) {
    try {
      return await change();
    } catch (thrown) {
      const mayComeRight =
        thrown instanceof PatchbayError &&
        thrown.has("attachment_missing") &&
        waited < LONGEST_WAIT_MS &&
        signal?.aborted !== true;
      if (!mayComeRight) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
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
