import type { StandinRequest, StandinRoute } from "../kit";
import {
  associationAnswer,
  connectionAnswer,
  folderAnswer,
} from "./pipes-answers";
import { connectionsSeen, foldersIn, foldersSeen } from "./pipes-reach";
import {
  bodyOf,
  folderLevels,
  type Level,
  page,
  refuse,
  route,
  type Scope,
  scopeOf,
  sharingLevels,
} from "./pipes-routing";
import type { PipesBehaviour } from "./pipes-standin";
import { newId, type PipesWorld, type StoredFolder } from "./pipes-world";

/** Folders of every level, all depths in one list, and the tree that they are with the connections. */
export function folderRoutes(
  world: PipesWorld,
  behaviour: PipesBehaviour,
): readonly StandinRoute[] {
  return [
    ...folderLevels.flatMap((level) => [
      ...writingRoutes(world, behaviour, level),
      ...readingRoutes(world, behaviour, level),
    ]),
    ...sharingLevels.map(({ prefix, kind }) =>
      route(
        "GET",
        `${prefix}/connection_folder/{folder_id}/workspace`,
        (request) => {
          const connection = find(
            foldersIn(world, scopeOf(world, kind, request)),
            request,
          );
          const items = world.attached
            .filter(({ targetId }) => targetId === connection.id)
            .map(({ id, workspaceId }) => {
              const workspace = world.workspaces.find(
                (one) => one.id === workspaceId,
              )!;
              const facts = { id, workspace, connection, behaviour };
              return associationAnswer(world, facts);
            });
          return page(request, items);
        },
      ),
    ),
  ];
}

function readingRoutes(
  world: PipesWorld,
  behaviour: PipesBehaviour,
  { prefix, kind }: Level,
): readonly StandinRoute[] {
  const scoped = (request: StandinRequest) => scopeOf(world, kind, request);
  const answer = (folder: StoredFolder) =>
    folderAnswer(world, folder, behaviour);
  return [
    route("GET", `${prefix}/connection_folder`, (request) => {
      const own = foldersSeen(world, scoped(request), behaviour);
      const others =
        kind === "organization" && behaviour.listsTenantFolders
          ? foldersIn(world, { identityId: undefined, workspace: undefined })
          : [];
      return page(request, [...new Set([...own, ...others])].map(answer));
    }),
    route("GET", `${prefix}/connection_folder/{folder_id}`, (request) => ({
      status: 200,
      body: answer(
        find(foldersSeen(world, scoped(request), behaviour), request),
      ),
    })),
    route("GET", `${prefix}/connection_tree`, (request) => {
      const scope = scoped(request);
      return page(request, [
        ...foldersSeen(world, scope, behaviour).map(answer),
        ...connectionsSeen(world, scope, behaviour).map((connection) =>
          connectionAnswer(world, connection, behaviour),
        ),
      ]);
    }),
  ];
}

function writingRoutes(
  world: PipesWorld,
  behaviour: PipesBehaviour,
  { prefix, kind }: Level,
): readonly StandinRoute[] {
  const scoped = (request: StandinRequest) => scopeOf(world, kind, request);
  const own = (request: StandinRequest) =>
    find(foldersIn(world, scoped(request)), request);
  const answer = (folder: StoredFolder) =>
    folderAnswer(world, folder, behaviour);
  const one = `${prefix}/connection_folder/{folder_id}`;
  return [
    route("POST", `${prefix}/connection_folder`, (request) => {
      const scope = scoped(request);
      const { title, parent_id } = bodyOf(request);
      const folder: StoredFolder = {
        id: newId(world, "c"),
        title: titleOf(title),
        folderId: folderIdOf(world, scope, parent_id ?? ""),
        identityId: scope.identityId,
        workspaceId: scope.workspace?.id,
      };
      world.folders.push(folder);
      return { status: 201, body: answer(folder) };
    }),
    route("PATCH", one, (request) => {
      const folder = own(request);
      const { title, parent_id } = bodyOf(request);
      const parent =
        parent_id === undefined
          ? folder.folderId
          : folderIdOf(world, scoped(request), parent_id);
      if (title !== undefined) folder.title = titleOf(title);
      folder.folderId = parent;
      return { status: 200, body: answer(folder) };
    }),
    route("DELETE", one, (request) => {
      const folder = own(request);
      // The document has a 409 at every level without saying when: an assumption.
      const isUsed = [...world.folders, ...world.connections].some(
        ({ folderId }) => folderId === folder.id,
      );
      if (isUsed) refuse(409, "The folder is not empty.");
      world.folders = world.folders.filter((other) => other !== folder);
      world.permissions = world.permissions.filter(
        ({ folderId }) => folderId !== folder.id,
      );
      world.attached = world.attached.filter(
        ({ targetId }) => targetId !== folder.id,
      );
      return { status: 200, body: answer(folder) };
    }),
  ];
}

/** Folders go by their ids. */
export function find(
  among: readonly StoredFolder[],
  { parameters }: StandinRequest,
): StoredFolder {
  return (
    among.find(({ id }) => id === parameters["folder_id"]) ??
    refuse(404, "There is no such folder.")
  );
}

/** The id of a folder of theirs; undefined for the top level, which goes by their own id or by nothing. */
export function folderIdOf(
  world: PipesWorld,
  scope: Scope,
  parentId: unknown,
): string | undefined {
  const owner = scope.workspace?.id ?? scope.identityId ?? world.tenant;
  if (parentId === owner || parentId === "") return undefined;
  const folder =
    foldersIn(world, scope).find(({ id }) => id === parentId) ??
    refuse(400, "There is no such folder.");
  return folder.isDiscovered === true
    ? refuse(403, "The folder is managed by an integration.")
    : folder.id;
}

/** Any text: the vendor's tests write "My Test Connection Folder". */
function titleOf(title: unknown): string {
  return typeof title === "string" && title !== ""
    ? title
    : refuse(400, "The title is missing.");
}
