import type { StandinRequest, StandinRoute } from "../kit";
import {
  associationAnswer,
  connectionAnswer,
  secretKeys,
} from "./pipes-answers";
import { foldersIn } from "./pipes-folder-routes";
import {
  bodyOf,
  connectionsIn,
  levels,
  page,
  refuse,
  route,
  type Scope,
  scopeOf,
} from "./pipes-routing";
import type { PipesBehaviour } from "./pipes-standin";
import {
  newId,
  newTime,
  type PipesWorld,
  type StoredConnection,
} from "./pipes-world";

const HANDLE = /^[a-z](?:[a-z0-9]|_(?=[a-z0-9])){0,38}$/;

/** Connections at every level. */
export function connectionRoutes(
  world: PipesWorld,
  behaviour: PipesBehaviour,
): readonly StandinRoute[] {
  const answer = (connection: StoredConnection) =>
    connectionAnswer(world, connection, behaviour);
  const { associates } = behaviour;

  /** What an owner can reach under this name: a workspace also sees what it is attached to. */
  const find = (scope: Scope, request: StandinRequest): StoredConnection => {
    const handle = request.parameters["connection_handle"];
    const own = connectionsIn(world, scope).find(
      (connection) => connection.handle === handle,
    );
    const inherited = inheritedBy(world, scope).find(
      (connection) => connection.handle === handle,
    );
    return own ?? inherited ?? refuse(404, "There is no such connection.");
  };

  const begin = (connection: StoredConnection) => {
    if (behaviour.rolloutReads === undefined) return;
    connection.attemptAt = newTime(world);
    connection.readsLeft = behaviour.rolloutReads;
  };

  return levels.flatMap(({ prefix, kind }) => {
    const one = `${prefix}/connection/{connection_handle}`;
    const scoped = (request: StandinRequest) => scopeOf(world, kind, request);
    return [
      route("GET", `${prefix}/connection`, (request) => {
        const scope = scoped(request);
        const { workspace } = scope;
        const own = connectionsIn(world, scope);
        // A workspace shows its connections as associations, the inherited ones among them.
        const items =
          workspace === undefined
            ? [...own, ...inheritedBy(world, scope)].map(answer)
            : [...own, ...inheritedBy(world, scope)].map((connection) =>
                associationAnswer(world, {
                  id: connection.id,
                  workspace,
                  connection,
                  behaviour,
                }),
              );
        return page(request, items);
      }),
      route("POST", `${prefix}/connection`, (request) => {
        const scope = scoped(request);
        const { handle, plugin, config, parent_id } = bodyOf(request);
        if (typeof handle !== "string" || !HANDLE.test(handle))
          return refuse(400, "The handle is not valid.");
        if (typeof plugin !== "string")
          return refuse(400, "The plugin is missing.");
        requireFree(world, scope, handle);
        const associated = associates && associate(world, scope, handle);
        if (associated) return { status: 201, body: answer(associated) };
        const folderId =
          parent_id === undefined
            ? undefined
            : folderIdOf(world, scope, parent_id);
        const connection: StoredConnection = {
          id: newId(world, "c"),
          handle,
          plugin,
          config: {
            ...behaviour.fillsIn,
            ...(config as Record<string, unknown> | undefined),
          },
          identityId: scope.identityId,
          workspaceId: scope.workspace?.id,
          folderId: behaviour.move === "ignored" ? undefined : folderId,
          version: 1,
          status: "enabled",
          createdAt: newTime(world),
          attemptAt: undefined,
          successAt: undefined,
          errorAt: undefined,
          readsLeft: 0,
        };
        begin(connection);
        world.connections.push(connection);
        return { status: 201, body: answer(connection) };
      }),
      route("GET", one, (request) => {
        const scope = scoped(request);
        const connection = find(scope, request);
        progress(world, connection, behaviour);
        const inherited =
          scope.workspace !== undefined && connection.workspaceId === undefined
            ? {
                association: associationAnswer(world, {
                  id: connection.id,
                  workspace: scope.workspace,
                  connection,
                  behaviour,
                }),
              }
            : {};
        return { status: 200, body: { ...answer(connection), ...inherited } };
      }),
      route("PATCH", one, (request) => {
        const scope = scoped(request);
        const connection = find(scope, request);
        requireOwn(scope, connection);
        requireMatch(request, connection, behaviour);
        const { handle, config, parent_id } = bodyOf(request);
        const folderId =
          parent_id === undefined
            ? connection.folderId
            : folderIdOf(world, scope, parent_id);
        if (folderId !== connection.folderId && behaviour.move === "refused")
          refuse(400, "It cannot be moved there.");
        if (behaviour.move === "moves") connection.folderId = folderId;
        if (typeof handle === "string" && handle !== connection.handle) {
          if (!HANDLE.test(handle)) refuse(400, "The handle is not valid.");
          requireFree(world, scope, handle);
          connection.handle = handle;
        }
        if (config !== undefined)
          connection.config = configured(
            connection.config,
            config as Record<string, unknown>,
            behaviour,
          );
        connection.version += 1;
        begin(connection);
        return { status: 200, body: answer(connection) };
      }),
      route("DELETE", one, (request) => {
        const scope = scoped(request);
        const connection = find(scope, request);
        if (scope.workspace === undefined) requireOwn(scope, connection);
        requireMatch(request, connection, behaviour);
        const body = answer(connection);
        // The same address destroys what is owned and detaches what is inherited.
        const detaches =
          scope.workspace !== undefined && connection.workspaceId === undefined;
        world.schemas = world.schemas.filter(
          (schema) =>
            schema.connectionId !== connection.id ||
            (detaches && schema.workspaceId !== scope.workspace?.id),
        );
        if (!detaches) {
          world.connections.splice(world.connections.indexOf(connection), 1);
          world.permissions = world.permissions.filter(
            ({ connectionId }) => connectionId !== connection.id,
          );
        }
        return { status: 200, body };
      }),
      route("POST", `${one}/test`, (request) => {
        const scope = scoped(request);
        if (request.parameters["connection_handle"] !== "_")
          find(scope, request);
        if (typeof bodyOf(request)["plugin"] !== "string")
          refuse(400, "The plugin is missing.");
        return { status: 200, body: behaviour.testResult };
      }),
    ];
  });
}

