import type { StandinAnswer, StandinRequest, StandinRoute } from "../kit";
import {
  answerOfInherited,
  answerOfObject,
  contentOf,
  refuse,
} from "./astro-answers";
import {
  type AstroBehaviour,
  type AstroWorld,
  contentNames,
  dateOf,
  type Fields,
  idOf,
  seen,
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
      handle: ({ query }) => list(world, behaviour, query),
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
    {
      method: "POST",
      path: `${OBJECT}/exclude-linking`,
      handle: (request) => {
        const object = find(request);
        if (object === undefined) return refuse(404);
        if (object.scope !== "WORKSPACE") return invalid("scope");
        const excluded = idsOf(world, [request.body]);
        if (excluded === undefined) return refuse(500);
        put({
          ...object,
          excludeLinks: [...new Set([...object.excludeLinks, ...excluded])],
          updatedAt: dateOf(tick(world)),
        });
        // Nothing, not even an empty object.
        return { status: 200 };
      },
    },
  ];
}

function list(
  world: AstroWorld,
  behaviour: AstroBehaviour,
  query: URLSearchParams,
): StandinAnswer {
  const revealed = query.get("showSecrets") === "true";
  if (revealed && behaviour.showSecrets === "refused")
    return refuse(
      403,
      "showSecrets is not allowed: it is disabled for this organization",
    );
  const workspaceId = query.get("workspaceId");
  const deploymentId = query.get("deploymentId");
  const places = seen(world, [...world.workspaces, ...world.deployments]);
  const wanted = deploymentId ?? workspaceId;
  const isGone = wanted !== null && !places.some(({ id }) => id === wanted);
  if (isGone && behaviour.goneScope !== "empty")
    return refuse(behaviour.goneScope);
  const only = (name: string, actual: string | undefined) => {
    const value = query.get(name);
    return value === null || value === actual;
  };
  const workspaceOf = ({ scope, scopeEntityId }: StoredObject) =>
    scope === "WORKSPACE"
      ? scopeEntityId
      : world.deployments.find(({ id }) => id === scopeEntityId)?.workspaceId;
  const fitting = isGone
    ? []
    : world.objects.filter(
        (object) =>
          only("objectType", object.objectType) &&
          only("objectKey", object.objectKey),
      );
  const own = fitting.filter(
    (object) =>
      only("workspaceId", workspaceOf(object)) &&
      only("deploymentId", object.scopeEntityId),
  );
  // What a deployment gets from its workspace, unless it has one of that name itself.
  const inherited =
    query.get("resolveLinked") === "true" && deploymentId !== null
      ? fitting.filter(
          (object) =>
            isLinked(world, object, deploymentId) &&
            !own.some(
              ({ objectKey, objectType }) =>
                objectKey === object.objectKey &&
                objectType === object.objectType,
            ),
        )
      : [];
  const showing = { ...behaviour, revealed };
  return page("environmentObjects", [...own, ...inherited], query, (object) =>
    own.includes(object)
      ? answerOfObject(object, showing)
      : answerOfInherited(object, deploymentId!, showing),
  );
}

/** By a link of its own, or as one of all deployments. */
function isLinked(
  world: AstroWorld,
  object: StoredObject,
  deploymentId: string,
): boolean {
  const deployment = world.deployments.find(({ id }) => id === deploymentId);
  return (
    object.scope === "WORKSPACE" &&
    (object.links.some((link) => link.deploymentId === deploymentId) ||
      (object.autoLinkDeployments &&
        deployment?.workspaceId === object.scopeEntityId &&
        !object.excludeLinks.includes(deploymentId)))
  );
}

function create(
  world: AstroWorld,
  behaviour: AstroBehaviour,
  body: Fields,
): StandinAnswer {
  const { objectKey, objectType, scope, scopeEntityId } = body;
  const places = scope === "WORKSPACE" ? world.workspaces : world.deployments;
  const name = contentNames[String(objectType)] ?? "";
  const content = body[name] as Fields | undefined;
  const isConnection = name === "connection";
  if (
    typeof objectKey !== "string" ||
    content === undefined ||
    (isConnection && content["type"] === undefined)
  )
    return invalid(name);
  if (!places.some(({ id }) => id === scopeEntityId)) return refuse(500);
  const misplaced = forWorkspacesOnly(String(scope), body);
  if (misplaced !== undefined) return invalid(misplaced);
  const taken = world.objects.some(
    (other) =>
      other.objectKey === objectKey &&
      other.scopeEntityId === scopeEntityId &&
      other.objectType === objectType,
  );
  if (taken && behaviour.refusesDuplicates) return refuse(409);
  const links = linksOf(world, { before: [], written: body["links"], name });
  const excludeLinks = idsOf(world, body["excludeLinks"]);
  if (links === undefined || excludeLinks === undefined) return refuse(500);
  if ("status" in links) return links;
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
      connection: isConnection ? merged({}, content, "replaced") : {},
      ...(!isConnection && {
        content: {
          ...(/Variable$/.test(name) && { value: "", isSecret: false }),
          ...content,
        },
      }),
      authTypeId: content["authTypeId"] as string | undefined,
      links,
      excludeLinks,
      createdAt: dateOf(count),
      updatedAt: dateOf(count),
    },
  ];
  // Nothing but the id.
  return { status: 200, body: { id: idOf("e", count) } };
}

