import { PatchbayError, Secret } from "../diagnostics";
import {
  type Connection,
  formatConnectionKey,
  leafPaths,
  type ObservedConnection,
  parseConnectionKey,
  needed,
} from "../model";
import {
  type ConnectionBefore,
  connectionDifferences,
  connectionIsAsDeclared,
  declaredConnectionAs,
  knownBefore,
  type DeclaredConnection,
  jsonObject,
  normalizedSecrets,
  planConnection,
  platformFields,
  protectionFaults,
  rulesOf,
  toConnection,
} from "../plan";
import { refuseFaults } from "./refuse-faults";
import { renameOnce } from "./rename";
import { createOnce } from "./safe-create";
import { removeOnce } from "./safe-remove";
import { knownRevisions, settleSecrets } from "./settle-secrets";
import type { Making, Place, SentSecrets } from "./step";

export interface MadeConnection {
  /** With the names of its secrets also where the platform does not tell them. Undefined where nothing was written: what differs means the same. */
  readonly observed: ObservedConnection | undefined;
  readonly secrets: SentSecrets;
  /** See `KnownAs`. */
  readonly platformFields: readonly string[];
}

/** Creates the connection, or changes it in place. */
export async function makeConnection(
  making: Making<"connection">,
  place: Place,
): Promise<MadeConnection> {
  const { declared, before, memory, promised } = making;
  const { platform, snapshot } = place;
  const planned = planConnection({
    declared,
    before,
    memory,
    rules: rulesOf(platform),
  });
  refuseFaults(planned);
  const known = declaredConnectionAs(planned);
  if (known !== undefined) snapshot.know(String(planned.id), known);
  const { send, revision } = settleSecrets(
    promised,
    before?.secrets,
    planned.secrets,
  );
  if (planned.action === "none" && !send)
    return {
      observed: undefined,
      secrets: { sent: undefined, revision },
      platformFields: memory.platformFields ?? [],
    };
  const sent =
    send || (before !== undefined && sendsAlong(declared, place))
      ? new Secret(
          jsonObject(normalizedSecrets(declared.secrets, planned.type)),
        )
      : undefined;
  const connection = { ...allKnown(declared), secrets: sent };
  if (declared.verify === "on_change") await verify(connection, place);
  const stored =
    before === undefined
      ? await create(declared, connection, place)
      : await update(before, connection, making, place);
  snapshot.connections.replace(connection, stored);
  const observed = snapshot.connections.shown(stored);
  return {
    observed: {
      ...observed,
      secretFields: observed.secretFields ?? leafPaths(sent?.reveal() ?? {}),
    },
    secrets: { sent, revision, revisions: knownRevisions(planned, sent) },
    platformFields: platformFields(planned, observed),
  };
}

/** Creates it once; what is there already is taken over or left alone, as `createOnce` says. */
async function create(
  declared: DeclaredConnection,
  connection: Connection,
  place: Place,
): Promise<ObservedConnection> {
  const {
    platform: { connections, rules },
    snapshot,
    signal,
  } = place;
  const shown = (stored: ObservedConnection) =>
    snapshot.connections.shown(stored);
  return createOnce(
    {
      id: formatConnectionKey(connection),
      kind: "connection",
      create: () => connections.create(connection, { signal }),
      tryFind: () => connections.tryFind(connection, { signal }),
      differing: (stored) =>
        connectionDifferences(declared, shown(stored), rules),
      matches: (stored) =>
        connectionIsAsDeclared(declared, shown(stored), rules),
      settle: ({ platformId, concurrencyToken }) =>
        connections.update(connection, connection, {
          signal,
          platformId,
          concurrencyToken,
        }),
    },
    place,
  );
}

async function update(
  before: ConnectionBefore,
  connection: Connection,
  { memory }: Making<"connection">,
  place: Place,
): Promise<ObservedConnection> {
  const { platform, snapshot, signal } = place;
  const { id = "" } = before;
  const key = needed(parseConnectionKey(id));
  const observed = await renameOnce(
    {
      from: id,
      to: formatConnectionKey(connection),
      update: () =>
        platform.connections.update(key, connection, {
          signal,
          platformId: before.platformId,
          concurrencyToken: before.concurrencyToken,
          secretFields: before.secrets.fields,
          known: knownBefore(before, memory),
        }),
    },
    place,
  );
  // It may have been renamed.
  snapshot.connections.replace(key, undefined);
  return observed;
}

/** Deletes it, unless it is protected or somebody else has changed it since. */
export async function removeConnection(
  before: ConnectionBefore,
  place: Place,
  options: {
    /** The plan replaces it and has looked at its protection. @default false */
    readonly mayGo?: boolean;
  } = {},
): Promise<void> {
  const { platform, snapshot, signal } = place;
  const protection = options.mayGo === true ? [] : protectionFaults(before);
  if (protection.length > 0) throw new PatchbayError(protection);
  const { id = "", platformId, concurrencyToken } = before;
  const key = needed(parseConnectionKey(id));
  const remove = async () => {
    await platform.connections.delete(key, {
      signal,
      platformId,
      concurrencyToken,
    });
    snapshot.connections.replace(key, undefined);
  };
  await removeOnce({ kind: "connection", id, platformId, remove }, place);
}

/** Whether secrets that have not changed are sent as well, because the platform may lose them otherwise. */
function sendsAlong(
  { secrets }: DeclaredConnection,
  { platform: { capabilities } }: Place,
): boolean {
  return (
    capabilities.secretsWithEveryUpdate === true &&
    secrets.value.reveal() !== null
  );
}

/** A failing test is an error, and nothing was changed. */
async function verify(
  connection: Connection,
  { platform: { verification, title }, signal }: Place,
): Promise<void> {
  const outcome = await verification?.verify(connection, { signal });
  if (outcome === undefined || outcome.ok) return;
  throw new PatchbayError({
    code: "verification_failed",
    detail: `${title} could not connect with these settings, so nothing was changed. It says: ${outcome.message ?? "nothing more"}. Correct the settings, or set verify = "off" to change them without a test.`,
  });
}

function allKnown(declared: DeclaredConnection): Connection {
  const connection = toConnection(declared);
  if (connection !== undefined) return connection;
  throw new Error("a connection is not wholly known when it must be");
}
