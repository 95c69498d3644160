import { equalInMeaning } from "../../catalog";
import {
  type Diagnostic,
  errorDiagnostic,
  PatchbayError,
  type Secret,
} from "../../diagnostics";
import {
  type Connection,
  equalValues,
  formatConnectionKey,
  type JsonObject,
  isObject,
  type JsonValue,
  type KnownAs,
  mergePatch,
  objectOf,
} from "../../model";
import {
  type AirflowPatch,
  type AirflowView,
  extraKeyOf,
  MASKED,
  toRequestFields,
} from "./types/airflow-fields";
import type { EnvironmentObject } from "./answers";
import type { AstroType } from "./types/astro-type";
import { readConnection, type StoredConnection } from "./observed";
import { declaredAs, encodeConnection } from "./types/translation";
import type { Edit } from "./update-queue";

/**
 * Makes a connection be as declared. `excluded` are the ids of the deployments
 * that auto-link leaves out; `known` is as what it was known before.
 */
export function connectionEdit(
  connection: Connection,
  excluded: readonly string[],
  known: KnownAs | undefined,
): Edit {
  const autoLink = connection.autoLink ?? false;
  const description = connection.description ?? "";
  const declared = {
    type: connection.type,
    config: connection.config,
    secrets: connection.secrets?.reveal(),
  };
  const again = declaredAs(declared.type, declared.config, declared.secrets);
  const knownAgain = {
    ...again,
    secretFields: [
      ...again.secretFields,
      ...(known?.secretFields ?? []).flatMap(inBothNotations),
    ],
  };
  let shared = false;
  return {
    get shared() {
      return shared;
    },
    writesSecrets: declared.secrets !== undefined,
    apply(draft, object) {
      shared =
        object.autoLinkDeployments !== autoLink ||
        !sameNames(object.excludeLinks, excluded);
      const there = readConnection(object, known);
      const encoded = encodeConnection(declared);
      if (!encoded.ok) throw new PatchbayError(encoded.diagnostics);
      const { type, patch } = encoded.value;
      requireStoredType(connection, type, there.airflowType);
      const { fields, hidden } = completed({
        type,
        patch,
        there: there.view,
        replacesSecrets: declared.secrets !== undefined,
        secretFields: knownAgain.secretFields,
      });
      if (hidden.length > 0) throw new PatchbayError(losesHidden(hidden));
      draft.connection = fields;
      if (connection.secrets !== undefined)
        draft.secrets.push(connection.secrets);
      draft.description = description;
      draft.autoLink = autoLink;
      refuseLinkedExclusions(connection, object, excluded);
      draft.excluded.clear();
      for (const id of excluded) draft.excluded.add(id);
    },
    holds(object) {
      const there = readConnection(object, knownAgain);
      return (
        there.type.name === connection.type &&
        equalInMeaning(
          connection.type,
          there.decoded.config,
          connection.config,
        ) &&
        (object.description ?? "") === description &&
        object.autoLinkDeployments === autoLink &&
        sameNames(object.excludeLinks, excluded) &&
        (declared.secrets === undefined ||
          Object.keys(declared.secrets).length > 0 ||
          there.decoded.secretFields.length === 0)
      );
    },
    failure: (object) => notTaken(connection, object, knownAgain),
  };
}

/** What a change of a connection that is there would lose. */
export function updateFaults(
  { type, config, secrets }: Connection,
  stored: Secret<unknown>,
  known: KnownAs,
): readonly Diagnostic[] {
  const there = readConnection(stored.reveal() as StoredConnection, known);
  const given = secrets?.reveal();
  const encoded = encodeConnection({ type, config, secrets: given });
  if (
    !encoded.ok ||
    encoded.value.type.airflowTypeOf(config) !== there.airflowType
  )
    return [];
  const { hidden } = completed({
    ...encoded.value,
    there: there.view,
    replacesSecrets: given !== undefined,
    secretFields: known.secretFields.flatMap(inBothNotations),
  });
  return hidden.length === 0 ? [] : [losesHidden(hidden)];
}

function sameNames(left: readonly string[], right: readonly string[]): boolean {
  return equalValues([...left].sort(), [...right].sort());
}

/**
 * Everything that has to be sent so that nothing else is left. Extra is replaced
 * as a whole: secrets that stay are sent along where it shows them, and where it
 * does not, it is sent only if it has to change, which is refused then.
 */
