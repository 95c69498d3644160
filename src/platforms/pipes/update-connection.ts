import { equalInMeaning, soundingPaths } from "../../catalog";
import { PatchbayError } from "../../diagnostics";
import {
  type CallOptions,
  type Connection,
  type ConnectionKey,
  formatConnectionKey,
  formatOwner,
  type JsonObject,
  type JsonValue,
  meansFolder,
  objectOf,
  type ObservedConnection,
  type WriteOptions,
  valueAt,
} from "../../model";
import { awaitRollout, withoutSent } from "./await-rollout";
import { requireHeld } from "./check-connection";
import type { ConnectionContext } from "./connection-context";
import { type ConnectionRecord, connectionRecordOf } from "./connection-record";
import {
  missing,
  overtaken,
  requirePlugin,
  requireSame,
  taken,
} from "./connection-refusals";
import { connectionPlace, tryFindRecord } from "./find-connection";
import { inFolder, requireInFolder } from "./in-folder";
import { isGone } from "../kit";
import { isRefusal } from "./errors";
import { splitMasked, withoutPath } from "./masked";
import {
  configOf,
  pathInPlugin,
  type PipesSettings,
  removedSecrets,
  setFields,
  toPipes,
} from "./types";

/** What an update works on. */
interface Update {
  readonly context: ConnectionContext;
  readonly key: ConnectionKey;
  readonly connection: Connection;
  readonly settings: PipesSettings;
  readonly current: ConnectionRecord;
  /** What is there of plain fields, but for those that are the platform's own. */
  readonly plainBefore: JsonObject;
  /** All plain and secret fields, and null for each secret that shall go. */
  readonly config: JsonObject;
  readonly options: CallOptions;
}

export async function updateConnection(
  context: ConnectionContext,
  key: ConnectionKey,
  connection: Connection,
  { signal, concurrencyToken, secretFields = [], known }: WriteOptions,
): Promise<ObservedConnection> {
  requireHeld(connection, context.places);
  const settings = toPipes(connection);
  const options = { signal };
  const current = await tryFindRecord(context, key, options);
  if (current === undefined) throw missing(key);
  requireSame(key, current, concurrencyToken);
  requirePlugin(key, current, settings);
  const type = known?.type ?? connection.type;
  const config = withNulls(
    configOf(settings),
    removedSecrets(
      connection,
      { type, names: secretFields },
      splitMasked(current.config).masked,
    ),
  );
  const update = {
    context,
    key,
    connection,
    settings,
    current,
    plainBefore: plainPart(current, connection, {
      type,
      names: [
        ...secretFields,
        ...(known?.secretFields ?? []),
        ...(known?.platformFields ?? []),
      ],
    }),
    config,
    options,
  };
  const moves = await isMoved(update);
  const first = await inFolder(
    context.folders,
    { owner: key.owner, parent: moves ? connection.parent : undefined },
    (folderId) =>
      writeChanges(update, {
        parentId: moves ? (folderId ?? topOf(update)) : undefined,
        version: concurrencyToken,
      }),
    options,
  ).catch((thrown: unknown) => {
    throw explained(update, concurrencyToken, thrown);
  });
  const written = await withoutLeftovers(
    update,
    first.record,
    concurrencyToken === undefined ? undefined : first.record.version,
  );
  const renamed = { owner: key.owner, name: connection.name };
  if (connection.access !== undefined) {
    await context.access.update(
      { ...renamed, id: current.id, ownerId: current.owner?.id },
      connection.access,
      options,
    );
  }
  if (moves) requireInFolder(connection, written, first.folderId);
  return await awaitRollout(context, renamed, { written, settings }, options);
}

