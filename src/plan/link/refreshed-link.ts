import {
  effective,
  formatConnectionKey,
  formatLinkKey,
  type ObservedConnection,
  type ObservedLink,
} from "../../model";
import type { LinkBefore, SecretsBefore } from "../before";
import { revisionsNow } from "../secret-revisions";
import { revisionNow, type SecretsMemory } from "../secrets";

/** The link as it is now, and what its deployment sees of the connection as it is. Which deployment and attachment it goes through is for the caller to look up. */
export function refreshedLink(
  before: Pick<SecretsBefore, "revision" | "revisions">,
  stored: ObservedLink,
  connection: Pick<ObservedConnection, "config"> &
    Partial<Pick<ObservedConnection, "platformId">>,
  memory: SecretsMemory,
): LinkBefore {
  const fields = stored.overrideSecretFields ?? memory.fields;
  const shown = {
    fields: stored.overrideSecretFields,
    version: stored.overrideSecretsVersion,
  };
  return {
    kind: "link",
    id: formatLinkKey(stored),
    connection: formatConnectionKey(stored.connection),
    deployment: stored.deployment,
    platformId: stored.platformId,
    connectionPlatformId: connection.platformId,
    deploymentPlatformId: undefined,
    attachmentPlatformId: undefined,
    overrides: stored.overrides,
    effective: effective(connection.config, stored.overrides),
    secrets: {
      fields,
      revision: revisionNow(before.revision, memory, shown),
      revisions: revisionsNow(before, memory, { ...shown, set: fields }),
    },
    concurrencyToken: stored.concurrencyToken,
  };
}
