import type { StandinRequest, StandinRoute } from "../kit";
import { permissionAnswer } from "./pipes-answers";
import {
  bodyOf,
  connectionsIn,
  type Level,
  levels,
  page,
  refuse,
  route,
  scopeOf,
} from "./pipes-routing";
import type { PipesBehaviour } from "./pipes-standin";
import {
  newId,
  type PipesWorld,
  type StoredConnection,
  type StoredPermission,
  type StoredWorkspace,
} from "./pipes-world";

type Reach = Pick<StoredPermission, "tenantId" | "identityId" | "workspaceId">;

/** Who may use the connections of the tenant and of organizations. */
export function permissionRoutes(
  world: PipesWorld,
  behaviour: PipesBehaviour,
): readonly StandinRoute[] {
  return levels
    .filter(({ kind }) => kind !== "workspace")
    .flatMap((level) => routesOf(world, behaviour, level));
}

function routesOf(
  world: PipesWorld,
  behaviour: PipesBehaviour,
  { prefix, kind }: Level,
): readonly StandinRoute[] {
  const connectionOf = (request: StandinRequest): StoredConnection =>
    connectionsIn(world, scopeOf(world, kind, request)).find(
      ({ handle }) => handle === request.parameters["connection_handle"],
    ) ?? refuse(404, "There is no such connection.");
  const permissionsOf = ({ id }: StoredConnection) =>
    world.permissions.filter(({ connectionId }) => connectionId === id);
  const answer = (permission: StoredPermission) =>
    permissionAnswer(world, permission, behaviour);
  const all = `${prefix}/connection/{connection_handle}/permission`;
  return [
    route("GET", all, (request) =>
      page(request, permissionsOf(connectionOf(request)).map(answer)),
    ),
    route("POST", all, (request) => {
      const connection = connectionOf(request);
      const reach = reachIn(world, request, connection);
      const isThere = permissionsOf(connection).some(
        ({ tenantId, identityId, workspaceId }) =>
          tenantId === reach.tenantId &&
          identityId === reach.identityId &&
          workspaceId === reach.workspaceId,
      );
      const { grantedTwice } = behaviour;
      if (isThere && grantedTwice !== "made")
        refuse(grantedTwice, "It is granted already.");
      const permission: StoredPermission = {
        ...reach,
        id: newId(world, "perm"),
        connectionId: connection.id,
        lag: behaviour.grantLag,
      };
      world.permissions.push(permission);
      return { status: 201, body: answer(permission) };
    }),
    route("DELETE", `${all}/{permission_id}`, (request) => {
      const permission =
        permissionsOf(connectionOf(request)).find(
          ({ id }) => id === request.parameters["permission_id"],
        ) ?? refuse(404, "There is no such permission.");
      world.permissions.splice(world.permissions.indexOf(permission), 1);
      detachUnreached(world, permission.connectionId);
      return { status: 200, body: answer(permission) };
    }),
  ];
}

/** The tenant alone, an identity alone, or an identity and one of its workspaces; an organization's connections stay in it. */
function reachIn(
  world: PipesWorld,
  request: StandinRequest,
  { identityId: owner }: StoredConnection,
): Reach {
  const { tenant_handle, identity_handle, workspace_handle } = bodyOf(request);
  const given = [tenant_handle, identity_handle, workspace_handle].map(
    (handle) => (handle ?? "") !== "",
  );
  const wanted = given.map(Number).join("");
  if (!["100", "010", "011"].includes(wanted))
    refuse(
      400,
      "Name a tenant, or an identity, or an identity and a workspace.",
    );
  if (wanted === "100") {
    if (owner !== undefined) refuse(400, "It cannot leave its organization.");
    if (tenant_handle !== world.tenantHandle)
      refuse(400, "There is no such tenant.");
    return {
      tenantId: world.tenant,
      identityId: undefined,
      workspaceId: undefined,
    };
  }
  const identity =
    [...world.organizations, ...world.users].find(
      ({ handle }) => handle === identity_handle,
    ) ?? refuse(400, "There is no such identity.");
  if (owner !== undefined && owner !== identity.id)
    refuse(400, "It cannot leave its organization.");
  const workspace = world.workspaces.find(
    ({ handle, identityId }) =>
      handle === workspace_handle && identityId === identity.id,
  );
  if (wanted === "011" && workspace === undefined)
    refuse(400, "There is no such workspace.");
  return {
    tenantId: undefined,
    identityId: identity.id,
    workspaceId: workspace?.id,
  };
}

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

/** An assumption: a schema goes with the last permission that reaches its workspace. */
function detachUnreached(world: PipesWorld, connectionId: string): void {
  world.schemas = world.schemas.filter((schema) => {
    const workspace = world.workspaces.find(
      ({ id }) => id === schema.workspaceId,
    )!;
    return (
      schema.connectionId !== connectionId ||
      world.permissions.some(
        (permission) =>
          permission.connectionId === connectionId &&
          isReached(workspace, permission),
      )
    );
  });
}
