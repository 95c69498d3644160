import { normalizeFields } from "../../../catalog";
import { Secret } from "../../../diagnostics";
import {
  isObject,
  KNOWN_AFTER_APPLY,
  type KnownAfterApply,
  leafPaths,
  type Link,
  type LinkKey,
  overriddenFields,
  parseLinkKey,
  type Value,
  type ValueObject,
} from "../../../model";
import {
  knownTextOf,
  need,
  orEmpty,
  textsOf,
  valueOf,
} from "../../state/record";
import type { CtyRecord } from "../../wire";
import { jsonObject } from "../connection/connection-arguments";
import { declaredSecrets, overrideSecrets } from "../secret-arguments";

export function linkKeyOf(record: CtyRecord): LinkKey {
  return need(parseLinkKey(knownTextOf(record, "id")));
}

/** The overrides in the form that the connection's type prescribes; nulls, which remove, stay. */
export function normalizedOverrides(
  record: CtyRecord,
  type: string | undefined,
): Value {
  const overrides = orEmpty(valueOf(record, "overrides"));
  return type === undefined
    ? overrides
    : normalizeFields(type, overrides, { keepNulls: true });
}

/** The overridden secrets in the form that the type prescribes, which is what is sent and digested; null where none are declared. */
export function normalizedOverrideSecrets(
  config: CtyRecord,
  type: string | undefined,
): Value {
  return normalizeFields(
    type ?? "",
    declaredSecrets(config, overrideSecrets).value,
    { keepNulls: true },
  );
}

/** The link that a wholly known plan declares. Secrets come from `config`, where the write-only ones are. */
export function linkOf(options: {
  readonly planned: CtyRecord;
  readonly config: CtyRecord;
  readonly type: string | undefined;
  readonly sendSecrets: boolean;
}): Link {
  const { planned, config, type, sendSecrets } = options;
  return {
    ...linkKeyOf(planned),
    overrides: jsonObject(normalizedOverrides(planned, type)),
    overrideSecrets: sendSecrets
      ? new Secret(jsonObject(normalizedOverrideSecrets(config, type)))
      : undefined,
  };
}

/** Names of all fields that the deployment sees differently; known as soon as their names are. */
export function overriddenNames(
  overrides: Value,
  secretFields: readonly string[] | KnownAfterApply,
): readonly string[] | KnownAfterApply {
  if (
    !isObject(overrides) ||
    secretFields === KNOWN_AFTER_APPLY ||
    hasUnknownPart(overrides)
  ) {
    return KNOWN_AFTER_APPLY;
  }
  return [...overriddenFields(overrides), ...secretFields].sort();
}

/** A part that is not known yet may turn out to be an object, with names of its own. */
function hasUnknownPart(value: ValueObject): boolean {
  return Object.values(value).some(
    (part) =>
      part === KNOWN_AFTER_APPLY || (isObject(part) && hasUnknownPart(part)),
  );
}

/** The dotted names of overridden secrets; removals have none, for the platform shows none. */
export function secretNames(secrets: Value): readonly string[] {
  return isObject(secrets) ? leafPaths(secrets) : [];
}

/** The overridden secrets that a state names: it lists them together with the plain fields. */
export function secretFieldsOf(state: CtyRecord): readonly string[] {
  const overrides = valueOf(state, "overrides");
  const plain = isObject(overrides) ? overriddenFields(overrides) : [];
  return (textsOf(state, "overridden_fields") ?? []).filter(
    (field) => !plain.includes(field),
  );
}
