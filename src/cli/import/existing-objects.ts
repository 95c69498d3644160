import { PatchbayError } from "../../diagnostics";
import {
  featureTitles,
  formatConnectionKey,
  formatOwner,
  hasFeature,
  objectOf,
  type ObservedAttachment,
  type ObservedConnection,
  type ObservedLink,
  type Owner,
  type Platform,
  requireFeature,
  requireOwner,
} from "../../model";
import { type ObservedSet, shownConnection, shownLink } from "../../plan";
import { fewAtATime } from "./few-at-a-time";

/**
 * What an owner has on a platform, each list in the order of names; connections
 * with their access lists, wherever the platform shows them, workspaces and
 * deployments only where they are managed and belong to the owner.
 */
export type ExistingObjects = ObservedSet;

/**
 * Reads what is there, in as few listings as the port has. Where a platform
 * lists nothing, the connections with these platform ids. Rejects with
 * `unsupported`, `not_found` and what the platform rejects with.
 */
export async function readExistingObjects(
  platform: Platform,
  owner: Owner,
  platformIds: readonly string[],
): Promise<ExistingObjects> {
  const faults = requireOwner(platform, owner, ["owner"]);
  if (faults.length > 0) throw new PatchbayError(faults);
  const stored = await readConnections(platform, owner, platformIds);
  const connections = await withAccess(
    platform,
    stored.map((one) => shownConnection(one, undefined, platform.rules)),
  );
  const typeOf = new Map(
    connections.map((one) => [formatConnectionKey(one), one.type]),
  );
  const ofThese = ({ connection }: ObservedAttachment | ObservedLink) =>
    typeOf.has(formatConnectionKey(connection));
  const attachments = (await platform.attachments?.list(owner)) ?? [];
  const links = ((await platform.links?.list(owner)) ?? [])
    .filter(ofThese)
    .map((link) =>
      shownLink(
        link,
        {
          type: typeOf.get(formatConnectionKey(link.connection)),
          config: objectOf([]),
          secretFields: [],
        },
        platform.rules,
      ),
    );
  const { inventory, inventoryManagement } = platform;
  const isAccount = owner.kind === "organization" || owner.kind === "user";
  const managed =
    isAccount && inventoryManagement !== undefined ? inventory : undefined;
  return {
    connections: sortedBy(connections, ({ name, platformId }) => [
      name,
      platformId,
    ]),
    attachments: sortedBy(
      attachments.filter(ofThese),
      ({ connection, workspace }) => [connection.name, workspace],
    ),
    links: sortedBy(links, ({ connection, deployment }) => [
      connection.name,
      deployment,
    ]),
    workspaces: sortedBy(
      (await managed?.listWorkspaces(owner)) ?? [],
      ({ name }) => [name],
    ),
    deployments: sortedBy(
      (await managed?.listDeployments(owner)) ?? [],
      ({ name }) => [name],
    ),
  };
}

async function readConnections(
  platform: Platform,
  owner: Owner,
  platformIds: readonly string[],
): Promise<readonly ObservedConnection[]> {
  const { connections, title } = platform;
  if (platformIds.length > 0) {
    if (connections.tryFindByPlatformId === undefined) {
      throw new PatchbayError({
        code: "unsupported",
        detail: `On ${title} connections are found by their names, not by ids. Leave out --id: all connections of ${formatOwner(owner)} are imported.`,
      });
    }
    return await byPlatformIds(platform, [...new Set(platformIds)]);
  }
  if (connections.list !== undefined) return await connections.list(owner);
  const alternative =
    connections.tryFindByPlatformId === undefined
      ? ""
      : " Name the connections by their ids on the platform: --id ID, once for each.";
  const instead = hasFeature(platform, "list")
    ? undefined
    : requireFeature(platform, "list", [])[0]?.detail;
  throw new PatchbayError({
    code: "unsupported",
    detail: `${instead ?? `${title} has no support for ${featureTitles.list}.`}${alternative}`,
  });
}

/** Where a listing is without access lists, one request more for each connection; as the provider does when it imports. */
async function withAccess(
  { access }: Platform,
  connections: readonly ObservedConnection[],
): Promise<readonly ObservedConnection[]> {
  if (access === undefined) return connections;
  return await fewAtATime(connections, async (connection) => ({
    ...connection,
    access: await access.find(connection, {
      platformId: connection.platformId,
    }),
  }));
}

/** One after the other: a handful, and rate limits are tight where there is no listing. */
async function byPlatformIds(
  { connections, title }: Platform,
  platformIds: readonly string[],
): Promise<readonly ObservedConnection[]> {
  const found: ObservedConnection[] = [];
  const missing: string[] = [];
  for (const platformId of platformIds) {
    const connection = await connections.tryFindByPlatformId?.(platformId);
    if (connection === undefined) missing.push(platformId);
    else found.push(connection);
  }
  if (missing.length === 0) return found;
  throw new PatchbayError({
    code: "not_found",
    detail: `${title} has no connection with the id ${missing.map((id) => JSON.stringify(id)).join(", nor with ")}. Nothing was written.`,
  });
}

/** By code units: the same on every machine. */
function sortedBy<T>(
  items: readonly T[],
  textsOf: (item: T) => readonly string[],
): readonly T[] {
  const key = (item: T) => textsOf(item).join("\u0000");
  return [...items].sort((left, right) =>
    key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0,
  );
}
