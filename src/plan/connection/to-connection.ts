import { normalizeFields } from "../../catalog";
import { Secret } from "../../diagnostics";
import {
  type Access,
  type Connection,
  isKnown,
  isObject,
  type JsonObject,
  type JsonValue,
  KNOWN_AFTER_APPLY,
  objectOf,
  type Value,
} from "../../model";
import type { DeclaredConnection, OrLater } from "../declared";
import { knownOf } from "../known";
import { readOwner } from "../owner";

/** The plain fields in the form that the type prescribes; as they are while it is not known. */
export function normalizedConfig(config: Value, type: OrLater<string>): Value {
  return type === KNOWN_AFTER_APPLY
    ? KNOWN_AFTER_APPLY
    : normalizeFields(type, config ?? objectOf([]));
}

/** Declared secrets in the form that the type prescribes, as far as it is known: what is sent and remembered. Null where none are. */
export function normalizedSecrets(
  secrets: DeclaredConnection["secrets"],
  type: OrLater<string>,
): Value {
  return normalizeFields(knownOf(type) ?? "", secrets.value.reveal());
}

/** The connection that the platform shall hold; undefined as long as not all of what it takes is known. */
export function toConnection(
  declared: DeclaredConnection,
): Connection | undefined {
  const { name, type } = declared;
  const { owner } = readOwner(declared.owner);
  if (
    owner === KNOWN_AFTER_APPLY ||
    name === KNOWN_AFTER_APPLY ||
    type === KNOWN_AFTER_APPLY
  )
    return undefined;
  const config = normalizedConfig(declared.config, type);
  if (!isKnown(config)) return undefined;
  return {
    owner,
    name,
    type,
    description: knownOf(declared.description),
    config: jsonObject(config),
    autoLink: knownOf(declared.autoLink) ?? false,
    autoLinkExcept: knownOf(declared.autoLinkExcept),
    access: toAccess(declared.access),
    parent: knownOf(declared.parent),
  };
}

function toAccess(declared: DeclaredConnection["access"]): Access | undefined {
  const access = knownOf(declared);
  return (
    access && {
      view: knownOf(access.view),
      use: knownOf(access.use),
      edit: knownOf(access.edit),
    }
  );
}

/** Secrets that are wholly known; undefined where none are declared or a part is known later. */
export function knownSecrets(value: Value): Secret<JsonObject> | undefined {
  return isObject(value) && isKnown(value)
    ? new Secret(value as JsonObject)
    : undefined;
}

/** What must be a known object by now; nothing given is an empty one. */
export function jsonObject(value: Value): JsonObject {
  if (value === null) return objectOf<JsonValue>([]);
  if (isObject(value) && isKnown(value)) return value as JsonObject;
  throw new Error("a value is not known when it must be");
}
