import { foldersAround, type ShownSchema } from "./pipes-reach";
import type { PipesBehaviour } from "./pipes-standin";
import type {
  PipesWorld,
  StoredAggregator,
  StoredConnection,
  StoredFolder,
  StoredIdentity,
  StoredPermission,
  StoredProcess,
  StoredWorkspace,
} from "./pipes-world";

const USER = `u_${"0".repeat(20)}`;

/**
 * How a read shows secrets. The vendor says that they do not come back; its
 * acceptance tests pass only where they are shown as `redacted`, which is what they send.
 */
export type SecretsOnRead = "absent" | "null" | "masked" | "redacted";

const shownSecrets: Readonly<
  Record<Exclude<SecretsOnRead, "absent">, string | null>
> = { null: null, masked: "********", redacted: "redacted" };

/** The keys that this stand-in takes for secrets; which they are in Pipes is not published. */
export const secretKeys: ReadonlySet<string> = new Set([
  "access_key",
  "secret_key",
  "session_token",
  "token",
  "password",
  "private_key",
  "private_key_passphrase",
  "client_secret",
  "credentials",
]);

const stamps = (world: PipesWorld, createdAt?: string) => ({
  created_at: createdAt ?? new Date(world.clock).toISOString(),
  created_by_id: USER,
  updated_by_id: USER,
});

export function connectionAnswer(
  world: PipesWorld,
  connection: StoredConnection,
  behaviour: PipesBehaviour,
) {
  return {
    ...stamps(world, connection.createdAt),
    deleted_by_id: "",
    id: connection.id,
    handle: connection.handle,
    handle_mode: "static",
    type: "connection",
    plugin: connection.plugin,
    plugin_version: "1.0.0",
    config: shown(connection, behaviour),
    config_source: "self",
    credential_source: "self",
    ...placeAnswer(world, connection, behaviour),
    status: connection.status,
    ...(connection.attemptAt !== undefined && {
      last_update_attempt_at: connection.attemptAt,
      last_update_attempt_process_id: connection.processId,
    }),
    ...(connection.successAt !== undefined && {
      last_successful_update_at: connection.successAt,
      last_successful_update_process_id: connection.processId,
    }),
    ...(connection.errorAt !== undefined && {
      last_error_at: connection.errorAt,
      last_error_process_id: connection.processId,
    }),
    version_id: connection.version,
  };
}

/** A folder, which Pipes shows as a connection with a title. */
export function folderAnswer(
  world: PipesWorld,
  folder: StoredFolder,
  behaviour: PipesBehaviour,
) {
  return {
    ...stamps(world),
    deleted_by_id: "",
    id: folder.id,
    title: folder.title,
    type:
      folder.isDiscovered === true
        ? "connection-folder-discovered"
        : "connection-folder",
    ...placeAnswer(world, folder, behaviour),
    version_id: 1,
  };
}

/** Whose it is and where it stands. */
function placeAnswer(
  world: PipesWorld,
  {
    identityId,
    workspaceId,
    folderId,
  }: Pick<StoredConnection, "identityId" | "workspaceId" | "folderId">,
  { topParent, trunk }: PipesBehaviour,
) {
  const owner = workspaceId ?? identityId ?? world.tenant;
  const folders = foldersAround(world, folderId).map(({ id, title }) => ({
    id,
    title,
    type: "connection-folder",
  }));
  const owners = [world.tenant, identityId, workspaceId].flatMap((id) =>
    id === undefined ? [] : [{ id, title: id, type: "owner" }],
  );
  return {
    tenant_id: world.tenant,
    ...(identityId !== undefined && { identity_id: identityId }),
    ...(workspaceId !== undefined && { workspace_id: workspaceId }),
    parent_id: folderId ?? (topParent === "owner" ? owner : ""),
    ...(trunk !== "absent" && {
      trunk: trunk === "whole" ? [...owners, ...folders] : folders,
    }),
  };
}

export function identityAnswer(
  world: PipesWorld,
  { id, handle }: StoredIdentity,
) {
  return {
    id,
    handle,
    type: id.startsWith("u_") ? "user" : "org",
    tenant_id: world.tenant,
  };
}

/** An organization, as the token's owner sees it. */
export function organizationAnswer(
  world: PipesWorld,
  { id, handle, displayName }: StoredIdentity,
) {
  return {
    ...stamps(world),
    deleted_by_id: "",
    id,
    handle,
    ...(displayName !== undefined && { display_name: displayName }),
    tenant_id: world.tenant,
    version_id: 1,
  };
}

export function userAnswer(world: PipesWorld, { id, handle }: StoredIdentity) {
  return {
    created_at: new Date(world.clock).toISOString(),
    id,
    handle,
    status: "accepted",
    tenant_id: world.tenant,
    version_id: 1,
  };
}

export function tenantAnswer(world: PipesWorld) {
  return {
    ...stamps(world),
    deleted_by_id: "",
    id: world.tenant,
    handle: world.tenantHandle,
    version_id: 1,
  };
}

