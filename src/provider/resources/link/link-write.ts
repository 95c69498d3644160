import { createLink, linksOf } from "../../../apply";
import { equalInMeaning } from "../../../catalog";
import { PatchbayError } from "../../../diagnostics";
import {
  effective,
  equalValues,
  isKnown,
  KNOWN_AFTER_APPLY,
  type Link,
  type ObservedLink,
} from "../../../model";
import type { ProviderContext } from "../../provider-context";
import {
  numberOf,
  settled,
  textOf,
  textsToCty,
  valueOf,
} from "../../state/record";
import { settleSecrets } from "../../state/secrets-plan";
import { dynamicOf, fromValue } from "../../state/values";
import type { CtyRecord } from "../../wire";
import { findParent } from "../parent-connection";
import { rememberWrite } from "../remember-secrets";
import type { DeleteRequest, StateAnswer, WriteRequest } from "../resource";
import {
  declaredSecrets,
  overrideSecrets,
  secretsVersion,
} from "../secret-arguments";
import {
  linkKeyOf,
  linkOf,
  normalizedOverrides,
  normalizedOverrideSecrets,
  overriddenNames,
  secretFieldsOf,
  secretNames,
} from "./link-arguments";
import { parentChanged } from "./link-plan";

export async function writeLink(
  request: WriteRequest & { readonly prior: CtyRecord | null },
  context: ProviderContext,
): Promise<StateAnswer> {
  const { platform, snapshot } = context.require();
  const { planned, config, prior, remembered, signal } = request;
  const parent = await findParent(planned, context);
  const seen =
    parent === undefined
      ? undefined
      : effective(parent.config, normalizedOverrides(planned, parent.type));
  if (parent !== undefined && seen !== undefined)
    refuseStalePlan(planned, seen, parent.type);
  const secrets = secretsNow(request, parent?.type);
  const link = linkOf({
    planned,
    config,
    type: parent?.type,
    sendSecrets: secrets.send,
  });
  const onlyParentChanged =
    prior !== null &&
    !secrets.send &&
    equalValues(link.overrides, normalizedOverrides(prior, parent?.type));
  if (onlyParentChanged) {
    // What the deployment sees follows from the connection: there is nothing to write.
    return {
      state: settled(planned, { effective: dynamicOf(seen ?? null) }),
      remembered,
    };
  }
  const observed =
    prior === null
      ? await createLink(platform, link, { signal })
      : await linksOf(platform).update(link, {
          signal,
          concurrencyToken: remembered.concurrencyToken,
        });
  snapshot.links.replace(link, observed);
  return answer({ request, link, observed, revision: secrets.revision, seen });
}

export async function deleteLink(
  { prior, signal }: DeleteRequest,
  context: ProviderContext,
): Promise<void> {
  const { platform, snapshot } = context.require();
  const key = linkKeyOf(prior);
  await linksOf(platform).delete(key, { signal });
  snapshot.links.replace(key, undefined);
}

function refuseStalePlan(
  planned: CtyRecord,
  seen: ReturnType<typeof effective>,
  type: string,
): void {
  const promised = valueOf(planned, "effective");
  if (
    !isKnown(promised) ||
    seen === KNOWN_AFTER_APPLY ||
    equalInMeaning(type, promised, seen)
  )
    return;
  throw new PatchbayError([parentChanged(textOf(planned, "connection_id"))]);
}

/** Whether overridden secrets are sent, now that everything is known; the plan's revision is kept where it promised one. */
function secretsNow(
  request: WriteRequest & { readonly prior: CtyRecord | null },
  type: string | undefined,
): {
  readonly send: boolean;
  readonly revision: number;
} {
  const { planned, config, prior, remembered } = request;
  const priorRevision =
    prior === null
      ? undefined
      : (numberOf(prior, overrideSecrets.revision) ?? 0);
  return settleSecrets(numberOf(planned, overrideSecrets.revision), {
    declared: normalizedOverrideSecrets(config, type),
    version: secretsVersion(prior, config, overrideSecrets),
    priorRevision,
    priorFields: prior === null ? undefined : secretFieldsOf(prior),
    remembered,
  });
}

function answer(options: {
  readonly request: WriteRequest;
  readonly link: Link;
  readonly observed: ObservedLink;
  readonly revision: number;
  readonly seen: ReturnType<typeof effective> | undefined;
}): StateAnswer {
  const { request, link, observed, revision, seen } = options;
  const declared = declaredSecrets(request.config, overrideSecrets).value;
  return {
    state: settled(request.planned, {
      platform_id: observed.platformId,
      effective: dynamicOf(seen ?? null),
      overridden_fields: textsToCty(
        overriddenNames(observed.overrides, secretNames(declared)),
      ),
      override_secrets_revision: fromValue(revision),
    }),
    remembered: rememberWrite(request.remembered, {
      sent: link.overrideSecrets?.reveal(),
      revision,
      shown: {
        fields: observed.overrideSecretFields,
        version: observed.overrideSecretsVersion,
        concurrencyToken: observed.concurrencyToken,
      },
    }),
  };
}
