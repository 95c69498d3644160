import { equalInMeaning } from "../../catalog";
import { PatchbayError } from "../../diagnostics";
import {
  formatLinkKey,
  type JsonObject,
  type JsonValue,
  type KnownAs,
  leafPaths,
  type Link,
  type LinkKey,
} from "../../model";
import {
  type AirflowView,
  extraKeyOf,
  MASKED,
  toRequestFields,
} from "./types/airflow-fields";
import type { EnvironmentObject, EnvironmentObjectLink } from "./answers";
import { connectionOfLink, decodeLink, overridesView } from "./observed";
import { encodeOverrides } from "./types/translation";
import type { Edit } from "./update-queue";

/** The most names that one link of an update may clear; the others go with the next update. */
const MAX_UNSET_FIELDS = 100;

/** Makes a link, or makes one that exists be as declared. */
export function linkEdit(
  link: Link,
  deploymentId: string,
  action: "create" | "update",
  known: KnownAs | undefined,
): Edit {
  const secrets = link.overrideSecrets?.reveal();
  const knownAgain: KnownAs = {
    type: known?.type,
    config: link.overrides,
    secretFields: [
      ...(known?.secretFields ?? []),
      ...(secrets === undefined ? [] : leafPaths(secrets)),
    ],
  };
  return {
    shared: true,
    writesSecrets: secrets !== undefined && Object.keys(secrets).length > 0,
    apply(draft, object, again) {
      const there = linkIn(object, deploymentId);
      // When it is made again, it may be ours, or have been taken away since.
      if (!again && action === "create" && there !== undefined)
        throw alreadyLinked(link);
      if (!again && action === "update" && there === undefined)
        throw notLinked(link);
      if (object.excludeLinks.includes(deploymentId)) throw excluded(link);
      if (link.overrideSecrets !== undefined)
        draft.secrets.push(link.overrideSecrets);
      draft.links.set(
        deploymentId,
        overridesRequest({ link, secrets, object, there, known }),
      );
    },
    holds(object) {
      const there = linkIn(object, deploymentId);
      if (there === undefined) return false;
      const parent = connectionOfLink(object, known);
      const { overrides, secretFields } = decodeLink(object, there, knownAgain);
      return (
        equalInMeaning(parent.type.name, overrides, link.overrides, {
          keepNulls: true,
        }) &&
        (secrets === undefined ||
          Object.keys(secrets).length > 0 ||
          secretFields.length === 0)
      );
    },
    failure: (object) =>
      linkIn(object, deploymentId) === undefined
        ? keepsChanging(link)
        : notTaken(link),
  };
}

/** Takes a link away; one that is not there is as good. */
export function unlinkEdit(key: LinkKey, deploymentId: string): Edit {
  return {
    shared: true,
    writesSecrets: false,
    apply: (draft) => {
      draft.links.delete(deploymentId);
    },
    holds: (object) => linkIn(object, deploymentId) === undefined,
    failure: () => keepsChanging(key),
  };
}

export function linkIn(
  object: EnvironmentObject,
  deploymentId: string,
): EnvironmentObjectLink | undefined {
  return object.links.find((link) => link.deploymentId === deploymentId);
}

export function notLinked(key: LinkKey): PatchbayError {
  return new PatchbayError({
    code: "not_found",
    detail: `There is no link ${formatLinkKey(key)}. Plan again, which makes it.`,
  });
}

/** Undefined where nothing is overridden and nothing was. */
function overridesRequest(options: {
  readonly link: Link;
  readonly secrets: JsonObject | undefined;
  readonly object: EnvironmentObject;
  readonly there: EnvironmentObjectLink | undefined;
  readonly known: KnownAs | undefined;
}): JsonObject | undefined {
  const { link, secrets, object, there, known } = options;
  const parent = connectionOfLink(object, known);
  const current: AirflowView =
    there === undefined ? new Map() : overridesView(there, parent.type, known);
  const encoded = encodeOverrides(parent.type, {
    config: link.overrides,
    secrets,
    parent: parent.view,
    parentIsStored: true,
  });
  if (!encoded.ok) throw new PatchbayError(encoded.diagnostics);
  const written = new Map<string, JsonValue>(encoded.value);
  const unset: string[] = [];
  for (const [path, value] of current) {
    if (written.has(path)) continue;
    const key = extraKeyOf(path);
    const stays =
      secrets === undefined &&
      (parent.type.isSecretPath(path) ||
        value === MASKED ||
        (key !== undefined && isKnownSecret(key, known)));
    if (!stays) unset.push(path);
    else if (key !== undefined && value !== MASKED) written.set(path, value);
  }
  if (written.size === 0 && unset.length === 0) return undefined;
  return {
    ...(written.size > 0 && { connection: toRequestFields(written) }),
    ...(unset.length > 0 && { unsetFields: unset.slice(0, MAX_UNSET_FIELDS) }),
  };
}

function isKnownSecret(key: string, known: KnownAs | undefined): boolean {
  return (known?.secretFields ?? []).some((name) =>
    [`extra.${key}`, `secret_extra.${key}`].some(
      (one) => name === one || name.startsWith(`${one}.`),
    ),
  );
}

function alreadyLinked(link: LinkKey): PatchbayError {
  return new PatchbayError({
    code: "already_exists",
    detail: `There is a link ${formatLinkKey(link)} already. To manage it, import it:\n\n  terraform import ADDRESS ${formatLinkKey(link)}`,
  });
}

/** Astro's own clients refuse it as well: what would come of it is not documented. */
function excluded(link: LinkKey): PatchbayError {
  return new PatchbayError({
    code: "conflicting_arguments",
    path: ["deployment"],
    detail: `The deployment ${link.deployment} is one that the connection's auto_link_except leaves out, so ${formatLinkKey(link)} was not made. Remove either the link or the exception.`,
  });
}

function keepsChanging(link: LinkKey): PatchbayError {
  return new PatchbayError({
    code: "conflict",
    detail: `Somebody else kept changing the links of the same connection, and each time took away what was written for ${formatLinkKey(link)}. Apply again when they are done.`,
  });
}

function notTaken(link: LinkKey): PatchbayError {
  return new PatchbayError({
    code: "platform_failure",
    path: ["overrides"],
    detail: `Astro accepted the overrides of ${formatLinkKey(link)} several times, but still shows others. Either somebody else keeps changing them, or Astro cannot hold one of them: a removal of a field that the connection has, for example.`,
  });
}
