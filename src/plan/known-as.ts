import {
  isKnown,
  isObject,
  type JsonObject,
  type KnownAs,
  leafPaths,
  objectOf,
  type Value,
} from "../model";
import type { ConnectionBefore, LinkBefore } from "./before";
import {
  normalizedConfig,
  normalizedSecrets,
} from "./connection/to-connection";
import type { DeclaredConnection, DeclaredLink } from "./declared";
import { knownOf } from "./known";
import type { PlannedConnection, PlannedLink } from "./planned";
import type { SecretsMemory } from "./secrets";

/** As what a connection is remembered; undefined right after an import, when nobody knows. */
export function rememberedConnection(
  { type, config }: ConnectionBefore,
  { fields, platformFields }: SecretsMemory,
): KnownAs | undefined {
  return type === undefined
    ? undefined
    : {
        type,
        config: knownFields(config),
        secretFields: fields,
        platformFields,
      };
}

/** As what a connection was known before a change: with all secrets that were seen, ours or not. */
export function knownBefore(
  { type, config, secrets }: ConnectionBefore,
  { platformFields }: SecretsMemory,
): KnownAs {
  return {
    type,
    config: knownFields(config),
    secretFields: secrets.fields ?? [],
    platformFields,
  };
}

/** The same of a link; `type` is its connection's. */
export function linkKnownBefore(
  before: LinkBefore | undefined,
  type: string | undefined,
): KnownAs {
  return {
    type,
    config: knownFields(before?.overrides ?? null),
    secretFields: before?.secrets.fields ?? [],
  };
}

/** As what a connection is declared, as far as it is known. */
export function declaredConnectionAs({
  type,
  config,
  secrets,
  before,
  memory,
}: PlannedConnection): KnownAs | undefined {
  return typeof type === "string"
    ? {
        type,
        config: knownFields(config),
        secretFields: knownOf(secrets.fields) ?? [],
        // Of another type these names would mean other fields.
        platformFields:
          before?.type === type ? memory.platformFields : undefined,
      }
    : undefined;
}

/** The same of a link; `type` is what it remembers of its connection's. */
export function rememberedLink(
  { overrides }: LinkBefore,
  { fields }: SecretsMemory,
  type: string | undefined,
): KnownAs {
  return { type, config: knownFields(overrides), secretFields: fields };
}

export function declaredLinkAs(
  { overrides, secrets }: PlannedLink,
  type: string | undefined,
): KnownAs {
  return {
    type,
    config: knownFields(overrides),
    secretFields: knownOf(secrets.fields) ?? [],
  };
}

/** As what a set declares a connection; undefined as long as its type is not known. */
export function connectionAs(
  { type, config, secrets }: DeclaredConnection,
  remembered: readonly string[],
): KnownAs | undefined {
  return typeof type === "string"
    ? {
        type,
        config: knownFields(normalizedConfig(config, type)),
        secretFields: [
          ...remembered,
          ...leafPaths(knownFields(normalizedSecrets(secrets, type))),
        ],
      }
    : undefined;
}

/** The same of a link. */
export function linkAs(
  { overrides, secrets }: DeclaredLink,
  remembered: readonly string[],
): KnownAs {
  return {
    type: undefined,
    config: knownFields(overrides),
    secretFields: [
      ...remembered,
      ...leafPaths(knownFields(secrets.value.reveal())),
    ],
  };
}

/** Nothing as long as a part is not known. */
function knownFields(value: Value): JsonObject {
  return isObject(value) && isKnown(value)
    ? (value as JsonObject)
    : objectOf([]);
}
