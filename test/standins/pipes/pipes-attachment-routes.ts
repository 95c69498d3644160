import type { StandinRequest, StandinRoute } from "../kit";
import {
  associationAnswer,
  schemaAnswer,
  workspaceAnswer,
} from "./pipes-answers";
import { isReached } from "./pipes-permission-routes";
import {
  bodyOf,
  connectionsIn,
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
  type StoredSchema,
  type StoredWorkspace,
} from "./pipes-world";

/** Workspaces and schemas. */
export function attachmentRoutes(
  world: PipesWorld,
  behaviour: PipesBehaviour,
): readonly StandinRoute[] {
  return [
    ...workspaceRoutes(world),
    ...schemaRoutes(world),
    ...usageRoutes(world, behaviour),
  ];
}

function workspaceRoutes(world: PipesWorld): readonly StandinRoute[] {
  const all = "/org/{org_handle}/workspace";
  return [
    route("GET", all, (request) => {
      const { identityId } = scopeOf(world, "organization", request);
      const items = world.workspaces.filter(
        (workspace) => workspace.identityId === identityId,
      );
      return page(
        request,
        items.map((workspace) => workspaceAnswer(world, workspace)),
      );
    }),
    route("GET", `${all}/{workspace_handle}`, (request) => ({
      status: 200,
      body: workspaceAnswer(world, workspaceIn(world, request)),
    })),
  ];
}

/** Which workspaces have a connection. */
function usageRoutes(
  world: PipesWorld,
  behaviour: PipesBehaviour,
): readonly StandinRoute[] {
  return levels
    .filter(({ kind }) => kind !== "workspace")
    .map(({ prefix, kind }) =>
      route(
        "GET",
        `${prefix}/connection/{connection_handle}/workspace`,
        (request) => {
          const connection =
            connectionsIn(world, scopeOf(world, kind, request)).find(
              ({ handle }) =>
                handle === request.parameters["connection_handle"],
            ) ?? refuse(404, "There is no such connection.");
          const items = world.schemas
            .filter(({ connectionId }) => connectionId === connection.id)
            .map(({ id, workspaceId }) =>
              associationAnswer(world, {
                id,
                workspace: world.workspaces.find(
                  (workspace) => workspace.id === workspaceId,
                )!,
                connection,
                behaviour,
              }),
            );
          return page(request, items);
        },
      ),
    );
}

function schemaRoutes(world: PipesWorld): readonly StandinRoute[] {
  const all = "/org/{org_handle}/workspace/{workspace_handle}/schema";
  const connectionOf = ({ connectionId }: StoredSchema): StoredConnection =>
    world.connections.find(({ id }) => id === connectionId)!;
  const schemasOf = (workspace: StoredWorkspace) =>
    world.schemas.filter(({ workspaceId }) => workspaceId === workspace.id);
  const find = (
    request: StandinRequest,
    workspace: StoredWorkspace,
  ): StoredSchema =>
    schemasOf(workspace).find(
      (schema) =>
        connectionOf(schema).handle === request.parameters["schema_name"],
    ) ?? refuse(404, "There is no such schema.");
  return [
    route("GET", all, (request) => {
      const workspace = workspaceIn(world, request);
      const items = schemasOf(workspace).map((schema) =>
        schemaAnswer(world, schema, connectionOf(schema), workspace),
      );
      return page(request, items);
    }),
    route("POST", all, (request) => {
      const workspace = workspaceIn(world, request);
      const { connection_handle } = bodyOf(request);
      const connection =
        reachable(world, workspace).find(
          ({ handle }) => handle === connection_handle,
        ) ?? refuse(403, "The workspace has no permission to this connection.");
      const there = schemasOf(workspace).some(
        (schema) => connectionOf(schema).handle === connection.handle,
      );
      if (there) refuse(409, "The schema exists already.");
      const schema: StoredSchema = {
        id: newId(world, "c"),
        connectionId: connection.id,
        workspaceId: workspace.id,
        state: "direct",
      };
      world.schemas.push(schema);
      return {
        status: 201,
        body: schemaAnswer(world, schema, connection, workspace),
      };
    }),
    route("GET", `${all}/{schema_name}`, (request) => {
      const workspace = workspaceIn(world, request);
      const schema = find(request, workspace);
      return {
        status: 200,
        body: schemaAnswer(world, schema, connectionOf(schema), workspace),
      };
    }),
    route("DELETE", `${all}/{schema_name}`, (request) => {
      const workspace = workspaceIn(world, request);
      const schema = find(request, workspace);
      world.schemas.splice(world.schemas.indexOf(schema), 1);
      // Not a slip of this stand-in: the document answers a detachment with 201.
      return {
        status: 201,
        body: schemaAnswer(world, schema, connectionOf(schema), workspace),
      };
    }),
  ];
}

/** The workspace's own connections, and those that a permission reaches it with. */
function reachable(
  world: PipesWorld,
  workspace: StoredWorkspace,
): readonly StoredConnection[] {
  const granted = world.permissions.filter((permission) =>
    isReached(workspace, permission),
  );
  const effective = granted.filter((permission) => {
    permission.lag -= 1;
    return permission.lag < 0;
  });
  return world.connections.filter(
    ({ id, workspaceId }) =>
      workspaceId === workspace.id ||
      effective.some(({ connectionId }) => connectionId === id),
  );
}

function workspaceIn(
  world: PipesWorld,
  request: StandinRequest,
): StoredWorkspace {
  return (
    scopeOf(world, "workspace", request).workspace ??
    refuse(404, "There is no such workspace.")
  );
}
