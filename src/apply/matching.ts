import { sameConfig } from "../plan";
import {
  type Connection,
  equalValues,
  leafPaths,
  type Link,
  meansFolder,
  type ObservedConnection,
  type ObservedLink,
} from "../model";

/**
 * Whether what is there is, as far as the platform shows, what is wanted. Both
 * are in the catalogue's form. Secrets are compared by which are set.
 */
export function connectionMatches(
  wanted: Connection,
  observed: ObservedConnection,
): boolean {
  return (
    wanted.type === observed.type &&
    (wanted.description ?? "") === (observed.description ?? "") &&
    sameConfig(wanted.type, wanted.config, observed.config) &&
    (wanted.parent === undefined ||
      meansFolder(wanted.parent, observed.folder)) &&
    (wanted.autoLink ?? false) === observed.autoLink &&
    equalValues(
      [...(wanted.autoLinkExcept ?? [])].sort(),
      [...observed.autoLinkExcept].sort(),
    ) &&
    sameSecretFields(wanted.secrets?.reveal(), observed.secretFields)
  );
}

export function linkMatches(wanted: Link, observed: ObservedLink): boolean {
  return (
    equalValues(wanted.overrides, observed.overrides) &&
    sameSecretFields(
      wanted.overrideSecrets?.reveal(),
      observed.overrideSecretFields,
    )
  );
}

function sameSecretFields(
  wanted: Parameters<typeof leafPaths>[0] | undefined,
  observed: readonly string[] | undefined,
): boolean {
  return (
    observed === undefined || equalValues(leafPaths(wanted ?? {}), observed)
  );
}
