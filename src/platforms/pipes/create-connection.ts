import {
  type Diagnostic,
  errorDiagnostic,
  PatchbayError,
} from "../../diagnostics";
import {
  type CallOptions,
  type Connection,
  formatConnectionKey,
  type ObservedConnection,
} from "../../model";
import { awaitRollout } from "./await-rollout";
import { requireHeld } from "./check-connection";
import type { ConnectionContext } from "./connection-context";
import { type ConnectionRecord, connectionRecordOf } from "./connection-record";
import { taken } from "./connection-refusals";
import { connectionPlace } from "./find-connection";
import { inFolder, requireInFolder } from "./in-folder";
import { isRefusal } from "./errors";
import { below } from "./places";
import { isOf } from "./record-owner";
import { configOf, toPipes } from "./types";

export async function createConnection(
  context: ConnectionContext,
  connection: Connection,
  { signal }: CallOptions,
): Promise<ObservedConnection> {
  const { calls, places, folders } = context;
  requireHeld(connection, places);
  const settings = toPipes(connection);
  const create = (folderId: string | undefined) =>
    calls.write(
      "POST",
      {
        ...below(places.of(connection.owner), "/connection"),
        body: {
          handle: connection.name,
          plugin: settings.plugin,
          config: configOf(settings),
          ...(folderId !== undefined && { parent_id: folderId }),
        },
        secrets: settings.secrets,
        signal,
      },
      connectionRecordOf,
    );
  const { record, folderId } = await inFolder(folders, connection, create, {
    signal,
  }).catch((thrown: unknown) => {
    throw isRefusal(thrown, 409) ? taken(connection, thrown) : thrown;
  });
  requireOwn(connection, record);
  try {
    if (connection.parent !== undefined)
      requireInFolder(connection, record, folderId);
    await grantNew(context, connection, record, { signal });
  } catch (thrown) {
    throw await takenBack(context, connection, thrown);
  }
  return await awaitRollout(
    context,
    connection,
    { written: record, settings },
    { signal },
  );
}

/** Asked for a connection of a workspace, Pipes may attach one of the organization that has this name. */
function requireOwn(connection: Connection, { owner }: ConnectionRecord): void {
  if (owner === undefined || isOf(owner, connection.owner)) return;
  throw new PatchbayError({
    code: "already_exists",
    path: ["name"],
    detail: `Turbot Pipes did not make ${formatConnectionKey(connection)}: it answered with a connection of that name that belongs to the ${owner.kind}, and may have attached that one. Choose another name, and detach it in Pipes where it was not attached before.`,
  });
}

async function grantNew(
  { access }: ConnectionContext,
  connection: Connection,
  record: ConnectionRecord,
  options: CallOptions,
): Promise<void> {
  const { owner, name } = connection;
  if (connection.access === undefined) return;
  const { id } = record;
  await access.grantNew(
    { owner, name, id, ownerId: record.owner?.id },
    connection.access,
    options,
  );
}

/**
 * Deletes what was just made and could not be finished, so that nothing is left
 * that no state knows, and gives the failure with that. What may be finished
 * after all stays: whoever asks for it finds it.
 */
async function takenBack(
  { calls, places }: ConnectionContext,
  connection: Connection,
  thrown: unknown,
): Promise<unknown> {
  if (!(thrown instanceof PatchbayError) || thrown.has("outcome_unknown"))
    return thrown;
  try {
    await calls.delete(connectionPlace(places, connection));
  } catch (failure) {
    if (!(failure instanceof PatchbayError)) return failure;
    return new PatchbayError([
      ...thrown.diagnostics,
      ...failure.diagnostics,
      errorDiagnostic({
        code: "outcome_unknown",
        detail: `The connection ${formatConnectionKey(connection)} was made but not as declared, and it could not be deleted again. The next apply finds it and goes on from there; or delete it in Pipes.`,
      }),
    ]);
  }
  return new PatchbayError(
    thrown.diagnostics.map((diagnostic): Diagnostic => ({
      ...diagnostic,
      detail: `${diagnostic.detail} The new connection was deleted again, so nothing is left of it.`,
    })),
  );
}
