import type { PipesBehaviour } from "./pipes-standin";
import type {
  PipesWorld,
  StoredConnection,
  StoredFolder,
  StoredIdentity,
  StoredPermission,
  StoredSchema,
  StoredWorkspace,
} from "./pipes-world";

const USER = `u_${"0".repeat(20)}`;

/** How a read shows secrets: the vendor says only that they do not come back. */
export type SecretsOnRead = "absent" | "null" | "masked";

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
    config: shown(connection.config, behaviour.secretsOnRead),
    config_source: "self",
    credential_source: "self",
    ...placeAnswer(world, connection, behaviour),
    status: connection.status,
    ...(connection.attemptAt !== undefined && {
      last_update_attempt_at: connection.attemptAt,
    }),
    ...(connection.successAt !== undefined && {
      last_successful_update_at: connection.successAt,
    }),
    ...(connection.errorAt !== undefined && {
      last_error_at: connection.errorAt,
      last_error_process_id: `p_${"0".repeat(20)}`,
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
  const folders = foldersAbove(world, folderId);
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

/** From the top down. */
function foldersAbove(
  world: PipesWorld,
  folderId: string | undefined,
): readonly {
  readonly id: string;
  readonly title: string;
  readonly type: string;
}[] {
  const folder = world.folders.find(({ id }) => id === folderId);
  if (folder === undefined) return [];
  const { id, title } = folder;
  return [
    ...foldersAbove(world, folder.folderId),
    { id, title, type: "connection-folder" },
  ];
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
  config: Readonly<Record<string, unknown>>,
  secrets: SecretsOnRead,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) => {
      if (!secretKeys.has(key)) return [[key, value]];
      if (secrets === "absent") return [];
      return [[key, secrets === "null" ? null : "********"]];
    }),
  );
}

/** The association between a workspace and a connection, with the connection inside. */
export function associationAnswer(
  world: PipesWorld,
  facts: {
    readonly id: string;
    readonly workspace: StoredWorkspace;
    readonly connection: StoredConnection;
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
    connection: connectionAnswer(world, connection, behaviour),
    version_id: 1,
  };
}

export function schemaAnswer(
  world: PipesWorld,
  schema: StoredSchema,
  connection: StoredConnection,
  workspace: StoredWorkspace,
) {
  return {
    ...stamps(world),
    deleted_by_id: "",
    id: schema.id,
    name: connection.handle,
    type: "connection",
    state: schema.state,
    connection_id: connection.id,
    identity_id: workspace.identityId,
    workspace_id: workspace.id,
    version_id: 1,
  };
}

export function permissionAnswer(
  world: PipesWorld,
  permission: StoredPermission,
  { identityOnRead }: PipesBehaviour,
) {
  const identity = [...world.organizations, ...world.users].find(
    ({ id }) => id === permission.identityId,
  );
  return {
    ...stamps(world),
    id: permission.id,
    connection_id: permission.folderId ?? permission.connectionId,
    ...(permission.tenantId !== undefined && {
      tenant_id: permission.tenantId,
    }),
    ...(permission.identityId !== undefined && {
      identity_id: permission.identityId,
    }),
    ...(identityOnRead === "expanded" &&
      identity !== undefined && { identity: identityAnswer(world, identity) }),
    ...(permission.workspaceId !== undefined && {
      workspace_id: permission.workspaceId,
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
    headers: { "content-type": "application/problem+json" },
    body: {
      type: "https://pipes.turbot.com/errors",
      title: titles[status] ?? "Error",
      status,
      instance: `req_${status}`,
      ...(detail !== undefined && { detail }),
    },
  };
}
