import { createConnection } from "../../../apply";
import { PatchbayError } from "../../../diagnostics";
import {
  type Connection,
  leafPaths,
  type ObservedConnection,
  parseConnectionKey,
  type Platform,
} from "../../../model";
import type { ProviderContext } from "../../provider-context";
import {
  knownTextOf,
  need,
  numberOf,
  settled,
  textOf,
  textsOf,
} from "../../state/record";
import { settleSecrets } from "../../state/secrets-plan";
import { fromValue } from "../../state/values";
import type { CtyRecord } from "../../wire";
import { rememberWrite } from "../remember-secrets";
import type { DeleteRequest, StateAnswer, WriteRequest } from "../resource";
import { connectionSecrets, secretsVersion } from "../secret-arguments";
import { connectionOf, normalizedSecrets } from "./connection-arguments";
import { protectionFaults } from "./connection-plan";
import { computedAttributes, platformIdOf } from "./connection-state";

export async function createPlannedConnection(
  request: WriteRequest,
  context: ProviderContext,
): Promise<StateAnswer> {
  const { platform, snapshot } = context.require();
  const { send, revision } = secretsNow(request, null);
  const connection = connectionOf(request.planned, request.config, send);
  await verify({
    platform,
    connection,
    planned: request.planned,
    signal: request.signal,
  });
  const observed = await createConnection(platform, connection, {
    signal: request.signal,
  });
  snapshot.connections.replace(connection, observed);
  return answer({ request, connection, observed, revision });
}

export async function updatePlannedConnection(
  request: WriteRequest & { readonly prior: CtyRecord },
  context: ProviderContext,
): Promise<StateAnswer> {
  const { platform, snapshot } = context.require();
  const { send, revision } = secretsNow(request, request.prior);
  const connection = connectionOf(
    request.planned,
    request.config,
    send || sendsAlong(request, platform),
  );
  await verify({
    platform,
    connection,
    planned: request.planned,
    signal: request.signal,
  });
  const key = need(parseConnectionKey(knownTextOf(request.prior, "id")));
  const observed = await platform.connections.update(key, connection, {
    signal: request.signal,
    platformId: platformIdOf(request.prior),
    concurrencyToken: request.remembered.concurrencyToken,
    secretFields: textsOf(request.prior, "secret_fields"),
  });
  snapshot.connections.replace(key, undefined);
  snapshot.connections.replace(connection, observed);
  return answer({ request, connection, observed, revision });
}

export async function deleteConnection(
  request: DeleteRequest,
  context: ProviderContext,
): Promise<void> {
  const { platform, snapshot } = context.require();
  // A replacement that the user asks for (-replace) shows us no deletion at plan time.
  const protection = protectionFaults(request.prior);
  if (protection.length > 0) throw new PatchbayError(protection);
  const key = need(parseConnectionKey(knownTextOf(request.prior, "id")));
  await platform.connections.delete(key, {
    signal: request.signal,
    platformId: platformIdOf(request.prior),
  });
  snapshot.connections.replace(key, undefined);
}

/** Whether secrets that have not changed are sent as well, because the platform may lose them otherwise. */
function sendsAlong(
  { planned, config }: WriteRequest,
  { capabilities }: Platform,
): boolean {
  return (
    capabilities.secretsWithEveryUpdate === true &&
    normalizedSecrets(config, knownTextOf(planned, "type")) !== null
  );
}

/** Whether secrets are sent, now that everything is known; the plan's revision is kept where it promised one. */
function secretsNow(
  { planned, config, remembered }: WriteRequest,
  prior: CtyRecord | null,
): { readonly send: boolean; readonly revision: number } {
  const priorRevision =
    prior === null ? undefined : (numberOf(prior, "secrets_revision") ?? 0);
  return settleSecrets(numberOf(planned, "secrets_revision"), {
    declared: normalizedSecrets(config, knownTextOf(planned, "type")),
    version: secretsVersion(prior, config, connectionSecrets),
    priorRevision,
    priorFields: undefined,
    remembered,
  });
}

/** A failing test is an error, and nothing was changed. */
async function verify(options: {
  readonly platform: Platform;
  readonly connection: Connection;
  readonly planned: CtyRecord;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { platform, connection, planned, signal } = options;
  if (
    textOf(planned, "verify") !== "on_change" ||
    platform.verification === undefined
  )
    return;
  const outcome = await platform.verification.verify(connection, { signal });
  if (outcome.ok) return;
  throw new PatchbayError({
    code: "verification_failed",
    detail: `${platform.title} could not connect with these settings, so nothing was changed. It says: ${outcome.message ?? "nothing more"}. Correct the settings, or set verify = "off" to change them without a test.`,
  });
}

function answer(options: {
  readonly request: WriteRequest;
  readonly connection: Connection;
  readonly observed: ObservedConnection;
  readonly revision: number;
}): StateAnswer {
  const { request, connection, observed, revision } = options;
  return {
    state: settled(request.planned, {
      ...computedAttributes(observed),
      secret_fields:
        observed.secretFields ?? leafPaths(connection.secrets?.reveal() ?? {}),
      secrets_revision: fromValue(revision),
    }),
    remembered: rememberWrite(request.remembered, {
      sent: connection.secrets?.reveal(),
      revision,
      shown: {
        fields: observed.secretFields,
        version: observed.secretsVersion,
        concurrencyToken: observed.concurrencyToken,
      },
    }),
  };
}
