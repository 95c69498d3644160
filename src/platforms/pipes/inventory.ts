import type { InventoryPort } from "../../model";
import type { PipesCalls } from "./client";
import type { Places } from "./places";
import { listWorkspaceRecords } from "./workspace-record";

/** The workspaces of an organization. */
export function inventoryOf(context: {
  readonly calls: PipesCalls;
  readonly places: Places;
}): InventoryPort {
  return {
    listWorkspaces: async (owner, options) => {
      const records = await listWorkspaceRecords(context, owner, options);
      const name = context.places.organizationOf(owner);
      return records.map(({ id, handle }) => ({
        owner: { kind: "organization", name },
        name: handle,
        platformId: id,
      }));
    },
    // Pipes has none.
    listDeployments: () => Promise.resolve([]),
  };
}
