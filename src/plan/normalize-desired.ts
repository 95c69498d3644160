import { normalizeFields } from "../catalog";
import { Secret } from "../diagnostics";
import {
  type Connection,
  formatConnectionKey,
  type JsonObject,
  type Link,
} from "../model";
import type { DesiredModel, ObservedModel } from "./models";

/**
 * The declaration in the form that the types' schemas prescribe, which is the
 * form that platforms are given and show: a port "5432" is the number 5432. The
 * type of a link's connection may only be known from what is there.
 */
export function normalizeDesired(
  desired: DesiredModel,
  observed: ObservedModel,
): DesiredModel {
  const types = new Map(
    [...observed.connections, ...desired.connections].map((connection) => [
      formatConnectionKey(connection),
      connection.type,
    ]),
  );
  return {
    connections: desired.connections.map(normalizeConnection),
    attachments: desired.attachments,
    links: desired.links.map((link) => {
      const type = types.get(formatConnectionKey(link.connection));
      return type === undefined ? link : normalizeLink(link, type);
    }),
  };
}

function normalizeConnection(connection: Connection): Connection {
  const { type, secrets } = connection;
  const normalize = (fields: JsonObject) =>
    normalizeFields(type, fields) as JsonObject;
  return {
    ...connection,
    config: normalize(connection.config),
    secrets: secrets && new Secret(normalize(secrets.reveal())),
  };
}

/** In overrides, a null removes a field: it stays. */
function normalizeLink(link: Link, type: string): Link {
  const { overrideSecrets } = link;
  const normalize = (fields: JsonObject) =>
    normalizeFields(type, fields, { keepNulls: true }) as JsonObject;
  return {
    ...link,
    overrides: normalize(link.overrides),
    overrideSecrets:
      overrideSecrets && new Secret(normalize(overrideSecrets.reveal())),
  };
}
