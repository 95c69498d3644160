import { PatchbayError } from "../../diagnostics";
import {
  type CallOptions,
  type KnownCallOptions,
  type Link,
  type LinkKey,
  type LinkPort,
  type ObservedLink,
} from "../../model";
import type { EnvironmentObject } from "./answers";
import type { AstroObjects } from "./objects";
import { linkFaults, ownerFaults } from "./link-faults";
import { linkEdit, linkIn, notLinked, unlinkEdit } from "./link-edit";
import { observedLink } from "./observed";

/** Links of a workspace's connections to its deployments. */
export function linkPortOf(objects: AstroObjects): LinkPort {
  const observe = (
    { connection, deployment }: LinkKey,
    object: EnvironmentObject,
    deploymentId: string,
  ): ObservedLink | undefined => {
    const link = linkIn(object, deploymentId);
    return link && observedLink({ connection, deployment, object, link });
  };

  /** The id of the deployment, in the workspace that owns the connection. */
  const deploymentIdOf = async (
    { connection, deployment }: LinkKey,
    options: CallOptions,
  ): Promise<string> => {
    const faults = ownerFaults(connection);
    if (faults.length > 0) throw new PatchbayError(faults);
    const { scopeEntityId } = await objects.inventory.scopeOf(
      connection.owner,
      options,
    );
    return objects.inventory.deploymentId(deployment, scopeEntityId, options);
  };

  const write = async (
    action: "create" | "update",
    link: Link,
    options: KnownCallOptions = {},
  ): Promise<ObservedLink> => {
    const id = await deploymentIdOf(link, options);
    const { id: objectId } = await objects.find(link.connection, options);
    const edit = linkEdit(link, id, action, options.known);
    const object = await objects.edit(link.connection, objectId, edit, options);
    return found(observe(link, object, id), link);
  };

  return {
    check: linkFaults,

    list: async (owner, options = {}) => {
      if (owner.kind !== "workspace") return [];
      const found = await objects.list(owner, options);
      const links = found.flatMap((object) =>
        object.links.map(async (link) =>
          observedLink({
            connection: { owner, name: object.objectKey },
            deployment: await objects.inventory.deploymentName(
              link.deploymentId,
              options,
            ),
            object,
            link,
          }),
        ),
      );
      return Promise.all(links);
    },

    tryFind: async (key, options = {}) => {
      if (key.connection.owner.kind !== "workspace") return undefined;
      const object = await objects.tryFind(key.connection, options);
      if (object === undefined || object.links.length === 0) return undefined;
      // A deployment that is gone, or not to be seen, can still be meant by its id.
      const id =
        (await objects.inventory.tryDeploymentId(
          key.deployment,
          object.scopeEntityId,
          options,
        )) ?? key.deployment;
      return observe(key, object, id);
    },

    create: (link, options) => write("create", link, options),
    update: (link, options) => write("update", link, options),

    delete: async (key, options = {}) => {
      const object = await objects.tryFind(key.connection, options);
      if (object === undefined || object.links.length === 0) return;
      const id =
        (await objects.inventory.tryDeploymentId(
          key.deployment,
          object.scopeEntityId,
          options,
        )) ?? key.deployment;
      if (linkIn(object, id) === undefined) return;
      const edit = unlinkEdit(key, id);
      try {
        await objects.edit(key.connection, object.id, edit, options);
      } catch (error) {
        // With the connection, its links are gone, too.
        if (!(error instanceof PatchbayError) || !error.has("not_found"))
          throw error;
      }
    },
  };
}

function found(observed: ObservedLink | undefined, key: LinkKey): ObservedLink {
  if (observed === undefined) throw notLinked(key);
  return observed;
}
