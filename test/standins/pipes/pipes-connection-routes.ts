import type { StandinRequest, StandinRoute } from "../kit";
import {
  associationAnswer,
  connectionAnswer,
  secretKeys,
} from "./pipes-answers";
import { folderIdOf } from "./pipes-folder-routes";
import { attachedFolders, connectionsSeen } from "./pipes-reach";
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

/** A handle becomes a schema, and these are taken by PostgreSQL and Steampipe. */
const RESERVED =
  /^(?:public|default|internal|information_schema|pg_.*|steampipe_.*)$/;

/** `aws` or `turbot/aws`; the version is Pipes' own. */
const PLUGIN = /^(?:[a-z0-9][a-z0-9_-]*\/)?[a-z0-9][a-z0-9_-]*$/;

/** Connections at every level. */
export function connectionRoutes(
  world: PipesWorld,
  behaviour: PipesBehaviour,
): readonly StandinRoute[] {
  const answer = (connection: StoredConnection) =>
    connectionAnswer(world, connection, behaviour);
  const { associates } = behaviour;

  /** What an owner can reach under this name; its own goes first. */
  const find = (scope: Scope, request: StandinRequest): StoredConnection =>
    connectionsSeen(world, scope, behaviour).find(
      ({ handle }) => handle === request.parameters["connection_handle"],
    ) ?? refuse(404, "There is no such connection.");

  const begin = (connection: StoredConnection) => {
    if (behaviour.rolloutReads === undefined) return;
    connection.attemptAt = newTime(world);
    connection.readsLeft = behaviour.rolloutReads;
    connection.processId = newId(world, "p");
    world.processes.push({
      id: connection.processId,
      connectionId: connection.id,
      identityId: connection.identityId,
      workspaceId: connection.workspaceId,
      state: "running",
    });
  };

  return levels.flatMap(({ prefix, kind }) => {
    const one = `${prefix}/connection/{connection_handle}`;
    const scoped = (request: StandinRequest) => scopeOf(world, kind, request);
    return [
      route("GET", `${prefix}/connection`, (request) => {
        const scope = scoped(request);
        const { workspace } = scope;
        const seen = connectionsSeen(world, scope, behaviour);
        // By the document, a workspace of an organization shows associations; one of a user does not.
        const items =
          workspace === undefined || prefix.startsWith("/user")
            ? seen.map(answer)
            : seen.map((connection) =>
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
        requireHandle(handle, behaviour);
        requirePlugin(plugin, behaviour);
        requireConfig(config, behaviour);
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
          requireHandle(handle, behaviour);
          requireFree(world, scope, handle);
          connection.handle = handle;
        }
        requireConfig(config, behaviour);
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
        if (detaches) requireAttached(world, scope.workspace!.id, connection);
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
        const { plugin, config } = bodyOf(request);
        requirePlugin(plugin, behaviour);
        const { testResult } = behaviour;
        return {
          status: 200,
          body:
            typeof testResult === "function"
              ? testResult((config ?? {}) as Record<string, unknown>)
              : testResult,
        };
      }),
    ];
  });
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

function requireHandle(
  handle: unknown,
  { takesAnyName }: PipesBehaviour,
): asserts handle is string {
  if (typeof handle !== "string" || !HANDLE.test(handle))
    refuse(400, "The handle is not valid.");
  if (!takesAnyName && RESERVED.test(handle))
    refuse(400, "The handle is reserved.");
}

function requirePlugin(
  plugin: unknown,
  { takesAnyName }: PipesBehaviour,
): asserts plugin is string {
  if (typeof plugin !== "string") refuse(400, "The plugin is missing.");
  if (!takesAnyName && !PLUGIN.test(plugin))
    refuse(400, "There is no such plugin.");
}

function requireConfig(
  config: unknown,
  { refusesConfig }: PipesBehaviour,
): void {
  const detail = refusesConfig?.((config ?? {}) as Record<string, unknown>);
  if (detail !== undefined) refuse(400, detail);
}

/** What is merely permitted cannot be detached, nor by itself what a folder brings. */
function requireAttached(
  world: PipesWorld,
  workspaceId: string,
  connection: StoredConnection,
): void {
  const workspace = world.workspaces.find(({ id }) => id === workspaceId)!;
  const isAttached = world.schemas.some(
    (schema) =>
      schema.connectionId === connection.id &&
      schema.workspaceId === workspaceId,
  );
  if (isAttached) return;
  if (attachedFolders(world, workspace, connection).length > 0)
    refuse(400, "It is attached through its folder.");
  refuse(404, "It is not attached.");
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
  { patch }: PipesBehaviour,
): Record<string, unknown> {
  const kept = Object.entries(before).filter(
    ([key]) =>
      patch === "merge" || (patch === "replace" && secretKeys.has(key)),
  );
  const all = { ...Object.fromEntries(kept), ...given };
  const wanted = Object.entries(all).filter(([, value]) => value !== null);
  return Object.fromEntries(wanted);
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
  const isSuccess = rollout === "success";
  if (isSuccess) connection.successAt = newTime(world);
  else connection.errorAt = newTime(world);
  const process = world.processes.find(({ id }) => id === connection.processId);
  if (process !== undefined) process.state = isSuccess ? "completed" : "failed";
}
