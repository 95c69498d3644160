import type { ConnectionKey, UsagePort } from "../../model";
import type { AstroObjects } from "./objects";

/** Where a connection is used. */
export function usagePortOf(objects: AstroObjects): UsagePort {
  return {
    find: async (key, options = {}) => {
      const object = await objects.find(key, options);
      if (object.scope === "DEPLOYMENT") return deploymentsOwn(key, objects);
      const linked = await objects.linkedDeployments(object, options);
      const workspace = await objects.inventory.workspaceName(
        object.scopeEntityId,
        options,
      );
      const others = object.autoLinkDeployments
        ? await objects.inventory.deploymentsOf(object.scopeEntityId, options)
        : [];
      const left = new Set([
        ...object.excludeLinks,
        ...object.links.map(({ deploymentId }) => deploymentId),
      ]);
      const automatic = await Promise.all(
        others
          .filter(({ id }) => !left.has(id))
          .map(async ({ id }) => ({
            deployment: await objects.inventory.deploymentName(id, options),
            workspace,
            through: "auto_link" as const,
          })),
      );
      return {
        workspaces: [{ workspace, through: "owner" }],
        deployments: [...linked, ...automatic].sort((one, other) =>
          one.deployment < other.deployment ? -1 : 1,
        ),
      };
    },
  };
}

/** A deployment's own connection is used there and nowhere else. */
async function deploymentsOwn(
  key: ConnectionKey,
  { inventory }: AstroObjects,
): ReturnType<UsagePort["find"]> {
  const { scopeEntityId } = await inventory.scopeOf(key.owner);
  const { name, workspace } = await inventory.deployment(scopeEntityId);
  return {
    workspaces: [],
    deployments: [{ deployment: name, workspace, through: "owner" }],
  };
}
