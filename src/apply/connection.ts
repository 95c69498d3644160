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
  connectionIsAsDeclared,
  type DeclaredConnection,
  jsonObject,
  normalizedSecrets,
  planConnection,
  protectionFaults,
  rulesOf,
  toConnection,
} from "../plan";
import { refuseFaults } from "./refuse-faults";
import { createOnce } from "./safe-create";
import { knownRevisions, settleSecrets } from "./settle-secrets";
import type { Making, Place, SentSecrets } from "./step";

export interface MadeConnection {
  /** With the names of its secrets also where the platform does not tell them. */
  readonly observed: ObservedConnection;
  readonly secrets: SentSecrets;
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
  const { send, revision } = settleSecrets(
    promised,
    before?.secrets,
    planned.secrets,
  );
  const sent =
    send || (before !== undefined && sendsAlong(declared, place))
      ? new Secret(
          jsonObject(normalizedSecrets(declared.secrets, planned.type)),
        )
      : undefined;
  const connection = { ...allKnown(declared), secrets: sent };
  if (declared.verify === "on_change") await verify(connection, place);
  const observed =
    before === undefined
      ? await create(declared, connection, place)
      : await update(before, connection, place);
  snapshot.connections.replace(connection, observed);
  return {
    observed: {
      ...observed,
      secretFields: observed.secretFields ?? leafPaths(sent?.reveal() ?? {}),
    },
    secrets: { sent, revision, revisions: knownRevisions(planned, sent) },
  };
}

/** Creates it once; adopts it where an earlier, interrupted run had created it just so. */
async function create(
  declared: DeclaredConnection,
  connection: Connection,
  { platform: { connections }, signal }: Place,
): Promise<ObservedConnection> {
  const id = formatConnectionKey(connection);
  return createOnce({
    id,
    kind: "connection",
    create: () => connections.create(connection, { signal }),
    tryFind: () => connections.tryFind(connection, { signal }),
    matches: (observed) => connectionIsAsDeclared(declared, observed),
    settle: ({ platformId, concurrencyToken }) =>
      connections.update(connection, connection, {
        signal,
        platformId,
        concurrencyToken,
      }),
    importHint: `terraform import ADDRESS ${id}`,
  });
}

async function update(
  before: ConnectionBefore,
  connection: Connection,
  { platform, snapshot, signal }: Place,
): Promise<ObservedConnection> {
  const key = needed(parseConnectionKey(before.id ?? ""));
  const observed = await platform.connections.update(key, connection, {
    signal,
    platformId: before.platformId,
    concurrencyToken: before.concurrencyToken,
    secretFields: before.secrets.fields,
  });
  // It may have been renamed.
  snapshot.connections.replace(key, undefined);
  return observed;
}

/** Deletes it, unless it is protected or somebody else has changed it since. */
export async function removeConnection(
  before: ConnectionBefore,
  { platform, snapshot, signal }: Place,
): Promise<void> {
  // A replacement that the user asks for (-replace) shows us no deletion at plan time.
  const protection = protectionFaults(before);
  if (protection.length > 0) throw new PatchbayError(protection);
  const key = needed(parseConnectionKey(before.id ?? ""));
  await platform.connections.delete(key, {
    signal,
    platformId: before.platformId,
    concurrencyToken: before.concurrencyToken,
  });
  snapshot.connections.replace(key, undefined);
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
