import type { PipesAccess } from "./pipes-access";
import type { PipesCalls } from "./pipes-calls";
import type { PipesFolders } from "./pipes-folders";
import type { Places } from "./pipes-places";
import type { PipesUsage } from "./pipes-usage";
import type { Waiting } from "./waiting";

/** What connections are read and written with. */
export interface ConnectionContext {
  readonly calls: PipesCalls;
  readonly places: Places;
  readonly waiting: Waiting;
  readonly usage: PipesUsage;
  readonly folders: PipesFolders;
  readonly access: PipesAccess;
}
