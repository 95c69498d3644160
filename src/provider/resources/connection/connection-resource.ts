import {
  makeConnection,
  readWithAccess,
  removeConnection,
} from "../../../apply";
import type { Diagnostic } from "../../../diagnostics";
import {
  formatConnectionKey,
  type ObservedConnection,
  parseConnectionKey,
  needed,
} from "../../../model";
import {
  checkConnection,
  type ConnectionBefore,
  planConnection,
  planRemoval,
  refreshedConnection,
  showsAccess,
} from "../../../plan";
import type { ProviderContext } from "../../provider-context";
import { connectionSchema } from "../../schema/connection";
import { recordOfSchema } from "../../schema/schema-type";
import { numberOf, settled } from "../../state/record";
import { rememberWrite, withToken } from "../../state/secrets-memory";
import { fromValue } from "../../state/values";
import { planAnswer } from "../plan-answer";
import type { Resource } from "../resource";
import {
  checkSecretArguments,
  connectionSecrets,
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
    const stored = await find(before, context);
    if (stored === undefined) return { state: null, remembered: {} };
    const shown = showsAccess(before)
      ? await readWithAccess(stored, context.require())
      : stored;
    const memory = rememberedSecrets(state, remembered, connectionSecrets);
    const now = refreshedConnection(before, shown, memory);
    context.noteSecrets(now.id, now.secrets);
    return {
      state: connectionRecord(now, state),
      remembered: withToken(remembered, now.concurrencyToken),
    };
  },

  plan(request, context) {
    const { prior, config, remembered } = request;
    const planned = planConnection({
      declared: declaredConnection(config, context),
      before: prior === null ? undefined : connectionBefore(prior, remembered),
      memory: rememberedSecrets(prior, remembered, connectionSecrets),
      rules: context.rules,
    });
    const record = plannedConnectionRecord(planned, request, context);
    return Promise.resolve(planAnswer(planned, record, request, context));
  },

  planDelete: (prior) => planRemoval(connectionBefore(prior, {})).diagnostics,

  async make({ prior, planned, config, remembered, signal }, context) {
    const { observed, secrets } = await makeConnection(
      {
        declared: declaredConnection(config, context),
        before:
          prior === null ? undefined : connectionBefore(prior, remembered),
        memory: rememberedSecrets(prior, remembered, connectionSecrets),
        promised: { revision: numberOf(planned, connectionSecrets.revision) },
      },
      { ...context.require(), signal },
    );
    return {
      state: settled(planned, {
        ...computedAttributes(observed),
        secrets_revision: fromValue(secrets.revision),
        secret_revisions: fromValue(secrets.revisions ?? null),
      }),
      remembered: rememberWrite(remembered, secrets, {
        fields: observed.secretFields,
        version: observed.secretsVersion,
        concurrencyToken: observed.concurrencyToken,
      }),
    };
  },

  async delete({ prior, remembered, signal }, context) {
    await removeConnection(connectionBefore(prior, remembered), {
      ...context.require(),
      signal,
    });
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

/** By its natural key; right after an import by the platform's own id, by that. */
async function find(
  { id, platformId }: ConnectionBefore,
  context: ProviderContext,
): Promise<ObservedConnection | undefined> {
  const { platform, snapshot } = context.require();
  const { tryFindByPlatformId } = platform.connections;
  if (id === undefined && platformId !== undefined && tryFindByPlatformId)
    return await tryFindByPlatformId.call(platform.connections, platformId);
  const key = needed(parseConnectionKey(id ?? ""));
  return await snapshot.connections.tryFindRenamed(key, platformId);
}
