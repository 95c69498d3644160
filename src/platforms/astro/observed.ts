import { Secret } from "../../diagnostics";
import {
  type ConnectionKey,
  type JsonObject,
  type KnownAs,
  objectOf,
  type ObservedConnection,
  type ObservedLink,
} from "../../model";
import type { EnvironmentObject, EnvironmentObjectLink } from "./answers";
import {
  type AirflowView,
  filledView,
  viewOfConnection,
  viewOfOverrides,
} from "./types/airflow-fields";
import type { AstroType, DecodedFields } from "./types/astro-type";
import { shownAs, tryTypeNamed } from "./types/translation";

/** What is stored, and what it is shown as. */
export interface ReadConnection {
  readonly airflowType: string;
  /** With what the declaration tells of fields that are there and not shown. */
  readonly view: AirflowView;
  readonly type: AstroType;
  readonly decoded: DecodedFields;
}

/** What is read of a connection, without what is not part of its fields. */
export type StoredConnection = Pick<
  EnvironmentObject,
  "connection" | "setFields"
>;

interface StoredLink extends EnvironmentObjectLink {
  readonly object: StoredConnection;
}

export function readConnection(
  { connection, setFields }: StoredConnection,
  known: KnownAs | undefined,
): ReadConnection {
  const airflowType = String(connection["type"] ?? "");
  const view = filledView(
    viewOfConnection(connection, setFields),
    declaredPatch(known),
  );
  return { airflowType, view, ...shownAs(airflowType, view, known) };
}

/** What is stored is all that the rules need to show it as another type. */
export function observedConnection(
  { owner, name }: ConnectionKey,
  object: EnvironmentObject,
  exceptions: readonly string[],
): ObservedConnection {
  const { type, decoded } = readConnection(object, undefined);
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
    stored: new Secret<unknown>(storedConnection(object)),
    createdAt: object.createdAt,
    createdBy: object.createdBy,
  };
}

export function shownConnection(
  stored: Secret<unknown>,
  known: KnownAs | undefined,
): {
  readonly type: string;
  readonly config: JsonObject;
  readonly secretFields: readonly string[];
} {
  const { type, decoded } = readConnection(
    stored.reveal() as StoredConnection,
    known,
  );
  return { ...decoded, type: type.name };
}

export function decodeLink(
  object: StoredConnection,
  link: EnvironmentObjectLink,
  known: KnownAs | undefined,
): {
  readonly overrides: JsonObject;
  readonly secretFields: readonly string[];
} {
  const parent = connectionOfLink(object, known);
  const { config, secretFields } = parent.type.decode({
    airflowType: undefined,
    view: overridesView(link, parent.type, known),
    parent: parent.view,
    known,
  });
  return { overrides: config, secretFields };
}

/** The overrides that are there, with what the declaration tells of those that are not shown. */
export function overridesView(
  { overrides, setFields }: EnvironmentObjectLink,
  type: AstroType,
  known: KnownAs | undefined,
): AirflowView {
  return filledView(
    viewOfOverrides(overrides, setFields),
    known &&
      type.encode({
        config: known.config,
        secrets: undefined,
        parent: new Map(),
      }).patch,
  );
}

export function observedLink(options: {
  readonly connection: ConnectionKey;
  readonly deployment: string;
  readonly object: EnvironmentObject;
  readonly link: EnvironmentObjectLink;
}): ObservedLink {
  const { connection, deployment, object, link } = options;
  const { overrides, secretFields } = decodeLink(object, link, undefined);
  const stored: StoredLink = { ...link, object: storedConnection(object) };
  return {
    connection: { owner: connection.owner, name: connection.name },
    deployment,
    platformId: `${object.id}/${link.deploymentId}`,
    overrides,
    overrideSecretFields: secretFields,
    stored: new Secret<unknown>(stored),
  };
}

export function shownLink(
  stored: Secret<unknown>,
  known: KnownAs | undefined,
): {
  readonly overrides: JsonObject;
  readonly overrideSecretFields: readonly string[];
} {
  const { object, ...link } = stored.reveal() as StoredLink;
  const { overrides, secretFields } = decodeLink(object, link, known);
  return { overrides, overrideSecretFields: secretFields };
}

function storedConnection({
  connection,
  setFields,
}: StoredConnection): StoredConnection {
  return { connection, setFields };
}

/** The connection as its link knows it: by its type alone, since what is known of a link is no field of the connection's. */
export function connectionOfLink(
  object: StoredConnection,
  known: KnownAs | undefined,
): ReadConnection {
  return readConnection(
    object,
    known && { ...known, config: objectOf([]), secretFields: [] },
  );
}

function declaredPatch(known: KnownAs | undefined) {
  const type = known?.type && tryTypeNamed(known.type);
  return type
    ? type.encode({ config: known!.config, secrets: undefined }).patch
    : undefined;
}
