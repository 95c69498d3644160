import {
  type Diagnostic,
  errorDiagnostic,
  PatchbayError,
} from "../../diagnostics";
import { ApiError } from "../../http";
import {
  type CallOptions,
  checkName,
  type Connection,
  type ConnectionKey,
  type ConnectionPort,
  formatConnectionKey,
  type JsonObject,
  type KeyedCallOptions,
  type ObservedConnection,
  type Owner,
  type Platform,
  requireOwner,
} from "../../model";
import {
  accessOfBindings,
  bindingsOfAccess,
  checkAccess,
} from "./datadog-access";
import type { Binding, ShownConnection } from "./datadog-answers";
import { datadogIdentity } from "./datadog-capabilities";
import type { DatadogClient } from "./datadog-client";
import { type DeclaredFields } from "./types/type-translation";
import { translationOf, translationOfShown } from "./types/types";
import { isUuid } from "./uuid";
import { withholdSecrets } from "./withhold-secrets";

export interface DatadogAdapterOptions {
  readonly client: DatadogClient;
  /** Whose an imported connection is: Datadog's answers do not name their organization. */
  readonly organization: string | undefined;
}

/** The port over Datadog's API. */
export function createDatadogAdapter({
  client,
  organization,
}: DatadogAdapterOptions): Platform {
  return {
    ...datadogIdentity,
    connections: connectionsOf(client, organization),
    close: () => Promise.resolve(),
  };
}

function connectionsOf(
  client: DatadogClient,
  organization: string | undefined,
): ConnectionPort {
  const read = async (platformId: string, owner: Owner, call: CallOptions) => {
    const [shown, policy] = await Promise.all([
      client.tryGet(platformId, call),
      // Its failure is none where the connection is not there.
      settled(client.getPolicy(platformId, call)),
    ]);
    return shown && observedOf(shown, owner, policy());
  };
  return {
    tryFind: async (key, options = {}) => {
      refuseAll(requireOwner(datadogIdentity, key.owner, ["owner"]));
      return await read(platformIdOf(key, options), key.owner, options);
    },

    tryFindByPlatformId: async (platformId, options = {}) =>
      await read(checkedId(platformId), ownerOf(organization), options),

    create: async (connection, options = {}) => {
      const translation = translationOf(connection.type);
      const fields = fieldsOf(connection);
      refuseAll([
        ...requireOwner(datadogIdentity, connection.owner, ["owner"]),
        ...translation.check(fields, undefined),
        ...checkAccess(connection.access),
      ]);
      const shown = await withholdSecrets(fields.secrets, () =>
        createOnce(client, connection, {
          attributes: {
            name: connection.name,
            ...translation.toAttributes(fields),
          },
          options,
        }),
      );
      const bindings = await restrictNew(client, connection, shown);
      return observedOf(shown, connection.owner, bindings);
    },

    update: async (key, connection, options = {}) => {
      const id = platformIdOf(key, options);
      const translation = translationOf(connection.type);
      const fields = fieldsOf(connection);
      const current = await client.tryGet(id, options);
      if (current === undefined) throw notFound(key, id);
      const { type } = translationOfShown(current.attributes);
      if (type !== connection.type) throw otherType(connection, type);
      refuseAll([
        ...translation.check(fields, current.attributes),
        ...checkAccess(connection.access),
      ]);
      const shown = await withholdSecrets(fields.secrets, () =>
        client.update(
          id,
          {
            name: connection.name,
            ...translation.toAttributesUpdate(fields, current.attributes),
          },
          options,
        ),
      ).catch((error: unknown) => {
        // It was there a moment ago.
        if (isNotFound(error)) throw notFound(key, id);
        throw error;
      });
      const bindings =
        connection.access === undefined
          ? await client.getPolicy(id, options)
          : await restrict(client, id, connection.access, options);
      return observedOf(shown, connection.owner, bindings);
    },

    delete: async (key, options = {}) => {
      await client.delete(platformIdOf(key, options), options);
    },
  };
}

function observedOf(
  shown: ShownConnection,
  owner: Owner,
  bindings: readonly Binding[],
): ObservedConnection {
  const { id, name, attributes } = shown;
  // A name that no id can hold could not be repaired by a plan either.
  const unusable = checkName(name, ["name"]);
  if (unusable.length > 0) {
    throw new PatchbayError({
      code: "invalid_name",
      path: ["name"],
      detail: `In Datadog, the connection ${id} is called ${JSON.stringify(name)}, which cannot be part of an id here: ${unusable[0]!.detail} Rename it in Datadog first.`,
    });
  }
  const translation = translationOfShown(attributes);
  const access = accessOfBindings(bindings);
  const note = translation.noteOf?.(attributes);
  return {
    owner,
    name,
    platformId: id,
    type: translation.type,
    config: translation.configOf(attributes),
    // Empty texts stand for secrets, and tokens may be left out of an answer: neither says which are set.
    secretFields: undefined,
    autoLink: false,
    autoLinkExcept: [],
    ...(access === undefined ? {} : { access }),
    status: "unknown",
    ...(note === undefined ? {} : { statusMessage: note }),
  };
}

