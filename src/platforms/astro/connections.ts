import { PatchbayError, type Secret } from "../../diagnostics";
import { ApiError } from "../../http";
import {
  type CallOptions,
  type Connection,
  type ConnectionKey,
  type ConnectionPort,
  formatConnectionKey,
  inUseDetail,
  type JsonObject,
  type ObservedConnection,
} from "../../model";
import { toRequestFields } from "./types/airflow-fields";
import type { EnvironmentObject } from "./answers";
import type { Scope } from "./client";
import type { AstroObjects } from "./objects";
import { refuse, requireRunning } from "../kit";
import { connectionEdit } from "./connection-edit";
import { connectionFaults } from "./connection-faults";
import { observedConnection } from "./observed";
import { encodeConnection, type EncodedConnection } from "./types/translation";

/** The connections of workspaces and deployments. */
export function connectionPortOf(objects: AstroObjects): ConnectionPort {
  const observe = async (
    key: ConnectionKey,
    object: EnvironmentObject,
    options: CallOptions = {},
  ): Promise<ObservedConnection> => {
    const names = object.excludeLinks.map((id) =>
      objects.inventory.deploymentName(id, options),
    );
    return observedConnection(key, object, await Promise.all(names));
  };

  return {
    check: connectionFaults,

    list: async (owner, options) => {
      const found = await objects.list(owner, options);
      return Promise.all(
        found.map((object) =>
          observe({ owner, name: object.objectKey }, object, options),
        ),
      );
    },

    tryFind: async (key, options) => {
      const object = await objects.tryFind(key, options);
      return object && observe(key, object, options);
    },

    tryFindOwner: (owner, options) => objects.tryFindOwner(owner, options),

    create: async (connection, options = {}) => {
      refuse(connectionFaults(connection));
      requireRunning(options.signal);
      const { type, patch } = encoded(connection);
      const scope = await objects.inventory.scopeOf(connection.owner, options);
      const excluded = await excludedIds(objects, connection, scope, options);
      return objects.inTurn(connection, async () => {
        // That Astro itself refuses a name that is taken is not documented.
        if (await objects.isTaken(connection, scope))
          throw alreadyExists(connection);
        requireRunning(options.signal);
        objects.noteTried(connection);
        const id = await createdId(objects, connection, {
          objectKey: connection.name,
          objectType: "CONNECTION",
          ...scope,
          ...(connection.description && {
            description: connection.description,
          }),
          connection: {
            ...toRequestFields(patch),
            type: type.airflowTypeOf(connection.config),
          },
          ...(scope.scope === "WORKSPACE" && {
            autoLinkDeployments: connection.autoLink ?? false,
            links: [],
            excludeLinks: excluded.map((scopeEntityId) => ({
              scope: "DEPLOYMENT",
              scopeEntityId,
            })),
          }),
        });
        return observe(connection, await objects.created(connection, id));
      });
    },

    update: async (key, connection, options = {}) => {
      refuse(connectionFaults(connection));
      if (key.name !== connection.name)
        throw new PatchbayError({
          code: "unsupported",
          path: ["name"],
          detail: `Astro has no support for renaming a connection. Plan again, which replaces ${formatConnectionKey(key)}.`,
        });
      const scope = await objects.inventory.scopeOf(connection.owner, options);
      const excluded = await excludedIds(objects, connection, scope, options);
      const object = await objects.find(key, options);
      const edit = connectionEdit(connection, excluded, options.known);
      return observe(key, await objects.edit(key, object.id, edit, options));
    },

    delete: async (key, options = {}) => {
      const id =
        options.platformId ?? (await objects.tryFind(key, options))?.id;
      if (id === undefined) return;
      await objects.alone(key, id, async () => {
        const object = await objects.tryGet(id, options);
        if (object === undefined) return;
        // Astro itself would take the links away with it.
        if (object.links.length > 0)
          throw new PatchbayError({
            code: "in_use",
            detail: inUseDetail(key, {
              workspaces: [],
              deployments: await objects.linkedDeployments(object, options),
            }),
          });
        requireRunning(options.signal);
        await objects.client.delete(object.id);
      });
    },
  };
}

function encoded({ type, config, secrets }: Connection): EncodedConnection {
  const fields = { type, config, secrets: secrets?.reveal() ?? {} };
  const checked = encodeConnection(fields);
  if (!checked.ok) throw new PatchbayError(checked.diagnostics);
  return checked.value;
}

/** The ids of `auto_link_except`, which only Astro's listing tells. */
async function excludedIds(
  objects: AstroObjects,
  { autoLinkExcept = [] }: Connection,
  { scope, scopeEntityId }: Scope,
  options: CallOptions,
): Promise<readonly string[]> {
  const { inventory } = objects;
  const ids: string[] = [];
  for (const name of scope === "WORKSPACE" ? autoLinkExcept : []) {
    const id = await inventory.tryDeploymentId(name, scopeEntityId, options);
    if (id === undefined) throw noSuchException(name);
    const shown = await inventory.deploymentName(id, options);
    // What is read back has to be what was declared, or every plan would differ.
    if (shown !== name)
      throw new PatchbayError({
        code: "invalid_field",
        path: ["auto_link_except"],
        detail: `In auto_link_except, deployments are given by name: write ${JSON.stringify(shown)} in place of ${JSON.stringify(name)}.`,
      });
    ids.push(id);
  }
  return ids;
}

function noSuchException(name: string): PatchbayError {
  return new PatchbayError({
    code: "not_found",
    path: ["auto_link_except"],
    detail: `The workspace of this connection has no deployment ${JSON.stringify(name)} that auto_link_except could leave out, or the token may not see it. The data source patchbay_deployments lists them.`,
  });
}

async function createdId(
  objects: AstroObjects,
  connection: Connection,
  body: Parameters<AstroObjects["client"]["create"]>[0],
): Promise<string> {
  try {
    return await objects.client.create(body, secretsOf(connection), {});
  } catch (error) {
    if (error instanceof ApiError && error.status === 409)
      throw alreadyExists(connection);
    throw error;
  }
}

function secretsOf({ secrets }: Connection): readonly Secret<JsonObject>[] {
  return secrets === undefined ? [] : [secrets];
}

function alreadyExists(key: ConnectionKey): PatchbayError {
  return new PatchbayError({
    code: "already_exists",
    detail: `There is a connection ${formatConnectionKey(key)} already. To manage it, import it:\n\n  terraform import ADDRESS ${formatConnectionKey(key)}`,
  });
}
