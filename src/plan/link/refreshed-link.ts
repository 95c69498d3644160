import {
  effective,
  formatConnectionKey,
  formatLinkKey,
  type ObservedConnection,
  type ObservedLink,
} from "../../model";
import type { LinkBefore, SecretsBefore } from "../before";
import { revisionNow, type SecretsMemory } from "../secrets";

/** The link as it is now, and what its deployment sees of the connection as it is. */
export function refreshedLink(
  { revision }: Pick<SecretsBefore, "revision">,
  stored: ObservedLink,
  connection: Pick<ObservedConnection, "config">,
  memory: SecretsMemory,
): LinkBefore {
  return {
    kind: "link",
    id: formatLinkKey(stored),
    connection: formatConnectionKey(stored.connection),
    deployment: stored.deployment,
    platformId: stored.platformId,
    overrides: stored.overrides,
    effective: effective(connection.config, stored.overrides),
    secrets: {
      fields: stored.overrideSecretFields ?? memory.fields,
      revision: revisionNow(revision, memory, {
        fields: stored.overrideSecretFields,
        version: stored.overrideSecretsVersion,
      }),
    },
    concurrencyToken: stored.concurrencyToken,
  };
}
