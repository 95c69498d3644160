import { PatchbayError } from "../../diagnostics";
import { ApiError } from "../../http";
import {
  type CallOptions,
  type Connection,
  type ConnectionKey,
  type ConnectionPort,
  formatConnectionKey,
  inUseDetail,
  type ObservedConnection,
} from "../../model";
import { toRequestFields } from "./airflow-fields";
import type { EnvironmentObject } from "./astro-answers";
import type { Scope } from "./astro-client";
import type { AstroObjects } from "./astro-objects";
import { requireRunning } from "./cancelled";
import { connectionEdit } from "./connection-edit";
import { observedConnection } from "./observed";
import { encodeConnection } from "./translation";

const MAX_DESCRIPTION_LENGTH = 500;

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

    create: async (connection, options = {}) => {
      checkDeclared(connection);
      requireRunning(options.signal);
      const { type, patch } = encodeConnection(fieldsOf(connection), undefined);
      const scope = await objects.inventory.scopeOf(connection.owner, options);
      const excluded = await excludedIds(objects, connection, scope, options);
      return objects.inTurn(connection, async () => {
        // That Astro itself refuses a name that is taken is not documented.
        const taken = await objects.tryFind(connection, options);
        if (taken !== undefined) throw alreadyExists(connection);
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
      checkDeclared(connection);
      if (key.name !== connection.name)
        throw new PatchbayError({
          code: "unsupported",
          path: ["name"],
          detail: `Astro has no support for renaming a connection. Plan again, which replaces ${formatConnectionKey(key)}.`,
        });
      const scope = await objects.inventory.scopeOf(connection.owner, options);
      const excluded = await excludedIds(objects, connection, scope, options);
      const object = await objects.find(key, options);
      const edit = connectionEdit(connection, excluded);
      return observe(key, await objects.edit(key, object.id, edit, options));
    },

    delete: async (key, options = {}) => {
      const found = await objects.tryFind(key, options);
      if (found === undefined) return;
      await objects.alone(key, found.id, async () => {
        const object = await objects.client.tryGet(found.id, options);
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

function fieldsOf({ type, config, secrets }: Connection) {
  return { type, config, secrets: secrets?.reveal() ?? {} };
}

/** What no schema says: Astro's limits, and names that Airflow would not take as a connection id. */
function checkDeclared({ name, description }: Connection): void {
  if (!/^[\p{L}\p{N}_#!()\-.:/\\]+$/u.test(name))
    throw new PatchbayError({
      code: "invalid_name",
      path: ["name"],
      detail: `${JSON.stringify(name)} cannot be the id of a connection in Airflow. Use letters, digits and the characters _ # ! ( ) - . : \\ only.`,
    });
  if ([...(description ?? "")].length > MAX_DESCRIPTION_LENGTH)
    throw new PatchbayError({
      code: "invalid_field",
      path: ["description"],
      detail: `The description is longer than the ${MAX_DESCRIPTION_LENGTH} characters that Astro keeps. Shorten it.`,
    });
}

/** The ids of `auto_link_except`. Rejects what a connection of a deployment cannot have. */
async function excludedIds(
  objects: AstroObjects,
  { owner, autoLink, autoLinkExcept = [] }: Connection,
  { scope, scopeEntityId }: Scope,
  options: CallOptions,
): Promise<readonly string[]> {
  if (scope === "DEPLOYMENT") {
    if (autoLink !== true && autoLinkExcept.length === 0) return [];
    throw new PatchbayError({
      code: "unsupported",
      path: ["auto_link"],
      detail: `On Astro, only connections of a workspace are linked to deployments; this one belongs to ${owner.kind === "tenant" ? "the tenant" : `${owner.kind} ${owner.name}`}. Remove auto_link and auto_link_except, or let the workspace own it.`,
    });
  }
  const ids: string[] = [];
  for (const name of autoLinkExcept) {
    const id = await objects.inventory.deploymentId(
      name,
      scopeEntityId,
      options,
    );
    const shown = await objects.inventory.deploymentName(id, options);
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

async function createdId(
  objects: AstroObjects,
  connection: Connection,
  body: Parameters<AstroObjects["client"]["create"]>[0],
): Promise<string> {
  try {
    return await objects.client.create(body, {});
  } catch (error) {
    if (error instanceof ApiError && error.status === 409)
      throw alreadyExists(connection);
    throw error;
  }
}

function alreadyExists(key: ConnectionKey): PatchbayError {
  return new PatchbayError({
    code: "already_exists",
    detail: `There is a connection ${formatConnectionKey(key)} already. To manage it, import it:\n\n  terraform import ADDRESS ${formatConnectionKey(key)}`,
  });
}
