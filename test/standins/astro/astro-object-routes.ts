import type { StandinAnswer, StandinRequest, StandinRoute } from "../kit";
import { answerOfObject, refuse } from "./astro-answers";
import {
  type AstroBehaviour,
  type AstroWorld,
  dateOf,
  type Fields,
  idOf,
  type StoredLink,
  type StoredObject,
  tick,
} from "./astro-world";
import { page } from "./page";

export const OBJECTS = "/v1/organizations/{organizationId}/environment-objects";
export const OBJECT = `${OBJECTS}/{environmentObjectId}`;

/** Environment objects, quirks included: facts of shared/platforms/astro.md, sections 2 and 4. */
export function objectRoutes(
  world: AstroWorld,
  behaviour: AstroBehaviour,
): readonly StandinRoute[] {
  const find = ({ parameters }: StandinRequest) =>
    world.objects.find(({ id }) => id === parameters["environmentObjectId"]);
  const put = (object: StoredObject) => {
    world.objects = world.objects.map((other) =>
      other.id === object.id ? object : other,
    );
  };
  return [
    {
      method: "GET",
      path: OBJECTS,
      handle: ({ query }) => {
        const only = (name: string, has: (value: string) => boolean) => {
          const value = query.get(name);
          return value === null || has(value);
        };
        const workspaceOf = (object: StoredObject) =>
          object.scope === "WORKSPACE"
            ? object.scopeEntityId
            : world.deployments.find(({ id }) => id === object.scopeEntityId)
                ?.workspaceId;
        const found = world.objects.filter(
          (object) =>
            only("objectType", (type) => type === object.objectType) &&
            only("objectKey", (key) => key === object.objectKey) &&
            only("workspaceId", (id) => id === workspaceOf(object)) &&
            only("deploymentId", (id) => id === object.scopeEntityId),
        );
        return page("environmentObjects", found, query, (object) =>
          answerOfObject(object, behaviour),
        );
      },
    },
    {
      method: "POST",
      path: OBJECTS,
      handle: ({ body }) => create(world, behaviour, body as Fields),
    },
    {
      method: "GET",
      path: OBJECT,
      handle: (request) => {
        const object = find(request);
        return object === undefined
          ? refuse(404)
          : { status: 200, body: answerOfObject(object, behaviour) };
      },
    },
    {
      method: "POST",
      path: OBJECT,
      handle: (request) => {
        const object = find(request);
        if (object === undefined) return refuse(404);
        const changed = updated({
          world,
          behaviour,
          object,
          body: request.body as Fields,
        });
        if ("status" in changed) return changed;
        put(changed);
        return { status: 200, body: answerOfObject(changed, behaviour) };
      },
    },
    {
      method: "DELETE",
      path: OBJECT,
      handle: (request) => {
        const object = find(request);
        if (object === undefined) return refuse(404);
        world.objects = world.objects.filter((other) => other !== object);
        return { status: 204 };
      },
    },
  ];
}

function create(
  world: AstroWorld,
  behaviour: AstroBehaviour,
  body: Fields,
): StandinAnswer {
  const { objectKey, objectType, scope, scopeEntityId } = body;
  const places = scope === "WORKSPACE" ? world.workspaces : world.deployments;
  const connection = body["connection"] as Fields | undefined;
  if (typeof objectKey !== "string" || connection?.["type"] === undefined)
    return invalid("connection");
  if (!places.some(({ id }) => id === scopeEntityId)) return refuse(500);
  if (scope === "DEPLOYMENT" && listOf(body["links"]).length > 0)
    return invalid("links");
  const taken = world.objects.some(
    (other) =>
      other.objectKey === objectKey &&
      other.scopeEntityId === scopeEntityId &&
      other.objectType === objectType,
  );
  if (taken && behaviour.refusesDuplicates) return refuse(409);
  const links = linksOf(world, [], body["links"]);
  const excludeLinks = idsOf(world, body["excludeLinks"]);
  if (links === undefined || excludeLinks === undefined) return refuse(500);
  const count = tick(world);
  world.objects = [
    ...world.objects,
    {
      id: idOf("e", count),
      objectKey,
      objectType: String(objectType),
      scope: String(scope),
      scopeEntityId: String(scopeEntityId),
      description: String(body["description"] ?? ""),
      autoLinkDeployments: body["autoLinkDeployments"] === true,
      connection: merged({}, connection, "replaced"),
      links,
      excludeLinks,
      createdAt: dateOf(count),
      updatedAt: dateOf(count),
    },
  ];
  // Nothing but the id.
  return { status: 200, body: { id: idOf("e", count) } };
}

