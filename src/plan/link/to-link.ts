import { normalizeFields } from "../../catalog";
import {
  isKnown,
  KNOWN_AFTER_APPLY,
  type Link,
  objectOf,
  parseLinkKey,
  type Value,
} from "../../model";
import type { DeclaredLink, OrLater } from "../declared";
import { jsonObject } from "../connection/to-connection";

/** Overrides in the form that the connection's type prescribes, as far as it is known; nulls, which remove, stay. */
export function normalizedOverrides(
  overrides: Value,
  type: string | undefined,
): Value {
  const given = overrides ?? objectOf([]);
  return type === undefined
    ? given
    : normalizeFields(type, given, { keepNulls: true });
}

/** The same of overridden secrets: what is sent and remembered; null where none are declared. */
export function normalizedOverrideSecrets(
  secrets: DeclaredLink["secrets"],
  type: string | undefined,
): Value {
  return normalizeFields(type ?? "", secrets.value.reveal(), {
    keepNulls: true,
  });
}

/** The link that the platform shall hold, without secrets; undefined as long as not all of it is known. */
export function toLink(
  id: OrLater<string>,
  overrides: Value,
): Link | undefined {
  if (id === KNOWN_AFTER_APPLY || !isKnown(overrides)) return undefined;
  const key = parseLinkKey(id);
  return key.ok
    ? { ...key.value, overrides: jsonObject(overrides) }
    : undefined;
}
