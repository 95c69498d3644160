import {
  type ConnectionKey,
  type JsonObject,
  objectOf,
  type ObservedConnection,
  type ObservedLink,
} from "../../model";
import {
  type AirflowView,
  viewOfConnection,
  viewOfOverrides,
} from "./types/airflow-fields";
import type { EnvironmentObject, EnvironmentObjectLink } from "./answers";
import type { AstroType, DecodedFields } from "./types/astro-type";
import { typeOfStored } from "./types/translation";

/** What is stored, and what it is shown as. */
export interface ReadConnection {
  readonly airflowType: string;
  readonly view: AirflowView;
  readonly type: AstroType;
  readonly decoded: DecodedFields;
}

export function readConnection(object: EnvironmentObject): ReadConnection {
  const airflowType = String(object.connection["type"] ?? "");
  const view = viewOfConnection(object.connection, object.setFields);
  return { airflowType, view, ...typeOfStored(airflowType, view) };
}

/** `exceptions` are the names of the excluded deployments. */
export function observedConnection(
  { owner, name }: ConnectionKey,
  object: EnvironmentObject,
  exceptions: readonly string[],
): ObservedConnection {
  const { type, decoded } = readConnection(object);
  return {
    owner,
    name,
    platformId: object.id,
    type: type.name,
    description: object.description,
    config: decoded.config,
    secretFields: decoded.secretFields,
    autoLink: object.autoLinkDeployments,
    autoLinkExcept: [...exceptions].sort(),
    status: "unknown",
    createdAt: object.createdAt,
    createdBy: object.createdBy,
  };
}

/** Overrides that the connection's type has no field for are shown by their stored names, so that they are seen. */
export function decodeLink(
  parent: ReadConnection,
  link: EnvironmentObjectLink,
): {
  readonly overrides: JsonObject;
  readonly secretFields: readonly string[];
} {
  const view = viewOfOverrides(link.overrides, link.setFields);
  const { type, airflowType } = parent;
  const decoded = type.decode({ airflowType, view, parent: parent.view });
  const foreign = decoded.rest.flatMap((path) => {
    const value = view.get(path);
    return value === undefined || typeof value === "symbol"
      ? []
      : [[path, value] as const];
  });
  return {
    overrides:
      foreign.length === 0
        ? decoded.config
        : objectOf([...Object.entries(decoded.config), ...foreign]),
    secretFields: decoded.secretFields,
  };
}

export function observedLink(options: {
  readonly connection: ConnectionKey;
  readonly deployment: string;
  readonly object: EnvironmentObject;
  readonly link: EnvironmentObjectLink;
}): ObservedLink {
  const { connection, deployment, object, link } = options;
  const { overrides, secretFields } = decodeLink(readConnection(object), link);
  return {
    connection: { owner: connection.owner, name: connection.name },
    deployment,
    platformId: `${object.id}/${link.deploymentId}`,
    overrides,
    overrideSecretFields: secretFields,
  };
}