function updated(options: {
  readonly world: AstroWorld;
  readonly behaviour: AstroBehaviour;
  readonly object: StoredObject;
  readonly body: Fields;
}): StoredObject | StandinAnswer {
  const { world, behaviour, object, body } = options;
  const connection = body["connection"] as Fields | undefined;
  if (connection?.["type"] === undefined) return invalid("connection.type");
  if (connection["type"] !== object.connection["type"])
    return invalid("connection.type");
  // What is left out is taken away: links, exclusions and auto-link.
  const links = linksOf(world, object.links, body["links"]);
  const excludeLinks = idsOf(world, body["excludeLinks"]);
  // A bad id of a deployment is not told from a failure.
  if (links === undefined || excludeLinks === undefined) return refuse(500);
  return {
    ...object,
    description: String(body["description"] ?? object.description),
    autoLinkDeployments: body["autoLinkDeployments"] === true,
    connection: merged(object.connection, connection, behaviour.extra),
    links,
    excludeLinks,
    updatedAt: dateOf(tick(world)),
  };
}

/** Fields that are left out stay; empty ones are cleared. */
function merged(
  before: Fields,
  written: Fields,
  extra: AstroBehaviour["extra"],
): Fields {
  const fields = new Map(Object.entries(before));
  for (const [name, value] of Object.entries(written)) {
    if (name === "authTypeId") continue;
    if (value === "" || (name === "port" && value === 0)) fields.delete(name);
    else if (name === "extra")
      fields.set(name, {
        ...(extra === "merged" ? (before["extra"] as Fields) : {}),
        ...(value as Fields),
      });
    else fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

/** Undefined where a deployment does not exist. */
function linksOf(
  world: AstroWorld,
  before: readonly StoredLink[],
  written: unknown,
): readonly StoredLink[] | undefined {
  const links: StoredLink[] = [];
  for (const link of listOf(written)) {
    const deploymentId = link["scopeEntityId"];
    const deployment = world.deployments.find(({ id }) => id === deploymentId);
    if (deployment === undefined) return undefined;
    const there = before.find((other) => other.deploymentId === deploymentId);
    links.push({
      deploymentId: deployment.id,
      overrides: overridesOf(
        there?.overrides ?? {},
        (link["overrides"] ?? {}) as Fields,
      ),
    });
  }
  return links;
}

/** What is left out stays; `unsetFields` takes away. An override may be empty. */
function overridesOf(before: Fields, written: Fields): Fields {
  const { extra: newExtra, ...fields } = (written["connection"] ??
    {}) as Fields;
  const unset = new Set(written["unsetFields"] as readonly string[]);
  const extra = Object.entries({
    ...(before["extra"] as Fields),
    ...(newExtra as Fields),
  }).filter(([key]) => !unset.has(`extra.${key}`));
  const plain = Object.entries({ ...before, ...fields }).filter(
    ([name]) => name !== "extra" && !unset.has(name),
  );
  return Object.fromEntries(
    extra.length === 0
      ? plain
      : [...plain, ["extra", Object.fromEntries(extra)]],
  );
}

function idsOf(
  world: AstroWorld,
  written: unknown,
): readonly string[] | undefined {
  const ids = listOf(written).map((item) => String(item["scopeEntityId"]));
  return ids.every((id) => world.deployments.some((one) => one.id === id))
    ? ids
    : undefined;
}

function listOf(written: unknown): readonly Fields[] {
  return (written ?? []) as readonly Fields[];
}

function invalid(field: string): StandinAnswer {
  return {
    status: 400,
    body: {
      message: "invalid request",
      requestId: "r-1",
      statusCode: 400,
      fieldErrors: [{ field, code: "required", message: "is required" }],
    },
  };
}
