import { equalInMeaning } from "../../catalog";
import { PatchbayError } from "../../diagnostics";
import {
  type Connection,
  equalValues,
  formatConnectionKey,
  type JsonObject,
  type JsonValue,
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
import { readConnection } from "./observed";
import { encodeConnection } from "./types/translation";
import type { Edit } from "./update-queue";

/** Makes a connection be as declared. `excluded` are the ids of the deployments that auto-link leaves out. */
export function connectionEdit(
  connection: Connection,
  excluded: readonly string[],
): Edit {
  const autoLink = connection.autoLink ?? false;
  const description = connection.description ?? "";
  const declared = {
    type: connection.type,
    config: connection.config,
    secrets: connection.secrets?.reveal(),
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
      const there = readConnection(object);
      const encoded = encodeConnection(declared, there.view);
      if (!encoded.ok) throw new PatchbayError(encoded.diagnostics);
      const { type, patch } = encoded.value;
      requireStoredType(connection, type, there.airflowType);
      draft.connection = toRequestFields(
        completed(type, patch, there.view, declared.secrets !== undefined),
      );
      if (connection.secrets !== undefined)
        draft.secrets.push(connection.secrets);
      draft.description = description;
      draft.autoLink = autoLink;
      refuseLinkedExclusions(connection, object, excluded);
      draft.excluded.clear();
      for (const id of excluded) draft.excluded.add(id);
    },
    holds(object) {
      const there = readConnection(object);
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
    failure: (object) => notTaken(connection, object),
  };
}

function sameNames(left: readonly string[], right: readonly string[]): boolean {
  return equalValues([...left].sort(), [...right].sort());
}

/**
 * Everything that has to be sent so that nothing else is left: what is to go is
 * sent empty, and secrets that stay are sent along where extra shows them,
 * because extra may be replaced as a whole.
 */
function completed(
  type: AstroType,
  patch: AirflowPatch,
  there: AirflowView,
  replacesSecrets: boolean,
): AirflowPatch {
  const complete = new Map<string, JsonValue>(patch);
  let hasExtra = [...patch.keys()].some(
    (path) => extraKeyOf(path) !== undefined,
  );
  for (const [path, value] of there) {
    if (complete.has(path)) continue;
    const key = extraKeyOf(path);
    hasExtra ||= key !== undefined;
    const stays = !replacesSecrets && type.isSecretPath(path, [there]);
    if (stays) {
      if (key !== undefined && value !== MASKED) complete.set(path, value);
    } else if (key === undefined) complete.set(path, null);
  }
  return complete;
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
): PatchbayError {
  const there = readConnection(object);
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
