import { PatchbayError } from "../../diagnostics";
import type {
  CallOptions,
  ConnectionKey,
  Folder,
  ObservedConnection,
} from "../../model";
import type { ConnectionContext } from "./connection-context";
import {
  type ConnectionRecord,
  observedConnectionOf,
} from "./connection-record";
import { isUnderWay } from "./connection-status";
import { tryFindRecord } from "./find-connection";
import { masking } from "./masked";
import type { PipesSettings } from "./types";

/**
 * Waits while Pipes pushes what was written into its workspaces; whatever comes
 * of that is its status. The write itself has happened, so nothing here fails it.
 */
export async function awaitRollout(
  context: ConnectionContext,
  key: ConnectionKey,
  {
    written,
    settings,
  }: { readonly written: ConnectionRecord; readonly settings: PipesSettings },
  options: CallOptions,
): Promise<ObservedConnection> {
  let latest = written;
  if (isUnderWay(latest.rollout)) {
    const seen = await unlessFailing(() =>
      context.waiting.until(
        () => tryFindRecord(context, key, options),
        (record) =>
          record === undefined ||
          (!isUnderWay(record.rollout) && !isOlder(record, written)),
        { ...options, already: written },
      ),
    );
    if (seen !== undefined && !isOlder(seen, written)) latest = seen;
  }
  const { folderId } = latest;
  const folder: Folder | undefined =
    (await unlessFailing(() =>
      context.folders.of(key.owner, latest, options),
    )) ??
    (folderId === undefined ? undefined : { id: folderId, path: folderId });
  return observedConnectionOf(key.owner, withoutSent(latest, settings), folder);
}

/** With what was just sent as a secret hidden, even where Pipes shows it. */
export function withoutSent(
  record: ConnectionRecord,
  { secrets }: PipesSettings,
): ConnectionRecord {
  return { ...record, config: masking(record.config, secrets) };
}

/** Whether a read lags behind a write of ours. */
function isOlder(read: ConnectionRecord, written: ConnectionRecord): boolean {
  return Number(read.version ?? 0) < Number(written.version ?? 0);
}

async function unlessFailing<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (thrown) {
    if (!(thrown instanceof PatchbayError)) throw thrown;
    return undefined;
  }
}
