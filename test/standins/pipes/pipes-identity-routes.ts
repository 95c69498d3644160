import type { StandinRoute } from "../kit";
import { identityAnswer, tenantAnswer } from "./pipes-answers";
import { page, refuse, route } from "./pipes-routing";
import type { PipesBehaviour } from "./pipes-standin";
import type { PipesWorld } from "./pipes-world";

/** Who there is. As the vendor's own plugin does, an identity may be asked for by its id, too. */
export function identityRoutes(
  world: PipesWorld,
  { showsTenant }: PipesBehaviour,
): readonly StandinRoute[] {
  return [
    route("GET", "/identity/{identity_handle}", ({ parameters }) => {
      const wanted = parameters["identity_handle"];
      const identity =
        [...world.organizations, ...world.users].find(
          ({ id, handle }) => handle === wanted || id === wanted,
        ) ?? refuse(404, "There is no such identity.");
      return { status: 200, body: identityAnswer(world, identity) };
    }),
    route("GET", "/tenant", (request) =>
      page(request, showsTenant ? [tenantAnswer(world)] : []),
    ),
  ];
}
