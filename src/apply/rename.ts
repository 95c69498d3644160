import { PatchbayError } from "../diagnostics";
import { isAnyRemoval, isRemovalOf } from "./relations";
import type { Place } from "./step";
import { WorkInProgress } from "./work-in-progress";

export interface RenameOptions<Observed> {
  readonly from: string;
  /** The same as `from` where it keeps its name. */
  readonly to: string;
  readonly update: () => Promise<Observed>;
}

/**
 * Changes a connection in place. Where it takes a name that this walk is just
 * giving up elsewhere, it waits for that; giving up its own counts as removing it.
 */
export async function renameOnce<Observed>(
  { from, to, update }: RenameOptions<Observed>,
  { work = new WorkInProgress({ limit: 0 }), signal }: Place,
): Promise<Observed> {
  if (from === to) return await update();
  const began = Date.now();
  const renaming = { does: "remove", kind: "connection", id: from } as const;
  return await work.during(renaming, async () => {
    for (;;) {
      const since = work.mark();
      try {
        return await update();
      } catch (thrown) {
        const isCleared =
          thrown instanceof PatchbayError &&
          thrown.has("already_exists") &&
          (await work.clears({
            since,
            began,
            signal,
            clears: isRemovalOf("connection", to),
            leadsTo: (one) => isAnyRemoval(one) && one.id !== from,
          }));
        if (!isCleared) throw thrown;
      }
    }
  });
}
