import type { StandinAnswer } from "../kit";
import { authTypeOf, secretKeysOf } from "./astro-auth-types";
import {
  type AstroBehaviour,
  type AstroWorld,
  contentNames,
  dateOf,
  type Fields,
  type StoredDeployment,
  type StoredLink,
  type StoredObject,
  type StoredWorkspace,
} from "./astro-world";

/** Astro's one form of errors. */
export function refuse(status: number, message = "refused"): StandinAnswer {
  return {
    status,
    body: { message, requestId: "r-1", statusCode: status },
  };
}

const by = { id: "u-1", subjectType: "USER", username: "jane" };

interface Showing extends AstroBehaviour {
  /** As `showSecrets=true` shows them. @default false */
  readonly revealed?: boolean;
}

/** An object as it is read: secrets masked, with the names of what is set. */
export function answerOfObject(
  object: StoredObject,
  behaviour: Showing,
): Fields {
  const { links, excludeLinks, description, objectType } = object;
  const content = contentOf(object);
  return {
    id: object.id,
    objectKey: object.objectKey,
    objectType,
    scope: object.scope,
    scopeEntityId: object.scopeEntityId,
    setFields: setFieldsOf(content),
    [contentNames[objectType]!]: {
      ...shown(object, content, behaviour),
      ...authTypeAnswer(object, behaviour),
    },
    createdAt: object.createdAt,
    updatedAt: object.updatedAt,
    createdBy: by,
    updatedBy: by,
    ...(description !== "" && { description }),
    // False is left out, as Astro does.
    ...(object.autoLinkDeployments && { autoLinkDeployments: true }),
    ...(links.length > 0 && {
      links: links.map((link) => answerOfLink(object, link, behaviour)),
    }),
    ...(excludeLinks.length > 0 && {
      excludeLinks: excludeLinks.map((scopeEntityId) => ({
        scope: "DEPLOYMENT",
        scopeEntityId,
      })),
    }),
  };
}

/** What a deployment gets of an object of its workspace: with its overrides, and without an id, as it cannot be addressed. */
export function answerOfInherited(
  object: StoredObject,
  deploymentId: string,
  behaviour: Showing,
): Fields {
  const { overrides = {} } =
    object.links.find((link) => link.deploymentId === deploymentId) ?? {};
  const content = contentOf(object);
  const resolved = {
    ...content,
    ...overrides,
    ...(content["extra"] !== undefined && {
      extra: {
        ...(content["extra"] as Fields),
        ...(overrides["extra"] as Fields),
      },
    }),
  };
  const isConnection = object.objectType === "CONNECTION";
  const answer = answerOfObject(
    {
      ...object,
      ...(isConnection ? { connection: resolved } : { content: resolved }),
      scope: "DEPLOYMENT",
      scopeEntityId: deploymentId,
      autoLinkDeployments: false,
      links: [],
      excludeLinks: [],
    },
    behaviour,
  );
  return {
    ...Object.fromEntries(
      Object.entries(answer).filter(([name]) => name !== "id"),
    ),
    sourceScope: object.scope,
    sourceScopeEntityId: object.scopeEntityId,
  };
}

export function contentOf({
  objectType,
  connection,
  content = {},
}: StoredObject): Fields {
  return objectType === "CONNECTION" ? connection : content;
}

function answerOfLink(
  object: StoredObject,
  { deploymentId, overrides }: StoredLink,
  behaviour: Showing,
): Fields {
  const { objectType } = object;
  const isVariable = /VARIABLE$/.test(objectType);
  // Of a variable that is secret nothing is shown, where the variable itself shows an empty text.
  const hides =
    isVariable &&
    behaviour.revealed !== true &&
    contentOf(object)["isSecret"] === true;
  return {
    scope: "DEPLOYMENT",
    scopeEntityId: deploymentId,
    setFields: setFieldsOf(overrides),
    ...(Object.keys(overrides).length > 0 &&
      !hides && {
        [`${contentNames[objectType]!}Overrides`]: shown(
          object,
          overrides,
          behaviour,
        ),
      }),
  };
}

