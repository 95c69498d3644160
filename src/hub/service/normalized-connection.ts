import { Secret } from "../../diagnostics";
import { normalizeFields } from "../../catalog";
import {
  type Access,
  type Connection,
  isObject,
  type JsonObject,
  type JsonValue,
  type Link,
} from "../../model";

/** The connection with its fields in the form of its type's schema, and its access lists sorted. What is no object stays, for the checks to report. */
export function normalizedConnection(connection: Connection): Connection {
  const { type, config, secrets, access } = connection;
  return {
    ...connection,
    config: normalized(type, config),
    secrets: secrets && new Secret(normalized(type, secrets.reveal())),
    access: access && sortedAccess(access),
  };
}

/** Lists of principals are sets: sorted, and each once. */
function sortedAccess({ view, use, edit }: Access): Access {
  const sorted = (principals: readonly string[] | undefined) =>
    principals && [...new Set(principals)].sort();
  return { view: sorted(view), use: sorted(use), edit: sorted(edit) };
}

/** The link with its overrides in the form of the connection's type; nulls stay, they remove fields. */
export function normalizedLink(type: string, link: Link): Link {
  return {
    ...link,
    overrides: normalized(type, link.overrides, { keepNulls: true }),
    overrideSecrets:
      link.overrideSecrets &&
      new Secret(
        normalized(type, link.overrideSecrets.reveal(), { keepNulls: true }),
      ),
  };
}

function normalized(
  type: string,
  fields: JsonObject,
  options?: { readonly keepNulls: boolean },
): JsonObject {
  if (!isObject(fields as JsonValue)) return fields;
  // JSON in, JSON out: only values known after apply would be something else.
  return normalizeFields(type, fields, options) as JsonObject;
}