/** The field that an object of a deployment cannot have; undefined where there is none. */
function forWorkspacesOnly(scope: string, body: Fields): string | undefined {
  if (scope === "WORKSPACE") return undefined;
  if (body["autoLinkDeployments"] === true) return "autoLinkDeployments";
  return ["links", "excludeLinks"].find(
    (field) => listOf(body[field]).length > 0,
  );
}

function updated(options: {
  readonly world: AstroWorld;
  readonly behaviour: AstroBehaviour;
  readonly object: StoredObject;
  readonly body: Fields;
}): StoredObject | StandinAnswer {
  const { world, behaviour, object, body } = options;
  const name = contentNames[object.objectType]!;
  const isConnection = name === "connection";
  const content = body[name] as Fields | undefined;
  // Also where only links change.
  if (content === undefined) return invalid(name);
  if (isConnection && content["type"] !== object.connection["type"])
    return invalid("connection.type");
  const misplaced = forWorkspacesOnly(object.scope, body);
  if (misplaced !== undefined) return invalid(misplaced);
  const isKept = (field: string) =>
    behaviour.omittedLinks === "kept" && body[field] === undefined;
  const links = isKept("links")
    ? object.links
    : linksOf(world, { before: object.links, written: body["links"], name });
  const excludeLinks = isKept("excludeLinks")
    ? object.excludeLinks
    : idsOf(world, body["excludeLinks"]);
  // A bad id of a deployment is not told from a failure.
  if (links === undefined || excludeLinks === undefined) return refuse(500);
  if ("status" in links) return links;
  return {
    ...object,
    description: String(body["description"] ?? object.description),
    // Left out, it is cleared.
    autoLinkDeployments: body["autoLinkDeployments"] === true,
    ...(isConnection
      ? {
          connection: merged(
            object.connection,
            content,
            behaviour.updatedExtra,
          ),
        }
      : { content: rewritten(contentOf(object), content) }),
    authTypeId: (content["authTypeId"] ?? object.authTypeId) as
      string | undefined,
    links,
    excludeLinks,
    updatedAt: dateOf(tick(world)),
  };
}

/** Of what is no connection. An empty text for what is secret says "no change": it is what a read shows. */
function rewritten(before: Fields, written: Fields): Fields {
  const secrets = [
    "basicToken",
    "password",
    ...(before["isSecret"] === true ? ["value"] : []),
  ];
  return {
    ...before,
    ...Object.fromEntries(
      Object.entries(written).filter(
        ([name, value]) => value !== "" || !secrets.includes(name),
      ),
    ),
  };
}

/** Fields that are left out stay; empty ones are cleared. */
function merged(
  before: Fields,
  written: Fields,
  extra: AstroBehaviour["updatedExtra"],
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

/** Undefined where a deployment does not exist; a refusal where a field is both set and unset. */
function linksOf(
  world: AstroWorld,
  {
    before,
    written,
    name,
  }: {
    readonly before: readonly StoredLink[];
    readonly written: unknown;
    readonly name: string;
  },
): readonly StoredLink[] | StandinAnswer | undefined {
  const links: StoredLink[] = [];
  for (const link of listOf(written)) {
    const deploymentId = link["scopeEntityId"];
    const deployment = world.deployments.find(({ id }) => id === deploymentId);
    if (deployment === undefined) return undefined;
    const there = before.find((other) => other.deploymentId === deploymentId);
    const overrides = overridesOf(
      there?.overrides ?? {},
      (link["overrides"] ?? {}) as Fields,
      name,
    );
    if (overrides === undefined) return invalid("unsetFields");
    links.push({ deploymentId: deployment.id, overrides });
  }
  return links;
}

/** What is left out stays; `unsetFields` takes away. An override may be empty. Undefined where a field is in both. */
function overridesOf(
  before: Fields,
  written: Fields,
  name: string,
): Fields | undefined {
  const { extra: newExtra, ...fields } = (written[name] ?? {}) as Fields;
  const unset = new Set(written["unsetFields"] as readonly string[]);
  const set = [
    ...Object.keys(fields),
    ...Object.keys((newExtra ?? {}) as Fields).map((key) => `extra.${key}`),
  ];
  if (set.some((path) => unset.has(path))) return undefined;
  const extra = Object.entries({
    ...(before["extra"] as Fields),
    ...(newExtra as Fields),
  }).filter(([key]) => !unset.has(`extra.${key}`));
  const plain = Object.entries({ ...before, ...fields }).filter(
    ([field]) => field !== "extra" && !unset.has(field),
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
