import type { PipesAccess } from "./access";
import type { PipesCalls } from "./client";
import type { DeletionReads } from "./deletion-reads";
import type { PipesFolders } from "./folders";
import type { PipesOwners } from "./owners";
import type { Places } from "./places";
import type { PipesUsage } from "./usage";
import type { Waiting } from "./waiting";

/** What connections are read and written with. */
export interface ConnectionContext {
  readonly calls: PipesCalls;
  readonly places: Places;
  readonly waiting: Waiting;
  readonly deletionReads: DeletionReads;
  readonly owners: PipesOwners;
  readonly usage: PipesUsage;
  readonly folders: PipesFolders;
  readonly access: PipesAccess;
}