function shown(
  { plugin, config }: StoredConnection,
  { secretsOnRead, fills, lists }: PipesBehaviour,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({ ...fills[plugin], ...config }).flatMap(([key, value]) => {
      if (!secretKeys.has(key))
        return [
          [
            key,
            lists === "sorted" && Array.isArray(value)
              ? value.map(String).sort()
              : value,
          ],
        ];
      if (secretsOnRead === "absent") return [];
      return [[key, shownSecrets[secretsOnRead]]];
    }),
  );
}

/** The association between a workspace and a connection or a folder, with what it is of inside. */
export function associationAnswer(
  world: PipesWorld,
  facts: {
    readonly id: string;
    readonly workspace: StoredWorkspace;
    readonly connection: StoredConnection | StoredFolder;
    readonly behaviour: PipesBehaviour;
  },
) {
  const { id, workspace, connection, behaviour } = facts;
  return {
    ...stamps(world),
    id,
    connection_id: connection.id,
    workspace_id: workspace.id,
    identity_id: workspace.identityId,
    connection:
      "title" in connection
        ? folderAnswer(world, connection, behaviour)
        : connectionAnswer(world, connection, behaviour),
    version_id: 1,
  };
}

export function schemaAnswer(
  world: PipesWorld,
  { id, name, state, of }: ShownSchema,
  workspace: StoredWorkspace,
) {
  return {
    ...stamps(world),
    deleted_by_id: "",
    id,
    name,
    type: of.kind,
    state,
    // Required by the document, also of what is no connection.
    connection_id: of.kind === "connection" ? of.connection.id : "",
    ...(of.kind === "aggregator" && { aggregator_id: of.aggregator.id }),
    identity_id: workspace.identityId,
    workspace_id: workspace.id,
    version_id: 1,
  };
}

/** The attachment of a folder, which has no schema of its own. */
export function attachedFolderAnswer(
  world: PipesWorld,
  { id, folder }: { readonly id: string; readonly folder: StoredFolder },
  workspace: StoredWorkspace,
) {
  return {
    ...stamps(world),
    deleted_by_id: "",
    id,
    name: folder.id,
    type: "connection-folder",
    state: "direct",
    connection_id: folder.id,
    identity_id: workspace.identityId,
    workspace_id: workspace.id,
    version_id: 1,
  };
}

export function aggregatorAnswer(
  world: PipesWorld,
  aggregator: StoredAggregator,
  { identityId }: StoredWorkspace,
) {
  const { id, handle, plugin, connections, config, workspaceId, version } =
    aggregator;
  return {
    ...stamps(world),
    deleted_by_id: "",
    id,
    handle,
    handle_mode: "static",
    plugin,
    connections,
    config,
    type: "aggregator",
    tenant_id: world.tenant,
    identity_id: identityId,
    workspace_id: workspaceId,
    version_id: version,
  };
}

export function processAnswer(world: PipesWorld, process: StoredProcess) {
  const { id, connectionId, identityId, workspaceId, state } = process;
  return {
    ...stamps(world),
    updated_at: new Date(world.clock).toISOString(),
    id,
    connection_id: connectionId,
    tenant_id: world.tenant,
    ...(identityId !== undefined && { identity_id: identityId }),
    ...(workspaceId !== undefined && { workspace_id: workspaceId }),
    pipe: "steampipe",
    type: "connection.update",
    state,
    version_id: 1,
  };
}

export function permissionAnswer(
  world: PipesWorld,
  permission: StoredPermission,
  { identityOnRead }: PipesBehaviour,
) {
  const isExpanded = identityOnRead === "expanded";
  const workspace = world.workspaces.find(
    ({ id }) => id === permission.workspaceId,
  );
  const identity = [...world.organizations, ...world.users].find(
    ({ id }) => id === permission.identityId,
  );
  return {
    ...stamps(world),
    id: permission.id,
    connection_id: permission.folderId ?? permission.connectionId,
    ...(permission.tenantId !== undefined && {
      tenant_id: permission.tenantId,
      ...(isExpanded && { tenant: tenantAnswer(world) }),
    }),
    ...(permission.identityId !== undefined && {
      identity_id: permission.identityId,
    }),
    ...(isExpanded &&
      identity !== undefined && { identity: identityAnswer(world, identity) }),
    ...(permission.workspaceId !== undefined && {
      workspace_id: permission.workspaceId,
    }),
    ...(isExpanded &&
      workspace !== undefined && {
        workspace: workspaceAnswer(world, workspace),
      }),
    version_id: 1,
  };
}

export function workspaceAnswer(world: PipesWorld, workspace: StoredWorkspace) {
  return {
    ...stamps(world),
    deleted_by_id: "",
    id: workspace.id,
    handle: workspace.handle,
    identity_id: workspace.identityId,
    desired_state: "enabled",
    state: "enabled",
    instance_type: "db1.shared",
    db_volume_size_bytes: 1_000_000,
    version_id: 1,
  };
}

const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  412: "Precondition Failed",
  429: "Too Many Requests",
  500: "Internal Server Error",
};

/** A problem as Pipes words them. */
export function problem(status: number, detail?: string) {
  return {
    status,
    body: {
      type: "https://pipes.turbot.com/errors",
      title: titles[status] ?? "Error",
      status,
      instance: `req_${status}`,
      ...(detail !== undefined && { detail }),
    },
  };
}
