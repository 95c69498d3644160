import type { StandinRequest, StandinRoute } from "../kit";
import { permissionAnswer } from "./pipes-answers";
import { find as findFolder } from "./pipes-folder-routes";
import { detachUnreached, foldersIn, type Reach } from "./pipes-reach";
import {
  bodyOf,
  connectionsIn,
  refuse,
  page,
  route,
  scopeOf,
  sharingLevels,
} from "./pipes-routing";
import type { PipesBehaviour } from "./pipes-standin";
import {
  newId,
  type PipesWorld,
  type StoredConnection,
  type StoredFolder,
  type StoredPermission,
} from "./pipes-world";

/** Who may use the connections and folders of the tenant and of organizations. */
export function permissionRoutes(
  world: PipesWorld,
  behaviour: PipesBehaviour,
): readonly StandinRoute[] {
  return sharingLevels.flatMap(({ prefix, kind }) => [
    ...routesOf(world, behaviour, {
      place: `${prefix}/connection/{connection_handle}`,
      find: (request) =>
        connectionsIn(world, scopeOf(world, kind, request)).find(
          ({ handle }) => handle === request.parameters["connection_handle"],
        ) ?? refuse(404, "There is no such connection."),
      target: ({ id }) => ({ connectionId: id }),
      permissionsOf: ({ id }) =>
        world.permissions.filter(({ connectionId }) => connectionId === id),
    }),
    ...routesOf(world, behaviour, {
      place: `${prefix}/connection_folder/{folder_id}`,
      find: (request) =>
        findFolder(foldersIn(world, scopeOf(world, kind, request)), request),
      target: ({ id }) => ({ connectionId: undefined, folderId: id }),
      permissionsOf: ({ id }) =>
        world.permissions.filter(
          ({ connectionId, folderId }) =>
            connectionId === undefined && folderId === id,
        ),
    }),
  ]);
}

/** What is shared, and where. */
interface Sharing<T> {
  readonly place: string;
  readonly find: (request: StandinRequest) => T;
  readonly target: (
    shared: T,
  ) => Pick<StoredPermission, "connectionId" | "folderId">;
  readonly permissionsOf: (shared: T) => readonly StoredPermission[];
}

function routesOf<T extends StoredConnection | StoredFolder>(
  world: PipesWorld,
  behaviour: PipesBehaviour,
  { place, find, target, permissionsOf }: Sharing<T>,
): readonly StandinRoute[] {
  const answer = (permission: StoredPermission) =>
    permissionAnswer(world, permission, behaviour);
  const permissionOf = (request: StandinRequest): StoredPermission =>
    permissionsOf(find(request)).find(
      ({ id }) => id === request.parameters["permission_id"],
    ) ?? refuse(404, "There is no such permission.");
  const all = `${place}/permission`;
  const one = `${all}/{permission_id}`;
  return [
    route("GET", all, (request) =>
      page(request, permissionsOf(find(request)).map(answer)),
    ),
    route("POST", all, (request) => {
      const shared = find(request);
      const reach = reachIn(world, request, shared);
      const isThere = permissionsOf(shared).some(
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
        ...target(shared),
        id: newId(world, "perm"),
        lag: behaviour.grantLag,
      };
      world.permissions.push(permission);
      return { status: 201, body: answer(permission) };
    }),
    route("GET", one, (request) => ({
      status: 200,
      body: answer(permissionOf(request)),
    })),
    route("PATCH", one, (request) => {
      const permission = permissionOf(request);
      Object.assign(permission, reachIn(world, request, find(request)));
      detachUnreached(world, permission);
      return { status: 200, body: answer(permission) };
    }),
    route("DELETE", one, (request) => {
      const permission = permissionOf(request);
      world.permissions.splice(world.permissions.indexOf(permission), 1);
      detachUnreached(world, permission);
      return { status: 200, body: answer(permission) };
    }),
  ];
}

/** The vendor's provider sends empty texts for what is not meant. The tenant alone, an identity alone, or an identity and one of its workspaces; an organization's connections stay in it. */
function reachIn(
  world: PipesWorld,
  request: StandinRequest,
  { identityId: owner }: StoredConnection | StoredFolder,
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
