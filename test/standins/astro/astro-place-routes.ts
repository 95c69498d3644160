import type { StandinAnswer, StandinRequest, StandinRoute } from "../kit";
import {
  answerOfDeployment,
  answerOfOrganization,
  answerOfSelf,
  answerOfWorkspace,
  refuse,
} from "./astro-answers";
import {
  type AstroBehaviour,
  type AstroWorld,
  type Fields,
  idOf,
  remove,
  rename,
  seen,
  tick,
} from "./astro-world";
import { page } from "./page";

/** Where the vendor's Terraform provider looks for all but environment objects; deprecated. */
const BETA = "/platform/v1beta1";

/** The organization, its workspaces and deployments, under both versions of the API; and whose the token is. */
export function placeRoutes(
  world: AstroWorld,
  behaviour: AstroBehaviour,
): readonly StandinRoute[] {
  return [
    {
      method: "GET",
      path: "/v1/users/self",
      handle: () => ({ status: 200, body: answerOfSelf(world) }),
    },
    ...routesUnder("/v1", world, behaviour),
    ...routesUnder(BETA, world, behaviour).map((route) => ({
      ...route,
      undocumented: true,
    })),
  ];
}

function routesUnder(
  prefix: string,
  world: AstroWorld,
  behaviour: AstroBehaviour,
): readonly StandinRoute[] {
  const one = `${prefix}/organizations/{organizationId}`;
  return [
    {
      method: "GET",
      path: `${prefix}/organizations`,
      handle: ({ query }) =>
        page("organizations", [world], query, answerOfOrganization),
    },
    {
      method: "GET",
      path: one,
      handle: () => ({ status: 200, body: answerOfOrganization(world) }),
    },
    ...workspaceRoutes(`${one}/workspaces`, world, behaviour),
    {
      method: "GET",
      path: `${one}/deployments`,
      handle: ({ query }) =>
        !behaviour.listsPlaces
          ? refuse(403)
          : page(
              "deployments",
              seen(world, world.deployments).filter(
                ({ id, name, workspaceId }) =>
                  allows(query, "deploymentIds", id) &&
                  allows(query, "names", name) &&
                  allows(query, "workspaceIds", workspaceId),
              ),
              query,
              (deployment) => answerOfDeployment(world, deployment),
            ),
    },
    {
      method: "GET",
      path: `${one}/deployments/{deploymentId}`,
      handle: ({ parameters }) =>
        found(
          world,
          world.deployments,
          parameters["deploymentId"],
          (deployment) => answerOfDeployment(world, deployment),
        ),
    },
  ];
}

function workspaceRoutes(
  all: string,
  world: AstroWorld,
  behaviour: AstroBehaviour,
): readonly StandinRoute[] {
  const answer = (request: StandinRequest): StandinAnswer =>
    found(
      world,
      world.workspaces,
      request.parameters["workspaceId"],
      (workspace) => answerOfWorkspace(world, workspace),
    );
  const one = `${all}/{workspaceId}`;
  return [
    {
      method: "GET",
      path: all,
      handle: ({ query }) =>
        !behaviour.listsPlaces
          ? refuse(403)
          : page(
              "workspaces",
              seen(world, world.workspaces).filter(
                ({ id, name }) =>
                  allows(query, "workspaceIds", id) &&
                  allows(query, "names", name),
              ),
              query,
              (workspace) => answerOfWorkspace(world, workspace),
            ),
    },
    {
      method: "POST",
      path: all,
      handle: ({ body }) => {
        const workspace = {
          id: idOf("w", tick(world)),
          name: String((body as Fields)["name"]),
        };
        world.workspaces = [...world.workspaces, workspace];
        return { status: 200, body: answerOfWorkspace(world, workspace) };
      },
    },
    { method: "GET", path: one, handle: answer },
    {
      method: "POST",
      path: one,
      handle: (request) => {
        const { name } = request.body as Fields;
        const { workspaceId = "" } = request.parameters;
        if (typeof name === "string") rename(world, workspaceId, name);
        return answer(request);
      },
    },
    {
      method: "DELETE",
      path: one,
      handle: (request) => {
        const { status } = answer(request);
        if (status !== 200) return refuse(status);
        remove(world, request.parameters["workspaceId"]!, behaviour);
        return { status: 204 };
      },
    },
  ];
}

/** Of what is there and not seen the documents say 403, and 404 of what is not there. */
function found<T extends { readonly id: string }>(
  world: AstroWorld,
  among: readonly T[],
  wanted: unknown,
  answerOf: (item: T) => unknown,
): StandinAnswer {
  const item = among.find(({ id }) => id === wanted);
  if (item === undefined) return refuse(404);
  return !seen(world, among).includes(item)
    ? refuse(403)
    : { status: 200, body: answerOf(item) };
}

/** Filters are lists: given once for each value, or with commas. */
function allows(query: URLSearchParams, name: string, value: string): boolean {
  const wanted = query.getAll(name).flatMap((text) => text.split(","));
  return wanted.length === 0 || wanted.includes(value);
}
