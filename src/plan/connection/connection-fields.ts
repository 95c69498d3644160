import { spelledAs } from "../../catalog";
import {
  type Access,
  isObject,
  KNOWN_AFTER_APPLY,
  type Value,
} from "../../model";
import type { ConnectionBefore } from "../before";
import type { DeclaredAccess, DeclaredConnection, OrLater } from "../declared";
import { changedFields, type FieldChange } from "../field-change";
import type { SecretsMemory } from "../secrets";
import { givenFields } from "../given-fields";
import { normalizedConfig } from "./to-connection";

/** The plain arguments in which the declaration differs from what was there; of a creation all that it has. */
export function connectionChanges(
  declared: DeclaredConnection,
  owner: OrLater<string>,
  there: {
    readonly before: ConnectionBefore | undefined;
    readonly memory: SecretsMemory;
    /** What is left to the platform stays as it is, unless it is made anew. @default false */
    readonly isReplaced?: boolean;
    /** See `PlatformRules.setFields`. @default none */
    readonly sets?: readonly string[] | undefined;
  },
): readonly FieldChange[] {
  const { before, memory, isReplaced = false, sets } = there;
  const after = declaredFields(declared, owner, { before, isReplaced, sets });
  return before === undefined
    ? changedFields(givenFields({}), after)
    : changedFields(fieldsBefore(before, memory), after);
}

/** What is not declared and left to the platform is taken as it was. */
function declaredFields(
  declared: DeclaredConnection,
  owner: OrLater<string>,
  there: {
    readonly before: ConnectionBefore | undefined;
    readonly isReplaced: boolean;
    readonly sets: readonly string[] | undefined;
  },
): Value {
  const { before, isReplaced, sets } = there;
  const kept = isReplaced ? undefined : before;
  const { type, autoLinkExcept, access = kept?.access } = declared;
  const ours = before === undefined || before.ours !== undefined;
  return givenFields({
    name: declared.name,
    owner,
    type,
    description: textOrNone(declared.description),
    config: spelledAsBefore(
      normalizedConfig(declared.config, type),
      before,
      sets,
    ),
    auto_link: declared.autoLink ?? false,
    auto_link_except: setOf(autoLinkExcept) ?? [],
    access: access === KNOWN_AFTER_APPLY ? access : accessLists(access),
    parent: declared.parent ?? kept?.parent,
    verify: ours ? declared.verify : undefined,
    deletion_protection: ours ? declared.deletionProtection : undefined,
    secrets_version: declared.secrets.version,
  });
}

function fieldsBefore(
  before: ConnectionBefore,
  { version }: SecretsMemory,
): Value {
  return givenFields({
    name: before.name,
    owner: before.owner,
    type: before.type,
    description: textOrNone(before.description),
    config: normalizedConfig(before.config, before.type ?? ""),
    auto_link: before.autoLink ?? false,
    auto_link_except: setOf(before.autoLinkExcept) ?? [],
    access: accessLists(before.access),
    parent: before.parent,
    verify: before.ours?.verify,
    deletion_protection: before.ours?.deletionProtection,
    secrets_version: version,
  });
}

/** Fields that mean the same as before are no difference, however they are written. */
function spelledAsBefore(
  config: Value,
  before: ConnectionBefore | undefined,
  sets: readonly string[] | undefined,
): Value {
  if (before?.type === undefined || !isObject(config)) return config;
  const there = normalizedConfig(before.config, before.type);
  return isObject(there)
    ? spelledAs(before.type, config, there, { sets })
    : config;
}

/** To a platform, an empty description is none. */
function textOrNone(
  text: OrLater<string> | undefined,
): OrLater<string> | undefined {
  return text === "" ? undefined : text;
}

/** A list that means a set. */
function setOf(
  names: OrLater<readonly string[]> | undefined,
): Value | undefined {
  return names === undefined || names === KNOWN_AFTER_APPLY
    ? names
    : [...new Set(names)].sort();
}

/** An empty list and none are the same. */
function accessLists(
  access: Access | DeclaredAccess | undefined,
): Value | undefined {
  if (access === undefined) return undefined;
  const named = (list: OrLater<readonly string[]> | undefined) =>
    Array.isArray(list) && list.length === 0 ? undefined : setOf(list);
  return givenFields({
    view: named(access.view),
    use: named(access.use),
    edit: named(access.edit),
  });
}