/** Everything that differs in one request; none where nothing does. */
async function writeChanges(
  update: Update,
  change: {
    readonly parentId: string | undefined;
    readonly version: string | undefined;
  },
): Promise<ConnectionRecord> {
  const { key, connection, settings, current, config, plainBefore } = update;
  const nativeType = `pipes:${settings.plugin}`;
  const isConfigured =
    connection.secrets !== undefined ||
    !equalInMeaning(nativeType, plainBefore, settings.config, {
      sets: setFields(nativeType),
    });
  const body: JsonObject = {
    ...(connection.name !== key.name && { handle: connection.name }),
    ...(isConfigured && { config }),
    ...(change.parentId !== undefined && { parent_id: change.parentId }),
  };
  return Object.keys(body).length === 0
    ? current
    : await patch(update, key, { body, version: change.version });
}

/**
 * Where Pipes has merged rather than replaced, what shall go is named. What it
 * keeps even then is its own.
 */
async function withoutLeftovers(
  update: Update,
  written: ConnectionRecord,
  version: string | undefined,
): Promise<ConnectionRecord> {
  const { connection, settings, config, plainBefore } = update;
  const shown = splitMasked(written.config).plain;
  const kept = Object.keys(plainBefore).filter(
    (field) =>
      !Object.hasOwn(settings.config, field) && Object.hasOwn(shown, field),
  );
  if (kept.length === 0) return written;
  return await patch(update, connection, {
    body: { config: withNulls(config, kept) },
    version,
  }).catch((thrown: unknown) => {
    throw explained(update, version, thrown);
  });
}

/** Without what is known to be a secret or the platform's own, and what sounds like a secret and is not declared as plain. */
function plainPart(
  { config }: ConnectionRecord,
  connection: Connection,
  hidden: { readonly type: string; readonly names: readonly string[] },
): JsonObject {
  const { plain } = splitMasked(config);
  const declared = toPipes({ ...connection, secrets: undefined }).config;
  return [
    ...hidden.names.map((name) => pathInPlugin(hidden.type, name)),
    ...soundingPaths(plain),
  ]
    .filter((path) => path.length > 0 && valueAt(declared, path) === undefined)
    .reduce(withoutPath, plain);
}

async function patch(
  { context, settings, options }: Update,
  key: ConnectionKey,
  {
    body,
    version,
  }: { readonly body: JsonObject; readonly version: string | undefined },
): Promise<ConnectionRecord> {
  const { calls, places } = context;
  const record = await calls.write(
    "PATCH",
    {
      ...connectionPlace(places, key),
      body,
      version,
      // Repeated after a lost answer, both would be refused for what the first attempt did.
      repeatable: version === undefined && !Object.hasOwn(body, "handle"),
      secrets: settings.secrets,
      signal: options.signal,
    },
    connectionRecordOf,
  );
  return withoutSent(record, settings);
}

/** What a refusal of Pipes means for the connection. */
function explained(
  { key, connection }: Update,
  version: string | undefined,
  thrown: unknown,
): unknown {
  if (isGone(thrown)) return missing(key);
  if (isRefusal(thrown, 409) && connection.name !== key.name)
    return taken(connection, thrown);
  return isRefusal(thrown, 409, 412) && version !== undefined
    ? overtaken(key)
    : thrown;
}

async function isMoved({
  context,
  key,
  connection,
  current,
  options,
}: Update): Promise<boolean> {
  if (connection.parent === undefined) return false;
  const folder = await context.folders.of(key.owner, current, options);
  return !meansFolder(connection.parent, folder);
}

/** The parent of what stands at the owner's top level. */
function topOf({ key, connection, current }: Update): string {
  if (current.owner !== undefined) return current.owner.id;
  throw new PatchbayError({
    code: "platform_failure",
    path: ["parent"],
    detail: `Turbot Pipes does not tell the id of ${formatOwner(key.owner)}, without which ${formatConnectionKey(connection)} cannot be moved to its top level. Move it in Pipes itself, or remove parent to leave it where it is.`,
  });
}

function withNulls(fields: JsonObject, names: readonly string[]): JsonObject {
  return objectOf<JsonValue>([
    ...Object.entries(fields),
    ...names.map((name): [string, JsonValue] => [name, null]),
  ]);
}
