import { PatchbayError } from "../../diagnostics";
import {
  type ConnectionKey,
  formatConnectionKey,
  needed,
  type ObservedDeployment,
  type ObservedWorkspace,
  parseConnectionKey,
  escapeName,
} from "../../model";
import {
  type Identity,
  inventoryIdOf,
  type InventoryKind,
  type OrLater,
  parseInventoryId,
} from "../../plan";
import type { ProviderContext } from "../provider-context";

/**
 * The workspaces, deployments and attachments that a connection is used in or
 * through. They are known by the platform's own ids, so that a new name is not
 * taken for another object. Where a platform cannot tell, nothing is concluded.
 */

/** A workspace or a deployment that is named beside a connection. */
export interface NamedPlace {
  readonly connection: OrLater<string>;
  readonly name: OrLater<string>;
}

/** Its own id, as the plan will have it or as it is. */
export async function placeIdentity(
  kind: InventoryKind,
  { connection, name }: NamedPlace,
  context: ProviderContext,
): Promise<Identity> {
  const { defaultOwner, planned } = context;
  const id = inventoryIdOf(kind, name, connection, defaultOwner);
  if (id === undefined) return undefined;
  return (
    planned.identity(kind, id) ??
    (await findPlace({ kind, id }, context))?.platformId
  );
}

/** The own id of the attachment that a deployment sees the connection through; not of one that it comes to see it through by moving. */
export async function attachmentIdentity(
  { connection, name }: NamedPlace,
  context: ProviderContext,
): Promise<Identity> {
  const { defaultOwner, planned } = context;
  const id = inventoryIdOf("deployment", name, connection, defaultOwner);
  if (id === undefined || typeof connection !== "string") return undefined;
  const places = planned.workspacesOf(id);
  const isMoved = places?.from !== undefined && places.from !== places.to;
  if (isMoved) return undefined;
  const workspace =
    places?.to ??
    (await findPlace({ kind: "deployment", id }, context))?.workspace;
  if (typeof workspace !== "string") return undefined;
  const key = needed(parseConnectionKey(connection));
  return (
    planned.identity(
      "attachment",
      `${connection}@workspace/${escapeName(workspace)}`,
    ) ?? (await findAttachmentId(key, workspace, context))
  );
}

/** The workspace or the deployment as it is, by its own id first where that is remembered. */
export async function findPlace(
  place: {
    readonly kind: InventoryKind;
    readonly id: string;
    readonly platformId?: string | undefined;
  },
  context: ProviderContext,
): Promise<(ObservedWorkspace & Partial<ObservedDeployment>) | undefined> {
  const { snapshot } = context;
  const { kind, id, platformId } = place;
  const key = parseInventoryId(kind, id);
  if (snapshot === undefined || !key.ok) return undefined;
  return await whereToldOf(() =>
    kind === "workspace"
      ? snapshot.workspaces.tryFindRenamed(key.value, platformId)
      : snapshot.deployments.tryFindRenamed(key.value, platformId),
  );
}

/** The place of a connection as a state names it. */
export async function findUsedPlace(
  kind: InventoryKind,
  used: {
    readonly connection: ConnectionKey;
    readonly name: string;
    readonly platformId: string | undefined;
  },
  context: ProviderContext,
): Promise<(ObservedWorkspace & Partial<ObservedDeployment>) | undefined> {
  const { connection, name, platformId } = used;
  const id = inventoryIdOf(
    kind,
    name,
    formatConnectionKey(connection),
    context.defaultOwner,
  );
  return id === undefined
    ? undefined
    : await findPlace({ kind, id, platformId }, context);
}

/** The own id of an attachment that is there. */
export async function findAttachmentId(
  connection: ConnectionKey,
  workspace: string | undefined,
  { snapshot }: ProviderContext,
): Promise<string | undefined> {
  if (snapshot === undefined || workspace === undefined) return undefined;
  const found = await whereToldOf(() =>
    snapshot.attachments.tryFind({ connection, workspace }),
  );
  return found?.platformId;
}

/** These are looked up beside the object that is asked for: a platform that has none, or a token that may not see them, is no reason to refuse that. */
async function whereToldOf<T>(
  read: () => Promise<T | undefined>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (thrown) {
    if (thrown instanceof PatchbayError) return undefined;
    throw thrown;
  }
}
