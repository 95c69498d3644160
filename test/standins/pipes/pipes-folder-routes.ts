import type { StandinRoute } from "../kit";
import { folderAnswer } from "./pipes-answers";
import { levels, page, route, type Scope, scopeOf } from "./pipes-routing";
import type { PipesBehaviour } from "./pipes-standin";
import type { PipesWorld, StoredFolder } from "./pipes-world";

/** Folders of every level, all depths in one list. They are made past the API: with `addFolder`. */
export function folderRoutes(
  world: PipesWorld,
  behaviour: PipesBehaviour,
): readonly StandinRoute[] {
  return levels.map(({ prefix, kind }) =>
    route("GET", `${prefix}/connection_folder`, (request) => {
      const own = foldersIn(world, scopeOf(world, kind, request));
      const others =
        kind === "organization" && behaviour.listsTenantFolders
          ? foldersIn(world, { identityId: undefined, workspace: undefined })
          : [];
      return page(
        request,
        [...own, ...others].map((folder) =>
          folderAnswer(world, folder, behaviour),
        ),
      );
    }),
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
