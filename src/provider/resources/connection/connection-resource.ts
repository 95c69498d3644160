import {
  makeConnection,
  readWithAccess,
  removeConnection,
} from "../../../apply";
import { type Diagnostic, hasErrors } from "../../../diagnostics";
import {
  formatConnectionKey,
  type ObservedConnection,
  parseConnectionKey,
  needed,
  escapeName,
} from "../../../model";
import {
  checkConnection,
  type ConnectionBefore,
  declaredConnectionAs,
  type DeclaredConnection,
  planConnection,
  planRemoval,
  type ReplacedConnection,
  replacedConnection,
  refreshedConnection,
  rememberedConnection,
  showsAccess,
} from "../../../plan";
import type { ProviderContext } from "../../provider-context";
import { connectionSchema } from "../../schema/connection";
import { recordOfSchema } from "../../schema/schema-type";
import { numberOf, settled } from "../../state/record";
import {
  rememberWrite,
  withPlatformFields,
  withToken,
} from "../../state/secrets-memory";
import { fromValue } from "../../state/values";
import { planAnswer } from "../plan-answer";
import type { PlanRequest, Resource } from "../resource";
import {
  checkSecretArguments,
  connectionSecrets,
  keptSecrets,
  rememberedSecrets,
} from "../secret-arguments";
import {
  connectionBefore,
  declaredConnection,
  computedAttributes,
  connectionRecord,
  plannedConnectionRecord,
} from "./connection-record";

/** patchbay_connection */
export const connectionResource: Resource = {
  typeName: "patchbay_connection",
  kind: "connection",
  schema: connectionSchema,

  validate(config, context) {
    const faults: Diagnostic[] = [];
    const declared = declaredConnection(config, context, faults);
    return [
      ...checkSecretArguments(config, connectionSecrets),
      ...faults,
      ...checkConnection(declared),
    ];
  },

  async read({ state, remembered }, context) {
    const before = connectionBefore(state, remembered);
    const memory = rememberedSecrets(state, remembered, connectionSecrets);
    const known = rememberedConnection(before, memory);
    if (known !== undefined && before.id !== undefined)
      context.require().snapshot.know(before.id, known);
    const stored = await find(before, context);
    if (stored === undefined) return { state: null, remembered: {} };
    const shown = showsAccess(before)
      ? await readWithAccess(stored, context.require())
      : stored;
    const now = refreshedConnection(before, shown, memory);
    if (now.ours?.deletionProtection === true)
      context.noteProtected(formatConnectionKey(stored));
    context.noteSecrets(now.id, now.secrets);
    return {
      state: connectionRecord(now, state),
      remembered: withToken(remembered, now.concurrencyToken),
    };
  },

  async plan(request, context) {
    const { prior, config, remembered } = request;
    const declared = declaredConnection(config, context);
    const before =
      prior === null ? undefined : connectionBefore(prior, remembered);
    const planned = planConnection({
      declared,
      before,
      stored: await readBefore(before, context),
      memory: rememberedSecrets(prior, remembered, connectionSecrets),
      rules: context.rules,
      goes: prior === null ? goesFor(declared, request, context) : undefined,
    });
    // Whoever else wants it replaced is seen in the second call only.
    if (before !== undefined && planned.replacing.length === 0)
      context.noteInPlace(before.id, replacedConnection(before));
    const known = declaredConnectionAs(planned);
    if (known !== undefined && typeof planned.id === "string")
      context.snapshot?.know(planned.id, known);
    const record = plannedConnectionRecord(planned, request, context);
    return {
      ...(await planAnswer(
        planned,
        record,
        request,
        context,
        keptSecrets(prior, config, connectionSecrets),
      )),
      replaceable: prior === null && !hasErrors(planned.diagnostics),
    };
  },

  planDelete: (prior) => planRemoval(connectionBefore(prior, {})).diagnostics,

  async make({ prior, planned, config, remembered, ...step }, context) {
    const { observed, secrets, platformFields } = await makeConnection(
      {
        declared: declaredConnection(config, context),
        before:
          prior === null ? undefined : connectionBefore(prior, remembered),
        memory: rememberedSecrets(prior, remembered, connectionSecrets),
        promised: { revision: numberOf(planned, connectionSecrets.revision) },
      },
      context.placeOf(step),
    );
    if (observed === undefined)
      return {
        state: settled(planned, {
          secrets_revision: fromValue(secrets.revision),
        }),
        remembered,
      };
    return {
      state: settled(planned, {
        ...computedAttributes(observed),
        secrets_revision: fromValue(secrets.revision),
        secret_revisions: fromValue(secrets.revisions ?? null),
      }),
      remembered: withPlatformFields(
        rememberWrite(remembered, secrets, {
          fields: observed.secretFields,
          version: observed.secretsVersion,
          concurrencyToken: observed.concurrencyToken,
        }),
        platformFields,
      ),
    };
  },

  async delete({ prior, remembered, ...step }, context) {
    await removeConnection(
      connectionBefore(prior, remembered),
      context.placeOf(step),
      { mayGo: remembered.replaceable === true },
    );
  },

  import(id, context) {
    const byPlatformId =
      context.platform?.connections.tryFindByPlatformId !== undefined;
    return recordOfSchema(
      connectionSchema,
      byPlatformId
        ? { platform_id: id }
        : { id: formatConnectionKey(needed(parseConnectionKey(id))) },
    );
  },
};

/** What this walk has read of it. */
async function readBefore(
  before: ConnectionBefore | undefined,
  { snapshot }: ProviderContext,
): Promise<ObservedConnection["stored"]> {
  const key = parseConnectionKey(before?.id ?? "");
  if (snapshot === undefined || !key.ok) return undefined;
  return (await snapshot.connections.peek(key.value))?.stored;
}

/** What a connection that is made takes the place of. A tainted one shows only by its having been read: core plans it as if nothing were there. */
function goesFor(
  { owner, name }: DeclaredConnection,
  { secondCall, gone }: PlanRequest,
  context: ProviderContext,
): ReplacedConnection | undefined {
  const id =
    typeof owner === "string" && typeof name === "string"
      ? `${owner}/${escapeName(name)}`
      : undefined;
  const wasProtected = id !== undefined && context.wasProtected(id);
  return secondCall || wasProtected
    ? {
        ...(secondCall && id !== undefined ? context.notedInPlace(id) : {}),
        wasProtected,
        secretFields: gone.secretFields ?? [],
      }
    : undefined;
}

/** By its natural key; right after an import by the platform's own id, by that. */
async function find(
  { id, platformId }: ConnectionBefore,
  context: ProviderContext,
): Promise<ObservedConnection | undefined> {
  const { platform, snapshot } = context.require();
  const { tryFindByPlatformId } = platform.connections;
  if (id === undefined && platformId !== undefined && tryFindByPlatformId) {
    const stored = await tryFindByPlatformId.call(
      platform.connections,
      platformId,
    );
    return stored && snapshot.connections.shown(stored);
  }
  const key = needed(parseConnectionKey(id ?? ""));
  return await snapshot.connections.tryFindRenamed(key, platformId);
}
