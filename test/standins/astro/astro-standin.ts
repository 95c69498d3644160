import {
  type Contract,
  type ContractException,
  loadContract,
  type MethodLimits,
  type Standin,
  startStandin,
  type StandinRequest,
} from "../kit";
import { refuse } from "./astro-answers";
import { objectRoutes } from "./astro-object-routes";
import { placeRoutes } from "./astro-place-routes";
import {
  type AstroBehaviour,
  type AstroWorld,
  dateOf,
  defaultBehaviour,
  idOf,
  remove,
  rename,
  type StoredObject,
  tick,
} from "./astro-world";

export const STANDIN_TOKEN = "astro-standin-token";
export const STANDIN_ORGANIZATION = idOf("o", 1);

/** Per token, as documented. */
export const astroLimits: MethodLimits = {
  GET: { perSecond: 25 },
  POST: { perSecond: 10 },
  DELETE: { perSecond: 5 },
};

export interface AstroStandin extends Standin {
  readonly world: AstroWorld;
  readonly behaviour: AstroBehaviour;
  /** Puts a connection of a workspace there past the API, and gives its id. */
  add(
    connection: Pick<
      StoredObject,
      "objectKey" | "scopeEntityId" | "connection"
    > &
      Partial<StoredObject>,
  ): string;
  /** Renames a workspace or a deployment past the API. */
  rename(id: string, name: string): void;
  /** Deletes a workspace or a deployment past the API, with all that it owns. */
  remove(id: string): void;
}

export interface AstroStandinOptions {
  readonly behaviour?: Partial<AstroBehaviour>;
  /** @default none */
  readonly limits?: MethodLimits;
  /** In the workspace `analytics`, besides `prod` and `staging`. @default 0 */
  readonly moreDeployments?: number;
  /** In milliseconds. @default 0 */
  readonly latency?: number;
}

const exceptions: readonly ContractException[] = ["400", "429", "422"].map(
  (about) => ({
    part: "answer",
    about,
    reason: "Not declared there, but both documented and seen.",
  }),
);

/** Read once: the document is large. */
let contract: Contract | undefined;

/** Astro's API, with the workspaces analytics (deployments prod and staging) and science (lab). */
export async function startAstroStandin(
  options: AstroStandinOptions = {},
): Promise<AstroStandin> {
  const world = newWorld(options.moreDeployments ?? 0);
  const behaviour = { ...defaultBehaviour, ...options.behaviour };
  contract ??= loadContract("astro-connections.yaml", { exceptions });
  const standin = await startStandin({
    routes: [
      ...objectRoutes(world, behaviour),
      ...placeRoutes(world, behaviour),
    ],
    authorize,
    refuse,
    contract,
    limits: options.limits ?? {},
    latency: options.latency ?? 0,
    // Astro says nothing about when to come again.
    limitHeaders: () => ({}),
    state: {
      save: () => ({ ...world }),
      restore: (saved) => {
        Object.assign(world, saved);
      },
    },
  });
  const add: AstroStandin["add"] = (connection) => {
    const count = tick(world);
    const id = idOf("e", count);
    const stored: StoredObject = {
      objectType: "CONNECTION",
      scope: "WORKSPACE",
      description: "",
      autoLinkDeployments: false,
      links: [],
      excludeLinks: [],
      createdAt: dateOf(count),
      updatedAt: dateOf(count),
      ...connection,
      id,
    };
    world.objects = [...world.objects, stored];
    return id;
  };
  return Object.assign(standin, {
    world,
    behaviour,
    add,
    rename: (id: string, name: string) => rename(world, id, name),
    remove: (id: string) => remove(world, id, behaviour),
  });
}

/** A token is that of one organization; who it is, and which organization, needs no id. */
function authorize({ headers, path }: StandinRequest) {
  if (headers["authorization"] !== `Bearer ${STANDIN_TOKEN}`)
    return refuse(401);
  const [, organization] =
    /^\/(?:v1|platform\/v1beta1)\/organizations\/([^/]+)/.exec(path) ?? [];
  return organization === undefined || organization === STANDIN_ORGANIZATION
    ? undefined
    : refuse(403);
}

function newWorld(moreDeployments: number): AstroWorld {
  const [analytics, science] = [idOf("w", 1), idOf("w", 2)];
  const more = Array.from({ length: moreDeployments }, (_, index) => ({
    id: idOf("d", 10 + index),
    name: `d${index}`,
    workspaceId: analytics,
  }));
  return {
    organizationId: STANDIN_ORGANIZATION,
    workspaces: [
      { id: analytics, name: "analytics" },
      { id: science, name: "science" },
    ],
    deployments: [
      { id: idOf("d", 1), name: "prod", workspaceId: analytics },
      { id: idOf("d", 2), name: "staging", workspaceId: analytics },
      { id: idOf("d", 3), name: "lab", workspaceId: science },
      ...more,
    ],
    objects: [],
    hidden: [],
    count: 100,
  };
}