/** Without what Astro keeps to itself. */
function shown(
  object: StoredObject,
  fields: Fields,
  behaviour: Showing,
): Fields {
  if (behaviour.revealed === true) return fields;
  const secrets = secretNames(object);
  const hiddenKeys = secretKeysOf(object.authTypeId, behaviour);
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]): [string, unknown][] => {
      if (name === "authType") return [];
      if (name === "extra")
        return behaviour.extra === "hidden"
          ? []
          : [[name, withoutKeys(value as Fields, hiddenKeys)]];
      if (!secrets.includes(name)) return [[name, value]];
      return behaviour.masked === "empty" || name === "value"
        ? [[name, ""]]
        : [];
    }),
  );
}

function secretNames(object: StoredObject): readonly string[] {
  switch (object.objectType) {
    case "CONNECTION":
      return ["password"];
    case "METRICS_EXPORT":
      return ["basicToken", "password"];
    default:
      return contentOf(object)["isSecret"] === true ? ["value"] : [];
  }
}

function withoutKeys(fields: Fields, hidden: readonly string[]): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([key]) => !hidden.includes(key)),
  );
}

function authTypeAnswer(
  { authTypeId }: StoredObject,
  behaviour: AstroBehaviour,
): Fields {
  const authType = authTypeOf(authTypeId, behaviour);
  return authType === undefined ? {} : { connectionAuthType: authType };
}

function setFieldsOf(fields: Fields): readonly string[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    ["extra", "headers", "labels"].includes(name)
      ? Object.keys(value as Fields).map((key) => `${name}.${key}`)
      : ["type", "isSecret"].includes(name)
        ? []
        : [name],
  );
}

export function answerOfOrganization({ organizationId }: AstroWorld): Fields {
  return {
    id: organizationId,
    name: "acme",
    createdAt: dateOf(0),
    updatedAt: dateOf(0),
    createdBy: by,
    updatedBy: by,
    allowEnhancedSupportAccess: false,
    hasAllowedIpAddressRanges: false,
    isBlockedEnableAiFeatures: false,
    isScimEnabled: false,
    product: "HOSTED",
    productPlans: [],
    shouldEnforceDedicatedClusters: false,
  };
}

export function answerOfSelf({ organizationId }: AstroWorld): Fields {
  return {
    id: by.id,
    username: "jane@example.com",
    fullName: "Jane",
    avatarUrl: "https://example.com/jane.png",
    status: "ACTIVE",
    organizationId,
    createdAt: dateOf(0),
    updatedAt: dateOf(0),
  };
}

export function answerOfWorkspace(
  world: AstroWorld,
  { id, name }: StoredWorkspace,
): Fields {
  return {
    id,
    name,
    organizationId: world.organizationId,
    cicdEnforcedDefault: false,
    createdAt: dateOf(0),
    updatedAt: dateOf(0),
  };
}

export function answerOfDeployment(
  world: AstroWorld,
  { id, name, workspaceId }: StoredDeployment,
): Fields {
  return {
    id,
    name,
    workspaceId,
    organizationId: world.organizationId,
    airflowVersion: "2.10.4",
    apiUrl: "https://example.com/api",
    astroRuntimeVersion: "12.6.0",
    runtimeVersion: "12.6.0",
    createdAt: dateOf(0),
    updatedAt: dateOf(0),
    createdBy: by,
    updatedBy: by,
    imageRepository: "images.example.com/astro",
    imageTag: "deploy-1",
    isCicdEnforced: false,
    isDagDeployEnabled: true,
    namespace: "stellar-sun-1234",
    schedulerCpu: "1",
    schedulerMemory: "2Gi",
    schedulerReplicas: 1,
    status: "HEALTHY",
    uiUrl: "https://example.com",
    webServerAirflowApiUrl: "https://example.com/airflow",
    webServerCpu: "1",
    webServerIngressHostname: "example.com",
    webServerMemory: "2Gi",
    webServerUrl: "https://example.com",
  };
}
