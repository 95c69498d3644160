import type { Platform } from "../../model";
import { AttachmentPermissions } from "./attachment-permissions";
import { PipesAccess } from "./access";
import { PipesAttachments } from "./attachments";
import type { PipesCalls } from "./client";
import { pipesIdentity } from "./capabilities";
import { PipesConnections } from "./connections";
import { DeletionReads } from "./deletion-reads";
import { PipesFolders } from "./folders";
import { PipesIdentities } from "./identities";
import { inventoryOf } from "./inventory";
import { PipesOwners } from "./owners";
import { PipesPermissions } from "./permissions";
import { placesOf } from "./places";
import { pipesRules } from "./rules";
import { PipesUsage } from "./usage";
import { PipesVerification } from "./verification";
import { type PipesTiming, Waiting } from "./waiting";
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
    rules: pipesRules,
    connections: new PipesConnections({
      calls,
      places,
      waiting,
      deletionReads: new DeletionReads({ calls, places, time: timing.time }),
      owners: new PipesOwners({ calls, places }),
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
    inventory: inventoryOf({ calls, places }),
    close: () => Promise.resolve(),
  };
}