/** A create whose answer was lost cannot be looked up: the user has to. */
async function createOnce(
  client: DatadogClient,
  connection: Connection,
  call: { readonly attributes: JsonObject; readonly options: CallOptions },
): Promise<ShownConnection> {
  try {
    return await client.create(call.attributes, call.options);
  } catch (error) {
    if (!(error instanceof PatchbayError) || !error.has("outcome_unknown"))
      throw error;
    throw new PatchbayError({
      code: "outcome_unknown",
      detail: `It is not known whether Datadog has created the connection ${JSON.stringify(connection.name)}: ${happeningOf(error)}.

Datadog cannot be asked for a connection by its name. Look in Datadog under Actions > Connections whether there is a new one called ${JSON.stringify(connection.name)}. If there is, import it by its UUID, which its page's address ends with, before the next apply (or delete it there):

  terraform import ADDRESS UUID

If there is none, apply again. An apply without looking may make a second one of the same name.`,
    });
  }
}

/** What came of a creation, without the advice for platforms that can be asked. */
function happeningOf(error: PatchbayError): string {
  if (!(error instanceof ApiError))
    return "its answer is not what was agreed on";
  const { host, status, requestId } = error;
  const id = requestId === undefined ? "" : `, request id ${requestId}`;
  return status === undefined
    ? `no complete answer came from ${host}`
    : `the answer of ${host} was ${status}${id}`;
}

/** Restricts what was just made; where that fails, it is taken back, so that nothing is left that no state knows. */
async function restrictNew(
  client: DatadogClient,
  { access, name }: Connection,
  { id }: ShownConnection,
): Promise<readonly Binding[]> {
  if (access === undefined || bindingsOfAccess(access).length === 0) return [];
  try {
    return await restrict(client, id, access, {});
  } catch (error) {
    try {
      await client.delete(id, {});
    } catch (failure) {
      throw new PatchbayError([
        ...diagnosticsIn(error),
        ...diagnosticsIn(failure),
        errorDiagnostic({
          code: "outcome_unknown",
          detail: `The connection ${JSON.stringify(name)} was made, its access could not be restricted, and it could not be deleted again. Import it by its UUID, or delete it in Datadog:\n\n  terraform import ADDRESS ${id}`,
        }),
      ]);
    }
    throw error;
  }
}

/** No bindings at all restore the default. */
async function restrict(
  client: DatadogClient,
  id: string,
  access: NonNullable<Connection["access"]>,
  options: CallOptions,
): Promise<readonly Binding[]> {
  const bindings = bindingsOfAccess(access);
  if (bindings.length > 0) return await client.putPolicy(id, bindings, options);
  await client.deletePolicy(id, options);
  return [];
}

function fieldsOf({ config, secrets }: Connection): DeclaredFields {
  return { config, secrets: secrets?.reveal() };
}

/** Datadog's names are not unique, so a name finds nothing. */
function platformIdOf(
  key: ConnectionKey,
  { platformId }: KeyedCallOptions,
): string {
  if (platformId !== undefined) return checkedId(platformId);
  throw new PatchbayError({
    code: "unsupported",
    path: ["id"],
    detail: `Datadog cannot be asked for ${formatConnectionKey(key)}: names are not unique there, and only a UUID finds a connection. Import it by its UUID, which the address of its page in Datadog ends with:\n\n  terraform import ADDRESS UUID`,
  });
}

function checkedId(platformId: string): string {
  if (isUuid(platformId)) return platformId;
  throw new PatchbayError({
    code: "invalid_id",
    path: ["id"],
    detail: `${JSON.stringify(platformId)} is not the UUID of a connection. On Datadog a connection is imported by its UUID, which the address of its page there ends with, for example "1d8a3b5c-0000-4000-8000-000000000001".`,
  });
}

function ownerOf(organization: string | undefined): Owner {
  if (organization !== undefined)
    return { kind: "organization", name: organization };
  throw new PatchbayError({
    code: "missing_argument",
    path: ["organization"],
    detail:
      'Datadog does not say whose a connection is. Set the provider\'s "organization" argument, under which it is kept here:\n\n  organization = "acme"',
  });
}

function notFound(key: ConnectionKey, id: string): PatchbayError {
  return new PatchbayError({
    code: "not_found",
    detail: `There is no connection ${formatConnectionKey(key)} (${id}) in Datadog any more; nothing was changed. Plan again; the next plan creates it.`,
  });
}

function otherType(connection: Connection, type: string): PatchbayError {
  return new PatchbayError({
    code: "unsupported",
    path: ["type"],
    detail: `In Datadog, ${formatConnectionKey(connection)} is of type ${JSON.stringify(type)} now, and Datadog does not say whether a connection's type can be changed. Replace the connection.`,
  });
}

function isNotFound(error: unknown): boolean {
  return error instanceof PatchbayError && error.has("not_found");
}

function refuseAll(faults: readonly Diagnostic[]): void {
  if (faults.length > 0) throw new PatchbayError(faults);
}

function diagnosticsIn(error: unknown): readonly Diagnostic[] {
  if (error instanceof PatchbayError) return error.diagnostics;
  throw error;
}

/** Waits for a result without failing; what comes of it is asked later. */
async function settled<T>(call: Promise<T>): Promise<() => T> {
  const [outcome] = await Promise.allSettled([call]);
  return () => {
    if (outcome.status === "fulfilled") return outcome.value;
    throw outcome.reason;
  };
}
