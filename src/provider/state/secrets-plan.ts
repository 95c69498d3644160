import {
  isKnown,
  isObject,
  type JsonObject,
  KNOWN_AFTER_APPLY,
  type KnownAfterApply,
  leafPaths,
  type Value,
} from "../../model";
import { matchesDigest, type PrivateState } from "./private-state";

/** What decides whether secrets are sent: the same for connections and for overrides. */
export interface SecretsFacts {
  /** What is declared, in whichever of the two arguments and in the type's form (what is sent, and digested); null: nothing is. */
  readonly declared: Value;
  /** The argument that says when to send again, or null where a change is noticed by itself. */
  readonly version: { readonly before: Value; readonly after: Value };
  /** The revision in the state; undefined on creation. */
  readonly priorRevision: number | undefined;
  readonly priorFields: readonly string[] | undefined;
  readonly remembered: PrivateState;
}

export interface SecretsPlan {
  /** The revision after apply. */
  readonly revision: number | KnownAfterApply;
  /** The names of the secrets that will be set. */
  readonly fields: readonly string[] | KnownAfterApply;
  /** Whether they are sent; known after apply as long as the revision is. */
  readonly send: boolean | KnownAfterApply;
}

/**
 * Decides about secrets that may be write-only, and so cannot be compared with
 * anything but their digest. A revision that fell to 0 means that the platform
 * no longer has what we sent.
 */
export function planSecrets(facts: SecretsFacts): SecretsPlan {
  const { declared, priorRevision, remembered } = facts;
  const next =
    Math.max(priorRevision ?? 0, remembered.secretsRevision ?? 0) + 1;
  const keep: SecretsPlan = {
    revision: priorRevision ?? 0,
    fields: facts.priorFields ?? [],
    send: false,
  };
  if (declared === null) {
    // Ours before and declared no more: they go. Never ours: they stay as they are.
    const ours =
      remembered.secretsDigest !== undefined &&
      (facts.priorFields ?? []).length > 0;
    return ours ? { revision: next, fields: [], send: true } : keep;
  }
  // It may come to null, which means something else.
  if (declared === KNOWN_AFTER_APPLY) return undecided;
  const fields = isKnown(declared)
    ? isObject(declared)
      ? leafPaths(declared)
      : []
    : KNOWN_AFTER_APPLY;
  const changed = secretsChanged(facts);
  if (changed === KNOWN_AFTER_APPLY)
    return { revision: KNOWN_AFTER_APPLY, fields, send: KNOWN_AFTER_APPLY };
  return changed ? { revision: next, fields, send: true } : keep;
}

const undecided: SecretsPlan = {
  revision: KNOWN_AFTER_APPLY,
  fields: KNOWN_AFTER_APPLY,
  send: KNOWN_AFTER_APPLY,
};

function secretsChanged({
  declared,
  version,
  priorRevision,
  remembered,
}: SecretsFacts): boolean | KnownAfterApply {
  const nothingSent = remembered.secretsDigest === undefined;
  if (priorRevision === undefined || nothingSent) return hasSecrets(declared);
  if (priorRevision === 0) return true;
  if (version.after !== null) {
    if (version.after === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
    return version.before !== version.after;
  }
  if (!isKnown(declared) || !isObject(declared)) return KNOWN_AFTER_APPLY;
  return !matchesDigest(declared as JsonObject, remembered.secretsDigest!);
}

/** Whether there is at least one; what is not known yet may come to nothing. */
function hasSecrets(declared: Value): boolean | KnownAfterApply {
  if (!isObject(declared)) return KNOWN_AFTER_APPLY;
  const parts = Object.values(declared);
  if (parts.some((part) => part !== KNOWN_AFTER_APPLY)) return true;
  return parts.length === 0 ? false : KNOWN_AFTER_APPLY;
}

/** Whether the platform no longer has the secrets that we sent. */
export function secretsDrifted(
  remembered: PrivateState,
  shown: {
    readonly fields: readonly string[] | undefined;
    readonly version: number | undefined;
  },
): boolean {
  if (remembered.secretsDigest === undefined) return false;
  const versionDiffers =
    shown.version !== undefined &&
    remembered.platformSecretsVersion !== undefined &&
    shown.version !== remembered.platformSecretsVersion;
  const fieldMissing =
    shown.fields !== undefined &&
    (remembered.secretFields ?? []).some(
      (field) => !shown.fields!.includes(field),
    );
  return versionDiffers || fieldMissing;
}

/**
 * Whether secrets are sent, now that everything is known; the revision that the
 * plan promised is kept, where it promised one.
 */
export function settleSecrets(
  promised: number | undefined,
  facts: SecretsFacts,
): { readonly send: boolean; readonly revision: number } {
  if (promised !== undefined)
    return {
      send: promised !== (facts.priorRevision ?? 0),
      revision: promised,
    };
  const { send, revision } = planSecrets(facts);
  if (revision === KNOWN_AFTER_APPLY)
    throw new Error("secrets are not known when they must be");
  return { send: send === true, revision };
}
