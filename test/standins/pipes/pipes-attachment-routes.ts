import type { StandinAnswer, StandinRequest, StandinRoute } from "../kit";
import {
  associationAnswer,
  attachedFolderAnswer,
  schemaAnswer,
} from "./pipes-answers";
import {
  foldersIn,
  isReached,
  permissionsFor,
  schemasIn,
  type ShownSchema,
} from "./pipes-reach";
import {
  bodyOf,
  connectionsIn,
  type Level,
  levels,
  page,
  refuse,
  route,
  scopeOf,
  workspaceIn,
  workspaceLevels,
} from "./pipes-routing";
import type { PipesBehaviour } from "./pipes-standin";
import {
  newId,
  type PipesWorld,
  type StoredAttachment,
  type StoredConnection,
  type StoredFolder,
  type StoredWorkspace,
} from "./pipes-world";

/** What workspaces have: schemas, and the older associations. */
export function attachmentRoutes(
  world: PipesWorld,
  behaviour: PipesBehaviour,
): readonly StandinRoute[] {
  return [
    ...workspaceLevels.flatMap((level) => [
      ...schemaRoutes(world, behaviour, level),
      ...associationRoutes(world, behaviour, level),
    ]),
    ...usageRoutes(world, behaviour),
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
          const items = world.workspaces.flatMap((workspace) =>
            attachedSchemas(world, workspace, behaviour)
              .filter(
                ({ of }) =>
                  of.kind === "connection" && of.connection === connection,
              )
              .map(({ id }) =>
                associationAnswer(world, {
                  id,
                  workspace,
                  connection,
                  behaviour,
                }),
              ),
          );
          return page(request, items);
        },
      ),
    );
}

/** Not those that are merely permitted. */
function attachedSchemas(
  world: PipesWorld,
  workspace: StoredWorkspace,
  behaviour: PipesBehaviour,
): readonly ShownSchema[] {
  return schemasIn(world, workspace, behaviour).filter(
    ({ state }) => state !== "granted",
  );
}

function schemaRoutes(
  world: PipesWorld,
  behaviour: PipesBehaviour,
  { prefix }: Level,
): readonly StandinRoute[] {
  const all = `${prefix}/schema`;
  const one = `${all}/{schema_name}`;
  const find = (
    among: readonly ShownSchema[],
    { parameters }: StandinRequest,
  ): ShownSchema =>
    among.find(({ name }) => name === parameters["schema_name"]) ??
    refuse(404, "There is no such schema.");
  return [
    route("GET", all, (request) => {
      const workspace = workspaceIn(world, request);
      const items = schemasIn(world, workspace, behaviour).map((schema) =>
        schemaAnswer(world, schema, workspace),
      );
      return page(request, items);
    }),
    route("POST", all, (request) => {
      const workspace = workspaceIn(world, request);
      const given = Object.entries(bodyOf(request)).filter(
        ([, value]) => value !== "",
      );
      const [[field, value] = ["", ""], ...others] = given;
      if (others.length > 0) refuse(400, "Name one thing to attach.");
      switch (field) {
        case "connection_handle":
          return attachConnection(world, { workspace, behaviour, value });
        case "connection_folder":
          return attachFolder(world, workspace, value);
        case "aggregator_handle":
          return attachAggregator(world, workspace, value);
        default:
          return refuse(400, "Name a connection, a folder or an aggregator.");
      }
    }),
    route("GET", one, (request) => {
      const workspace = workspaceIn(world, request);
      const schema = find(schemasIn(world, workspace, behaviour), request);
      return { status: 200, body: schemaAnswer(world, schema, workspace) };
    }),
    route("DELETE", one, (request) => {
      const workspace = workspaceIn(world, request);
      // Of a folder there is no schema, but this is how the vendor's provider detaches one.
      const folder = tryFindFolder(
        world,
        workspace,
        request.parameters["schema_name"],
      );
      if (folder !== undefined) {
        const [attachment, found] = folder;
        detach(world, attachment);
        return {
          status: 201,
          body: attachedFolderAnswer(
            world,
            { id: attachment.id, folder: found },
            workspace,
          ),
        };
      }
      const schema = find(
        attachedSchemas(world, workspace, behaviour),
        request,
      );
      const stored = world.schemas.find(({ id }) => id === schema.id);
      const attachment = world.attached.find(({ id }) => id === schema.id);
      if (stored !== undefined)
        world.schemas.splice(world.schemas.indexOf(stored), 1);
      else if (attachment !== undefined) detach(world, attachment);
      else refuse(400, "It is attached through its folder.");
      // Not a slip of this stand-in: the document answers a detachment with 201.
      return { status: 201, body: schemaAnswer(world, schema, workspace) };
    }),
  ];
}

