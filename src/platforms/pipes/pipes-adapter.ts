import type { Platform } from "../../model";
import { AttachmentPermissions } from "./attachment-permissions";
import { PipesAccess } from "./pipes-access";
import { PipesAttachments } from "./pipes-attachments";
import type { PipesCalls } from "./pipes-calls";
import { pipesIdentity } from "./pipes-capabilities";
import { PipesConnections } from "./pipes-connections";
import { PipesFolders } from "./pipes-folders";
import { PipesIdentities } from "./pipes-identities";
import { PipesPermissions } from "./pipes-permissions";
import { placesOf } from "./pipes-places";
import { PipesUsage } from "./pipes-usage";
import { PipesVerification } from "./pipes-verification";
import { type PipesTiming, Waiting } from "./waiting";
import { listWorkspaceRecords } from "./workspace-record";
export type { PipesTiming } from "./waiting";

export interface PipesAdapterOptions {
  readonly calls: PipesCalls;
  /** Whose the workspaces are. */
  readonly organization: string | undefined;
  readonly timing: PipesTiming;
}

/** The port over Turbot Pipes. */
export function createPipesAdapter({
  calls,
  organization,
  timing,
}: PipesAdapterOptions): Platform {
  const places = placesOf(organization);
  const waiting = new Waiting(timing);
  const usage = new PipesUsage({ calls, places });
  const folders = new PipesFolders({ calls, places });
  const permissions = new PipesPermissions({ calls, places });
  const identities = new PipesIdentities(calls);
  const access = new PipesAccess({ permissions, identities });
  return {
    ...pipesIdentity,
    connections: new PipesConnections({
      calls,
      places,
      waiting,
      usage,
      folders,
      access,
    }),
    attachments: new PipesAttachments({
      calls,
      places,
      waiting,
      permissions: new AttachmentPermissions({ permissions, places }),
    }),
    access,
    verification: new PipesVerification({ calls, places }),
    usage,
    inventory: {
      listWorkspaces: async (owner, options) => {
        const records = await listWorkspaceRecords(
          { calls, places },
          owner,
          options,
        );
        const name = places.organizationOf(owner);
        return records.map(({ id, handle }) => ({
          owner: { kind: "organization", name },
          name: handle,
          platformId: id,
        }));
      },
      // Pipes has none.
      listDeployments: () => Promise.resolve([]),
    },
    close: () => Promise.resolve(),
  };
}
