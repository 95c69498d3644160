import type { StandinRequest, StandinRoute } from "../kit";
import { processAnswer } from "./pipes-answers";
import { levels, page, refuse, route, scopeOf } from "./pipes-routing";
import type { PipesWorld } from "./pipes-world";

/** Background work of organizations, users and workspaces. The tenant's is shown nowhere. */
export function processRoutes(world: PipesWorld): readonly StandinRoute[] {
  return levels
    .filter(({ kind }) => kind !== "tenant")
    .flatMap(({ prefix, kind }) => {
      const processesOf = (request: StandinRequest) => {
        const { identityId, workspace } = scopeOf(world, kind, request);
        return world.processes.filter((process) =>
          workspace === undefined
            ? process.identityId === identityId
            : process.workspaceId === workspace.id,
        );
      };
      return [
        route("GET", `${prefix}/process`, (request) =>
          page(
            request,
            processesOf(request).map((process) =>
              processAnswer(world, process),
            ),
          ),
        ),
        route("GET", `${prefix}/process/{process_id}`, (request) => {
          const wanted = request.parameters["process_id"];
          const process =
            processesOf(request).find(({ id }) => id === wanted) ??
            refuse(404, "There is no such process.");
          return { status: 200, body: processAnswer(world, process) };
        }),
      ];
    });
}
