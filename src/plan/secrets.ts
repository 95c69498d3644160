import {
  isKnown,
  isObject,
  type JsonObject,
  type JsonValue,
  KNOWN_AFTER_APPLY,
  leafPaths,
  type Value,
} from "../model";
import type { SecretsBefore } from "./before";
import type { OrLater } from "./declared";

/**
 * What a door remembers of the secrets of one object since they were last sent:
 * in Terraform's private state, say. Never a secret itself.
 */
export interface SecretsMemory {
  /** Whether we ever sent any that are still ours. */
  readonly wereSent: boolean;
  /** Whether these, in the type's form, are the ones that were sent last. */
  isSame(secrets: JsonObject): boolean;
  /** The same of one secret, by its dotted name. @default nobody can tell: it counts as changed */
  isSameSecret?(name: string, value: JsonValue): boolean;
  /** The last revision that was given out, even where the state has fallen to 0 since. */
  readonly revision: number;
  /** The dotted names that the platform showed as set right after they were sent; those that were sent where it does not tell. */
  readonly fields: readonly string[];
  /** What `DeclaredSecrets.version` was then. */
  readonly version: string | undefined;
  /** The platform's version of them then; undefined where it has none. */
  readonly platformVersion: number | undefined;
  /** What the same door remembers of the plain fields: see `KnownAs`. @default none */
  readonly platformFields?: readonly string[] | undefined;
}

/** Of an object that is new to us. */
export const nothingRemembered: SecretsMemory = {
  wereSent: false,
  isSame: () => false,
  revision: 0,
  fields: [],
  version: undefined,
  platformVersion: undefined,
};

/** What decides whether secrets are sent: the same for connections and for overrides. */
export interface SecretsFacts {
  /** In the type's form, which is what is sent and remembered; null: none are declared. */
  readonly declared: Value;
  /** The text that says when to send again; undefined where a change is noticed by itself. */
  readonly version: OrLater<string> | undefined;
  /** Undefined on creation. */
  readonly before: SecretsBefore | undefined;
  readonly memory: SecretsMemory;
  /** Whether what is set now would go elsewhere afterwards: then what is declared is sent along. @default false */
  readonly goesElsewhere?: OrLater<boolean>;
}

export interface PlannedSecrets {
  /** The revision after apply. */
  readonly revision: OrLater<number>;
  /** The dotted names of the secrets that will be set. */
  readonly fields: OrLater<readonly string[]>;
  /** Whether they are sent; known after apply as long as the revision is. */
  readonly send: OrLater<boolean>;
}

/**
 * Decides about secrets that cannot be compared with what is stored, only with
 * what is remembered of those sent last. A revision that fell to 0 means that
 * the platform no longer has what we sent.
 */
export function planSecrets(facts: SecretsFacts): PlannedSecrets {
  const { declared, before, memory } = facts;
  const next = Math.max(before?.revision ?? 0, memory.revision) + 1;
  const keep: PlannedSecrets = {
    revision: before?.revision ?? 0,
    fields: before?.fields ?? [],
    send: false,
  };
  // Terraform's ignore_changes makes null of what is declared, too: only an empty object takes them away.
  if (declared === null) return keep;
  // It may come to null, which means something else.
  if (declared === KNOWN_AFTER_APPLY) return undecided;
  const fields = isKnown(declared)
    ? isObject(declared)
      ? leafPaths(declared)
      : []
    : KNOWN_AFTER_APPLY;
  const changed = areToBeSent(facts);
  if (changed === KNOWN_AFTER_APPLY)
    return { revision: KNOWN_AFTER_APPLY, fields, send: KNOWN_AFTER_APPLY };
  return changed ? { revision: next, fields, send: true } : keep;
}

const undecided: PlannedSecrets = {
  revision: KNOWN_AFTER_APPLY,
  fields: KNOWN_AFTER_APPLY,
  send: KNOWN_AFTER_APPLY,
};

/**
 * What has not changed is sent all the same where it goes elsewhere: it is ours
 * to say what goes there. But sending says what there is as a whole, so not
 * where others have set some, too: they would be lost by a change of something else.
 */
function areToBeSent(facts: SecretsFacts): OrLater<boolean> {
  const changed = secretsChanged(facts);
  const { goesElsewhere = false } = facts;
  if (changed !== false || goesElsewhere === false) return changed;
  const others = undeclaredSecrets(facts);
  if (others === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
  return others.length > 0 || isEmpty(facts.declared) ? false : goesElsewhere;
}

/** The dotted names of those that are set and not declared. */
export function undeclaredSecrets({
  declared,
  before,
}: Pick<SecretsFacts, "declared" | "before">): OrLater<readonly string[]> {
  const there = before?.fields ?? [];
  if (there.length === 0 || declared === null) return there;
  if (!isKnown(declared) || !isObject(declared)) return KNOWN_AFTER_APPLY;
  const names = new Set(leafPaths(declared));
  return there.filter((name) => !names.has(name));
}

function isEmpty(declared: Value): boolean {
  return isObject(declared) && Object.keys(declared).length === 0;
}

function secretsChanged({
  declared,
  version,
  before,
  memory,
}: SecretsFacts): OrLater<boolean> {
  if (before === undefined || !memory.wereSent)
    return hasSecrets(declared, before?.fields ?? []);
  if (before.revision === 0) return true;
  if (version !== undefined) {
    if (version === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
    return memory.version !== version;
  }
  if (!isKnown(declared) || !isObject(declared)) return KNOWN_AFTER_APPLY;
  return !memory.isSame(declared as JsonObject);
}

/** Whether there is at least one to be set, or to be taken away; what is not known yet may come to nothing. */
function hasSecrets(
  declared: Value,
  there: readonly string[],
): OrLater<boolean> {
  if (!isObject(declared)) return KNOWN_AFTER_APPLY;
  const parts = Object.values(declared);
  if (there.length > 0 || parts.some((part) => part !== KNOWN_AFTER_APPLY))
    return true;
  return parts.length === 0 ? false : KNOWN_AFTER_APPLY;
}

/** The revision after a refresh: 0 where the platform no longer has what was sent. */
export function revisionNow(
  revision: number,
  memory: SecretsMemory,
  shown: {
    readonly fields: readonly string[] | undefined;
    readonly version: number | undefined;
  },
): number {
  return secretsDrifted(memory, shown) ? 0 : revision;
}

/** Whether the platform no longer has the secrets that we sent. */
export function secretsDrifted(
  memory: SecretsMemory,
  shown: {
    readonly fields: readonly string[] | undefined;
    readonly version: number | undefined;
  },
): boolean {
  if (!memory.wereSent) return false;
  const versionDiffers =
    shown.version !== undefined &&
    memory.platformVersion !== undefined &&
    shown.version !== memory.platformVersion;
  const fieldMissing =
    shown.fields !== undefined &&
    memory.fields.some((field) => !shown.fields!.includes(field));
  return versionDiffers || fieldMissing;
}