/** The older way, which the vendor's provider and plugin still read. A folder goes by its id. */
function associationRoutes(
  world: PipesWorld,
  behaviour: PipesBehaviour,
  { prefix }: Level,
): readonly StandinRoute[] {
  const all = `${prefix}/conn`;
  const one = `${all}/{conn_handle}`;
  const associations = (workspace: StoredWorkspace) => [
    ...attachedSchemas(world, workspace, behaviour).flatMap(({ id, of }) =>
      of.kind === "connection" ? [{ id, connection: of.connection }] : [],
    ),
    ...world.attached.flatMap(({ id, targetId, workspaceId }) => {
      const folder = world.folders.find((other) => other.id === targetId);
      return workspaceId !== workspace.id || folder === undefined
        ? []
        : [{ id, connection: folder }];
    }),
  ];
  const find = (workspace: StoredWorkspace, request: StandinRequest) => {
    const wanted = request.parameters["conn_handle"];
    return (
      associations(workspace).find(
        ({ connection }) =>
          connection.id === wanted ||
          ("handle" in connection && connection.handle === wanted),
      ) ?? refuse(404, "There is no such association.")
    );
  };
  const answer = (
    workspace: StoredWorkspace,
    association: ReturnType<typeof find>,
  ) => associationAnswer(world, { ...association, workspace, behaviour });
  return [
    route("GET", all, (request) => {
      const workspace = workspaceIn(world, request);
      return page(
        request,
        associations(workspace).map((one) => answer(workspace, one)),
      );
    }),
    route("POST", all, (request) => {
      const workspace = workspaceIn(world, request);
      const value = bodyOf(request)["connection_handle"];
      attachConnection(world, { workspace, behaviour, value });
      const made = associations(workspace).find(
        ({ connection }) =>
          "handle" in connection && connection.handle === value,
      )!;
      return { status: 201, body: answer(workspace, made) };
    }),
    route("GET", one, (request) => {
      const workspace = workspaceIn(world, request);
      return {
        status: 200,
        body: answer(workspace, find(workspace, request)),
      };
    }),
    route("DELETE", one, (request) => {
      const workspace = workspaceIn(world, request);
      const association = find(workspace, request);
      const body = answer(workspace, association);
      world.schemas = world.schemas.filter(({ id }) => id !== association.id);
      world.attached = world.attached.filter(({ id }) => id !== association.id);
      return { status: 200, body };
    }),
  ];
}

function attachConnection(
  world: PipesWorld,
  {
    workspace,
    behaviour,
    value,
  }: {
    readonly workspace: StoredWorkspace;
    readonly behaviour: PipesBehaviour;
    readonly value: unknown;
  },
): StandinAnswer {
  const connection =
    reachable(world, workspace).find(({ handle }) => handle === value) ??
    refuse(403, "The workspace has no permission to this connection.");
  const there = attachedSchemas(world, workspace, behaviour).some(
    ({ name }) => name === connection.handle,
  );
  if (there) refuse(409, "The schema exists already.");
  const id = newId(world, "c");
  world.schemas.push({
    id,
    connectionId: connection.id,
    workspaceId: workspace.id,
    state: "direct",
  });
  const shown: ShownSchema = {
    id,
    name: connection.handle,
    state: "direct",
    of: { kind: "connection", connection },
  };
  return { status: 201, body: schemaAnswer(world, shown, workspace) };
}

/** With all that is in it, now and later. */
function attachFolder(
  world: PipesWorld,
  workspace: StoredWorkspace,
  value: unknown,
): StandinAnswer {
  const { identityId } = workspace;
  const folder =
    [
      ...foldersIn(world, { identityId, workspace }),
      ...world.folders.filter((one) =>
        permissionsFor(world, one).some((permission) => {
          permission.lag -= 1;
          return permission.lag < 0 && isReached(workspace, permission);
        }),
      ),
    ].find(({ id }) => id === value) ??
    refuse(403, "The workspace has no permission to this folder.");
  const attachment = attach(world, workspace, folder.id);
  const attached = { id: attachment.id, folder };
  return {
    status: 201,
    body: attachedFolderAnswer(world, attached, workspace),
  };
}

function attachAggregator(
  world: PipesWorld,
  workspace: StoredWorkspace,
  value: unknown,
): StandinAnswer {
  const aggregator =
    world.aggregators.find(
      ({ handle, workspaceId }) =>
        handle === value && workspaceId === workspace.id,
    ) ?? refuse(403, "The workspace has no such aggregator.");
  const { id } = attach(world, workspace, aggregator.id);
  const shown: ShownSchema = {
    id,
    name: aggregator.handle,
    state: "direct",
    of: { kind: "aggregator", aggregator },
  };
  return { status: 201, body: schemaAnswer(world, shown, workspace) };
}

function attach(
  world: PipesWorld,
  workspace: StoredWorkspace,
  targetId: string,
): StoredAttachment {
  const there = world.attached.some(
    (one) => one.targetId === targetId && one.workspaceId === workspace.id,
  );
  if (there) refuse(409, "It is attached already.");
  const attachment = {
    id: newId(world, "c"),
    targetId,
    workspaceId: workspace.id,
  };
  world.attached.push(attachment);
  return attachment;
}

function detach(world: PipesWorld, attachment: StoredAttachment): void {
  world.attached.splice(world.attached.indexOf(attachment), 1);
}

/** An attached folder, by its id. */
function tryFindFolder(
  world: PipesWorld,
  workspace: StoredWorkspace,
  wanted: unknown,
): readonly [StoredAttachment, StoredFolder] | undefined {
  const folder = world.folders.find(({ id }) => id === wanted);
  const attachment = world.attached.find(
    ({ targetId, workspaceId }) =>
      targetId === folder?.id && workspaceId === workspace.id,
  );
  return folder && attachment && [attachment, folder];
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
    (connection) =>
      connection.workspaceId === workspace.id ||
      (connection.workspaceId === undefined &&
        permissionsFor(world, connection).some((permission) =>
          effective.includes(permission),
        )),
  );
}
