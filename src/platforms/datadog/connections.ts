import { Secret } from "../../diagnostics";
import {
  type CallOptions,
  type ConnectionPort,
  type ObservedConnection,
  type Owner,
  requireOwner,
} from "../../model";
import { isGone, refuse } from "../kit";
import { checkConnection, requireChecked } from "./check-connection";
import {
  checkedId,
  notFound,
  otherType,
  ownerOf,
  platformIdOf,
} from "./connection-identity";
import { createOnce, restrictNew } from "./create-connection";
import { accessOfBindings, type LockoutSettings } from "./access";
import type { Binding, ShownConnection } from "./answers";
import { datadogIdentity } from "./capabilities";
import type { DatadogClient } from "./client";
import { noteOfConnection, shownConnection } from "./observed";
import { restrict } from "./restrict-connection";
import { tryTranslationOfShown, typeOfShown } from "./types/types";

/** Connections of an organization. */
export function connectionsOf(
  client: DatadogClient,
  {
    organization,
    ...settings
  }: LockoutSettings & { readonly organization: string | undefined },
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
    check: (connection) => checkConnection(connection, settings),

    tryFind: async (key, options = {}) => {
      refuse(requireOwner(datadogIdentity, key.owner, ["owner"]));
      return await read(platformIdOf(key, options), key.owner, options);
    },

    tryFindByPlatformId: async (platformId, options = {}) =>
      await read(checkedId(platformId), ownerOf(organization), options),

    create: async (connection, options = {}) => {
      // None can be there already.
      const { secrets = new Secret({}) } = connection;
      const { translation, fields } = requireChecked(
        { ...connection, secrets },
        settings,
      );
      const shown = await createOnce(client, connection, {
        attributes: {
          name: connection.name,
          ...translation.toAttributes(fields),
        },
        options: { ...options, secrets },
      });
      const bindings = await restrictNew(client, connection, shown);
      return observedOf(shown, connection.owner, bindings);
    },

    update: async (key, connection, options = {}) => {
      const id = platformIdOf(key, options);
      const { translation, fields } = requireChecked(connection, settings);
      const current = await client.tryGet(id, options);
      if (current === undefined) throw notFound(key, id);
      if (tryTranslationOfShown(current.attributes) !== translation)
        throw otherType(connection, typeOfShown(current.attributes));
      refuse(
        translation.checkChange(fields, {
          attributes: current.attributes,
          secretFields: options.secretFields,
        }),
      );
      const shown = await client
        .update(
          id,
          {
            name: connection.name,
            ...translation.toAttributesUpdate(fields, {
              attributes: current.attributes,
              secretFields: options.secretFields,
            }),
          },
          { ...options, secrets: connection.secrets },
        )
        .catch((error: unknown) => {
          // It was there a moment ago.
          if (isGone(error)) throw notFound(key, id);
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
  const stored = new Secret<unknown>(attributes);
  const access = accessOfBindings(bindings);
  const note = noteOfConnection(attributes);
  return {
    owner,
    name,
    platformId: id,
    ...shownConnection(stored, undefined),
    autoLink: false,
    autoLinkExcept: [],
    ...(access === undefined ? {} : { access }),
    status: "unknown",
    ...(note === undefined ? {} : { statusMessage: note }),
    stored,
  };
}

/** Waits for a result without failing; what comes of it is asked later. */
async function settled<T>(call: Promise<T>): Promise<() => T> {
  const [outcome] = await Promise.allSettled([call]);
  return () => {
    if (outcome.status === "fulfilled") return outcome.value;
    throw outcome.reason;
  };
}