function completed(options: {
  readonly type: AstroType;
  readonly patch: AirflowPatch;
  readonly there: AirflowView;
  readonly replacesSecrets: boolean;
  /** The dotted names of those that are known to be set, in both notations. */
  readonly secretFields: readonly string[];
}): {
  readonly fields: JsonObject;
  /** The keys of extra that would be lost. */
  readonly hidden: readonly string[];
} {
  const { type, patch, there, replacesSecrets, secretFields } = options;
  const complete = new Map<string, JsonValue>(patch);
  const hidden: string[] = [];
  for (const [path, value] of there) {
    const key = extraKeyOf(path);
    const isSecret = type.isSecretPath(path);
    if (key === undefined) {
      // Only a password is ever kept without being shown.
      const stays = isSecret && !replacesSecrets;
      if (!complete.has(path) && !stays) complete.set(path, null);
    } else if (value === MASKED) {
      if (!complete.has(path) && !(replacesSecrets && isSecret))
        hidden.push(key);
    } else if (!replacesSecrets) {
      const kept = isSecret
        ? value
        : secretPart(value, `secret_extra.${key}`, secretFields);
      if (kept !== undefined)
        complete.set(path, mergePatch(complete.get(path) ?? null, kept));
    }
  }
  if (sameExtra(complete, there))
    return { fields: toRequestFields(withoutExtra(complete)), hidden: [] };
  // Without a key it is still sent, so that what is there goes.
  return {
    fields: { extra: objectOf([]), ...toRequestFields(complete) },
    hidden,
  };
}

/** A type may have been changed in place since, and with it how keys of extra are called among the secrets. */
function inBothNotations(name: string): readonly string[] {
  const key = /^(?:secret_)?extra\.(.*)$/s.exec(name)?.[1];
  return key === undefined ? [name] : [`extra.${key}`, `secret_extra.${key}`];
}

/** What of the value is known to be secret; undefined where nothing is. */
function secretPart(
  value: JsonValue,
  name: string,
  secretFields: readonly string[],
): JsonValue | undefined {
  if (secretFields.includes(name)) return value;
  if (!isObject(value)) return undefined;
  const parts = Object.entries(value).flatMap(([key, part]) => {
    const inner = secretPart(part, `${name}.${key}`, secretFields);
    return inner === undefined ? [] : [[key, inner] as const];
  });
  return parts.length === 0 ? undefined : objectOf(parts);
}

/** Whether extra would be what it is, as far as it is shown. */
function sameExtra(wanted: AirflowPatch, there: AirflowView): boolean {
  const keys = (fields: AirflowView | AirflowPatch) =>
    [...fields].filter(
      ([path, value]) =>
        extraKeyOf(path) !== undefined && value !== MASKED && value !== null,
    ) as [string, JsonValue][];
  const [after, before] = [new Map(keys(wanted)), new Map(keys(there))];
  return (
    after.size === before.size &&
    [...after].every(([path, value]) => {
      const now = before.get(path);
      return now !== undefined && equalValues(now, value);
    })
  );
}

function withoutExtra(patch: AirflowPatch): AirflowPatch {
  return new Map([...patch].filter(([path]) => extraKeyOf(path) === undefined));
}

function losesHidden(keys: readonly string[]): Diagnostic {
  const names = keys.map((key) => JSON.stringify(key)).join(", ");
  return errorDiagnostic({
    code: "secret_would_be_lost",
    path: ["secrets"],
    detail: `Astro replaces extra as a whole and does not show ${names} in it, so this change would lose ${keys.length === 1 ? "it" : "them"}. Nothing was changed. Declare ${keys.length === 1 ? "it" : "them"} among the secrets.`,
  });
}

function requireStoredType(
  connection: Connection,
  type: AstroType,
  stored: string,
): void {
  const wanted = type.airflowTypeOf(connection.config);
  if (wanted === stored) return;
  throw new PatchbayError({
    code: "conflict",
    path: ["type"],
    detail: `The connection ${formatConnectionKey(connection)} is of Airflow's type ${JSON.stringify(stored)} on Astro, where a type never changes; declared is ${JSON.stringify(wanted)}. Plan again, which replaces it.`,
  });
}

/** Astro's own clients refuse it as well: what would come of it is not documented. */
function refuseLinkedExclusions(
  connection: Connection,
  object: EnvironmentObject,
  excluded: readonly string[],
): void {
  const linked = object.links.some(({ deploymentId }) =>
    excluded.includes(deploymentId),
  );
  if (!linked) return;
  throw new PatchbayError({
    code: "conflicting_arguments",
    path: ["auto_link_except"],
    detail: `The connection ${formatConnectionKey(connection)} is linked to a deployment that auto_link_except is to leave out. Remove either the link or the exception; nothing was changed.`,
  });
}

function notTaken(
  connection: Connection,
  object: EnvironmentObject,
  known: KnownAs,
): PatchbayError {
  const there = readConnection(object, known);
  const names = new Set([
    ...Object.keys(there.decoded.config),
    ...Object.keys(connection.config),
  ]);
  const only = (config: JsonObject, name: string) =>
    objectOf(Object.entries(config).filter(([field]) => field === name));
  const differing = [...names]
    .filter(
      (name) =>
        !equalInMeaning(
          connection.type,
          only(there.decoded.config, name),
          only(connection.config, name),
        ),
    )
    .sort();
  const what =
    differing.length === 0
      ? "description, secrets or auto-link"
      : `the fields ${differing.join(", ")}`;
  return new PatchbayError({
    code: "platform_failure",
    detail: `Astro accepted the update of ${formatConnectionKey(connection)} several times, but still shows ${what} otherwise than declared. Either somebody else keeps changing it, or Astro does not take that change in place; then replace the connection:\n\n  terraform apply -replace=ADDRESS`,
  });
}