/** What a workspace is attached to; and what of the tenant's an organization may use, all of it. */
function inheritedBy(
  world: PipesWorld,
  { identityId, workspace }: Scope,
): readonly StoredConnection[] {
  const reaching =
    workspace === undefined
      ? world.permissions.filter(
          (permission) =>
            permission.workspaceId === undefined &&
            (permission.identityId === identityId ||
              permission.identityId === undefined),
        )
      : world.schemas.filter(({ workspaceId }) => workspaceId === workspace.id);
  return world.connections.filter(
    (connection) =>
      connection.workspaceId === undefined &&
      identityId !== undefined &&
      (workspace !== undefined || connection.identityId === undefined) &&
      reaching.some(({ connectionId }) => connectionId === connection.id),
  );
}

/** Attaches the organization's connection of that name, where there is one. */
function associate(
  world: PipesWorld,
  { identityId, workspace }: Scope,
  handle: string,
): StoredConnection | undefined {
  if (workspace === undefined) return undefined;
  const connection = connectionsIn(world, {
    identityId,
    workspace: undefined,
  }).find((one) => one.handle === handle);
  if (connection !== undefined)
    world.schemas.push({
      id: newId(world, "c"),
      connectionId: connection.id,
      workspaceId: workspace.id,
      state: "direct",
    });
  return connection;
}

/** The id of a folder of theirs; undefined for their own id, which is the top level. */
function folderIdOf(
  world: PipesWorld,
  scope: Scope,
  parentId: unknown,
): string | undefined {
  const owner = scope.workspace?.id ?? scope.identityId ?? world.tenant;
  if (parentId === owner) return undefined;
  const folder =
    foldersIn(world, scope).find(({ id }) => id === parentId) ??
    refuse(400, "There is no such folder.");
  return folder.isDiscovered === true
    ? refuse(403, "The folder is managed by an integration.")
    : folder.id;
}

function requireFree(world: PipesWorld, scope: Scope, handle: string): void {
  const taken = connectionsIn(world, scope).some(
    (connection) => connection.handle === handle,
  );
  if (taken) refuse(409, `A connection ${handle} exists already.`);
}

function requireOwn(scope: Scope, connection: StoredConnection): void {
  if (
    connection.identityId !== scope.identityId ||
    connection.workspaceId !== scope.workspace?.id
  )
    refuse(403, "It is changed where it belongs.");
}

function requireMatch(
  { headers }: StandinRequest,
  { version }: StoredConnection,
  { enforcesIfMatch }: PipesBehaviour,
): void {
  const wanted = headers["if-match"];
  if (enforcesIfMatch && wanted !== undefined && wanted !== String(version))
    refuse(412, "It was changed in between.");
}

function configured(
  before: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
  { patch, fillsIn }: PipesBehaviour,
): Record<string, unknown> {
  const kept = Object.entries(before).filter(
    ([key]) =>
      patch === "merge" || (patch === "replace" && secretKeys.has(key)),
  );
  const all = { ...Object.fromEntries(kept), ...given };
  const wanted = Object.entries(all).filter(([, value]) => value !== null);
  return { ...fillsIn, ...Object.fromEntries(wanted) };
}

/** Background work goes on between two reads. */
function progress(
  world: PipesWorld,
  connection: StoredConnection,
  { rollout }: PipesBehaviour,
): void {
  if (connection.attemptAt === undefined) return;
  connection.readsLeft -= 1;
  if (connection.readsLeft !== 0) return;
  if (rollout === "success") connection.successAt = newTime(world);
  else connection.errorAt = newTime(world);
}
