import { normalizeFields } from "../../../catalog";
import { Secret } from "../../../diagnostics";
import {
  type Access,
  type Connection,
  isKnown,
  isObject,
  type JsonObject,
  type JsonValue,
  KNOWN_AFTER_APPLY,
  type KnownAfterApply,
  objectOf,
  parseOwner,
  type Value,
} from "../../../model";
import { type CtyRecord, isRecord } from "../../wire";
import {
  booleanOf,
  knownTextOf,
  need,
  orEmpty,
  textOf,
  textsOf,
  valueOf,
} from "../../state/record";
import { connectionSecrets, declaredSecrets } from "../secret-arguments";

/** The plain fields in the form that the type prescribes. */
export function normalizedConfig(record: CtyRecord, type: string): Value {
  return normalizeFields(type, orEmpty(valueOf(record, "config")));
}

/** The connection that a wholly known plan declares. Secrets come from `config`, where the write-only ones are. */
export function connectionOf(
  planned: CtyRecord,
  config: CtyRecord,
  sendSecrets: boolean,
): Connection {
  const type = knownTextOf(planned, "type");
  return {
    owner: need(parseOwner(knownTextOf(planned, "owner"))),
    name: knownTextOf(planned, "name"),
    type,
    description: knownOrUndefined(planned, "description"),
    config: jsonObject(normalizedConfig(planned, type)),
    secrets: sendSecrets ? secretsOf(config, type) : undefined,
    autoLink: booleanOf(planned, "auto_link"),
    autoLinkExcept: textsOf(planned, "auto_link_except"),
    access: accessOf(config),
    parent: knownOrUndefined(config, "parent"),
  };
}

/** The secrets in the form that the type prescribes (as far as it is known), which is what is sent and digested; null where none are declared. */
export function normalizedSecrets(
  config: CtyRecord,
  type: string | KnownAfterApply,
): Value {
  return normalizeFields(
    type === KNOWN_AFTER_APPLY ? "" : type,
    declaredSecrets(config, connectionSecrets).value,
  );
}

function secretsOf(config: CtyRecord, type: string): Secret<JsonObject> {
  return new Secret(jsonObject(normalizedSecrets(config, type)));
}

function knownOrUndefined(record: CtyRecord, name: string): string | undefined {
  const text = textOf(record, name);
  return typeof text === "string" ? text : undefined;
}

/** Who may do what; undefined where nothing is declared. */
export function accessOf(record: CtyRecord): Access | undefined {
  const access = record["access"] ?? null;
  if (access === null || !isRecord(access)) return undefined;
  return {
    view: textsOf(access, "view"),
    use: textsOf(access, "use"),
    edit: textsOf(access, "edit"),
  };
}

/** What must be a known object by now. */
export function jsonObject(value: Value): JsonObject {
  if (value === null) return objectOf<JsonValue>([]);
  if (isObject(value) && isKnown(value)) return value as JsonObject;
  throw new Error("a value is not known when it must be");
}
