import {
  fieldOf,
  isKnown,
  isObject,
  type JsonValue,
  KNOWN_AFTER_APPLY,
  objectOf,
  type Value,
  type ValueObject,
} from "../model";
import type { SecretsBefore } from "./before";
import type { OrLater } from "./declared";
import {
  type PlannedSecrets,
  secretsDrifted,
  type SecretsFacts,
  type SecretsMemory,
} from "./secrets";

/** By dotted name of each secret that is set: the revision at which it was last sent changed; 0 where we never sent it. */
export type SecretRevisions = Readonly<Record<string, OrLater<number>>>;

/**
 * The revisions after apply. All secrets of an object are sent together, but only
 * those that are not what was sent last get the new one. Undefined where nobody
 * has noted them yet and nothing is sent.
 */
export function plannedRevisions(
  facts: SecretsFacts,
  { send, fields, revision }: PlannedSecrets,
): OrLater<SecretRevisions> | undefined {
  const { declared, before, memory, version } = facts;
  if (send === false) return before === undefined ? {} : before.revisions;
  if (fields === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
  const values = isObject(declared) ? leaves(declared) : new Map();
  // A version stands for values that differ on every run: what they were does not count.
  const isComparable =
    (before?.revision ?? 0) > 0 && memory.wereSent && version === undefined;
  return objectOf(
    fields.map((name) => {
      const then = fieldOf(before?.revisions ?? {}, name);
      const value = values.get(name);
      const isSame =
        isComparable &&
        then !== undefined &&
        value !== undefined &&
        isKnown(value) &&
        memory.isSameSecret?.(name, value) === true;
      return [name, isSame ? then : revision];
    }),
  );
}

/** The revisions of what is set now. States of before they were kept get the one that there was for all. */
export function revisionsNow(
  before: Pick<SecretsBefore, "revision" | "revisions">,
  memory: SecretsMemory,
  shown: {
    readonly fields: readonly string[] | undefined;
    readonly version: number | undefined;
    /** What is set, also where the platform does not tell. */
    readonly set: readonly string[];
  },
): Readonly<Record<string, number>> {
  const isDrifted = secretsDrifted(memory, shown);
  return objectOf(
    shown.set.map((name) => {
      const noted =
        before.revisions === undefined
          ? memory.fields.includes(name)
            ? before.revision
            : 0
          : (fieldOf(before.revisions, name) ?? 0);
      return [name, isDrifted ? 0 : noted];
    }),
  );
}

/** The last change among the secrets of a connection that a link does not override. */
export function seenRevision(
  {
    revision,
    revisions,
  }: {
    readonly revision: OrLater<number>;
    readonly revisions: OrLater<SecretRevisions> | undefined;
  },
  overridden: OrLater<readonly string[]>,
): OrLater<number> {
  if (overridden === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
  if (overridden.length === 0) return revision;
  if (revisions === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
  const seen = Object.entries(revisions ?? {})
    .filter(([name]) => !overridden.includes(name))
    .map(([, one]) => one);
  return seen.includes(KNOWN_AFTER_APPLY)
    ? KNOWN_AFTER_APPLY
    : Math.max(0, ...(seen as number[]));
}

/** The secrets by their dotted names, as `leafPaths` gives them. */
export function leaves<T extends JsonValue | Value>(
  fields: { readonly [field: string]: T },
  prefix = "",
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const [field, part] of Object.entries(fields)) {
    const name = prefix === "" ? field : `${prefix}.${field}`;
    if (part === null) continue;
    if (isObject(part as Value) && Object.keys(part as object).length > 0)
      for (const [inner, value] of leaves(part as ValueObject, name))
        found.set(inner, value as T);
    else found.set(name, part);
  }
  return found;
}
