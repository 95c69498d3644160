import type { StandinAnswer } from "../kit";
import {
  type AstroBehaviour,
  type AstroWorld,
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

/** An object as it is read: secrets masked, with the names of what is set. */
export function answerOfObject(
  object: StoredObject,
  behaviour: AstroBehaviour,
): Fields {
  const { connection, links, excludeLinks, description } = object;
  const by = { id: "u-1", subjectType: "USER", username: "jane" };
  return {
    id: object.id,
    objectKey: object.objectKey,
    objectType: object.objectType,
    scope: object.scope,
    scopeEntityId: object.scopeEntityId,
    setFields: setFieldsOf(connection),
    connection: masked(connection, behaviour),
    createdAt: object.createdAt,
    updatedAt: object.updatedAt,
    createdBy: by,
    updatedBy: by,
    ...(description !== "" && { description }),
    // False is left out, as Astro does.
    ...(object.autoLinkDeployments && { autoLinkDeployments: true }),
    ...(links.length > 0 && {
      links: links.map((link) => answerOfLink(link, behaviour)),
    }),
    ...(excludeLinks.length > 0 && {
      excludeLinks: excludeLinks.map((scopeEntityId) => ({
        scope: "DEPLOYMENT",
        scopeEntityId,
      })),
    }),
  };
}

function answerOfLink(
  { deploymentId, overrides }: StoredLink,
  behaviour: AstroBehaviour,
): Fields {
  return {
    scope: "DEPLOYMENT",
    scopeEntityId: deploymentId,
    setFields: setFieldsOf(overrides),
    ...(Object.keys(overrides).length > 0 && {
      connectionOverrides: masked(overrides, behaviour),
    }),
  };
}

function masked(fields: Fields, behaviour: AstroBehaviour): Fields {
  if (fields["password"] === undefined) return fields;
  const others = Object.entries(fields).filter(([name]) => name !== "password");
  return Object.fromEntries(
    behaviour.masked === "empty" ? [...others, ["password", ""]] : others,
  );
}

function setFieldsOf(fields: Fields): readonly string[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    name === "extra"
      ? Object.keys(value as Fields).map((key) => `extra.${key}`)
      : name === "type"
        ? []
        : [name],
  );
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
  const by = { id: "u-1", subjectType: "USER", username: "jane" };
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
