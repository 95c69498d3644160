/**
 * What permissions and attachments bring into the view of an organization or a
 * workspace, and which schemas come of it.
 */
import { connectionsIn, type Scope } from "./pipes-routing";
import type { PipesBehaviour } from "./pipes-standin";
import type {
  PipesWorld,
  StoredAggregator,
  StoredConnection,
  StoredFolder,
  StoredPermission,
  StoredWorkspace,
} from "./pipes-world";

export type Reach = Pick<
  StoredPermission,
  "tenantId" | "identityId" | "workspaceId"
>;

/** What permissions are for: a connection or a folder. */
type Shared = StoredConnection | StoredFolder;

/** Whether a permission lets a workspace use what it is for. */
export function isReached(
  workspace: StoredWorkspace,
  { tenantId, identityId, workspaceId }: Reach,
): boolean {
  if (workspaceId !== undefined) return workspaceId === workspace.id;
  return identityId === undefined
    ? tenantId !== undefined
    : identityId === workspace.identityId;
}

/** From the top down. */
export function foldersAround(
  world: PipesWorld,
  folderId: string | undefined,
): readonly StoredFolder[] {
  const folder = world.folders.find(({ id }) => id === folderId);
  return folder === undefined
    ? []
    : [...foldersAround(world, folder.folderId), folder];
}

/** Permissions on it, or on a folder around it. */
export function permissionsFor(
  world: PipesWorld,
  { id, folderId }: Shared,
): readonly StoredPermission[] {
  const around = new Set([
    id,
    ...foldersAround(world, folderId).map((folder) => folder.id),
  ]);
  return world.permissions.filter(
    (permission) =>
      permission.connectionId === id || around.has(permission.folderId ?? ""),
  );
}

/** Folders that are exactly theirs. */
export function foldersIn(
  world: PipesWorld,
  { identityId, workspace }: Scope,
): readonly StoredFolder[] {
  return world.folders.filter(
    (folder) =>
      folder.identityId === identityId && folder.workspaceId === workspace?.id,
  );
}

/** What they see of others: an organization of the tenant's, a workspace of the tenant's and its identity's. */
export function isInherited(
  world: PipesWorld,
  { identityId, workspace }: Scope,
  shared: Shared,
  { visibleBy }: PipesBehaviour,
): boolean {
  if (shared.workspaceId !== undefined || identityId === undefined)
    return false;
  if (workspace === undefined)
    return (
      shared.identityId === undefined &&
      permissionsFor(world, shared).some(
        (permission) =>
          permission.workspaceId === undefined &&
          (permission.identityId ?? identityId) === identityId,
      )
    );
  const isAttached =
    attachedFolders(world, workspace, shared).length > 0 ||
    world.schemas.some(
      (schema) =>
        schema.connectionId === shared.id &&
        schema.workspaceId === workspace.id,
    );
  return (
    isAttached ||
    (visibleBy === "permission" &&
      permissionsFor(world, shared).some(
        (permission) => permission.lag <= 0 && isReached(workspace, permission),
      ))
  );
}

/** Their own and what they inherit. */
export function connectionsSeen(
  world: PipesWorld,
  scope: Scope,
  behaviour: PipesBehaviour,
): readonly StoredConnection[] {
  return [
    ...connectionsIn(world, scope),
    ...world.connections.filter((connection) =>
      isInherited(world, scope, connection, behaviour),
    ),
  ];
}

/** The same of folders. */
export function foldersSeen(
  world: PipesWorld,
  scope: Scope,
  behaviour: PipesBehaviour,
): readonly StoredFolder[] {
  return [
    ...foldersIn(world, scope),
    ...world.folders.filter((folder) =>
      isInherited(world, scope, folder, behaviour),
    ),
  ];
}

/** Of it and the folders around it, those that are attached to the workspace. */
export function attachedFolders(
  world: PipesWorld,
  workspace: StoredWorkspace,
  { id, folderId }: Shared,
): readonly string[] {
  const around = [
    ...foldersAround(world, folderId).map((folder) => folder.id),
    id,
  ];
  return around.filter((one) =>
    world.attached.some(
      ({ targetId, workspaceId }) =>
        targetId === one && workspaceId === workspace.id,
    ),
  );
}

/** A schema that a workspace shows. */
export interface ShownSchema {
  readonly id: string;
  readonly name: string;
  readonly state: "granted" | "direct" | "indirect";
  readonly of:
    | { readonly kind: "connection"; readonly connection: StoredConnection }
    | { readonly kind: "aggregator"; readonly aggregator: StoredAggregator };
}

/** Attached ones, those of attached folders, aggregators, and where wanted what is merely permitted. */
export function schemasIn(
  world: PipesWorld,
  workspace: StoredWorkspace,
  { listsGranted }: PipesBehaviour,
): readonly ShownSchema[] {
  const stored = world.schemas
    .filter(({ workspaceId }) => workspaceId === workspace.id)
    .map((schema) => ({
      ...schema,
      connection: world.connections.find(
        ({ id }) => id === schema.connectionId,
      )!,
    }));
  const others = world.connections.filter(
    ({ id }) => !stored.some(({ connectionId }) => connectionId === id),
  );
  const indirect = others.filter(
    (connection) => attachedFolders(world, workspace, connection).length > 0,
  );
  const granted = others.filter(
    (connection) =>
      listsGranted &&
      !indirect.includes(connection) &&
      permissionsFor(world, connection).some(
        (permission) => permission.lag <= 0 && isReached(workspace, permission),
      ),
  );
  const shownOf = (
    connection: StoredConnection,
    { id, state }: Pick<ShownSchema, "id" | "state">,
  ): ShownSchema => ({
    id,
    name: connection.handle,
    state,
    of: { kind: "connection", connection },
  });
  return [
    ...stored.map(({ connection, ...schema }) => shownOf(connection, schema)),
    ...indirect.map((connection) =>
      shownOf(connection, { id: connection.id, state: "indirect" }),
    ),
    ...granted.map((connection) =>
      shownOf(connection, { id: connection.id, state: "granted" }),
    ),
    ...world.attached.flatMap(({ id, targetId, workspaceId }) => {
      const aggregator = world.aggregators.find((one) => one.id === targetId);
      return workspaceId !== workspace.id || aggregator === undefined
        ? []
        : [
            {
              id,
              name: aggregator.handle,
              state: "direct" as const,
              of: { kind: "aggregator" as const, aggregator },
            },
          ];
    }),
  ];
}

/** An assumption: what is attached goes with the last permission that reaches its workspace. */
export function detachUnreached(
  world: PipesWorld,
  taken: StoredPermission,
): void {
  const isLost = (shared: Shared | undefined, workspaceId: string) => {
    if (shared === undefined) return false;
    const workspace = world.workspaces.find(({ id }) => id === workspaceId);
    const isConcerned =
      taken.connectionId === shared.id ||
      [shared, ...foldersAround(world, shared.folderId)].some(
        ({ id }) => id === taken.folderId,
      );
    return (
      isConcerned &&
      workspace !== undefined &&
      !permissionsFor(world, shared).some((permission) =>
        isReached(workspace, permission),
      )
    );
  };
  const named = <T extends { readonly id: string }>(
    all: readonly T[],
    wanted: string,
  ) => all.find(({ id }) => id === wanted);
  world.schemas = world.schemas.filter(
    ({ connectionId, workspaceId }) =>
      !isLost(named(world.connections, connectionId), workspaceId),
  );
  world.attached = world.attached.filter(
    ({ targetId, workspaceId }) =>
      !isLost(named(world.folders, targetId), workspaceId),
  );
}
