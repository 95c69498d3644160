import type { Diagnostic } from "../../../diagnostics";
import { isObject, KNOWN_AFTER_APPLY } from "../../../model";
import {
  type DeclaredLink,
  type LinkBefore,
  type PlannedLink,
  typeOf,
} from "../../../plan";
import type { ProviderContext } from "../../provider-context";
import { linkSchema } from "../../schema/places";
import { recordOfSchema } from "../../schema/schema-type";
import type { PrivateState } from "../../state/private-state";
import {
  knownIn,
  numberOf,
  numbersIn,
  textIn,
  textOf,
  textsOf,
  textsToCty,
  textToCty,
  valueOf,
} from "../../state/record";
import { dynamicOf, fromValue, withSpelling } from "../../state/values";
import { type CtyRecord, type CtyValue, UNKNOWN } from "../../wire";
import { asItWas } from "../as-it-was";
import type { PlanRequest } from "../resource";
import { declaredSecrets, overrideSecrets } from "../secret-arguments";
import { overridesOf, writtenRemovals } from "./removals";

/** Between the records of patchbay_deployment_link and what is planned. */

/** The link that a configuration declares; removed fields that are no paths are faults. */
export function declaredLink(
  config: CtyRecord,
  faults?: Diagnostic[],
): DeclaredLink {
  return {
    kind: "link",
    connection: textOf(config, "connection_id") ?? KNOWN_AFTER_APPLY,
    deployment: textOf(config, "deployment") ?? KNOWN_AFTER_APPLY,
    overrides: overridesOf(config, faults),
    secrets: declaredSecrets(config, overrideSecrets, faults),
  };
}

/** The link as the state has it. */
export function linkBefore(
  state: CtyRecord,
  { concurrencyToken }: PrivateState,
): LinkBefore {
  return {
    kind: "link",
    id: textIn(state, "id"),
    connection: textIn(state, "connection_id"),
    deployment: textIn(state, "deployment"),
    platformId: textIn(state, "platform_id"),
    connectionPlatformId: textIn(state, "connection_platform_id"),
    deploymentPlatformId: textIn(state, "deployment_platform_id"),
    attachmentPlatformId: textIn(state, "attachment_platform_id"),
    overrides: overridesOf(state),
    effective: valueOf(state, "effective"),
    seenSecretsRevision: numberOf(state, "seen_secrets_revision"),
    secrets: {
      fields: knownIn(textsOf(state, "override_secret_fields")) ?? [],
      revision: numberOf(state, overrideSecrets.revision) ?? 0,
      revisions: numbersIn(state, overrideSecrets.revisions),
    },
    concurrencyToken,
  };
}

/** The planned state: the arguments as they are written, and what the deployment will see. */
export function plannedLinkRecord(
  planned: PlannedLink,
  { prior, config }: PlanRequest,
  context: ProviderContext,
): CtyRecord {
  const record = recordOfSchema(linkSchema, {
    ...config,
    override_secrets_wo: null,
    id: textToCty(planned.id),
    platform_id: prior === null ? UNKNOWN : (prior["platform_id"] ?? null),
    connection_platform_id: textToCty(planned.connectionPlatformId),
    deployment_platform_id: textToCty(planned.deploymentPlatformId),
    attachment_platform_id: textToCty(planned.attachmentPlatformId),
    effective: spelledAsBefore(planned, prior),
    override_secret_fields: textsToCty(planned.secrets.fields),
    override_secrets_revision: fromValue(planned.secrets.revision),
    override_secret_revisions: fromValue(planned.secretRevisions ?? null),
    seen_secrets_revision: fromValue(planned.seenSecretsRevision ?? null),
  });
  return asItWas(
    {
      schema: linkSchema,
      prior,
      planned: record,
      argument: "overrides",
      following: [],
      type: typeOf(planned.parent),
    },
    context,
  );
}

/** Field by field, so that one that is known later does not decide how the others are spelled. */
function spelledAsBefore(
  { effective, parent }: PlannedLink,
  prior: CtyRecord | null,
): CtyValue {
  const written = prior?.["effective"] ?? null;
  const type = typeOf(parent);
  return written === null || type === undefined || !isObject(effective)
    ? dynamicOf(effective)
    : withSpelling({ type, observed: effective, written });
}

/** The whole state of a link that exists, its fields spelled as the state before did. */
export function linkRecord(
  link: LinkBefore,
  before: CtyRecord,
  type: string,
): CtyRecord {
  const { given, removed } = writtenRemovals(link.overrides, before);
  const spelled = (name: "overrides" | "effective"): CtyValue => {
    const observed = name === "overrides" ? given : link[name];
    return isObject(observed)
      ? withSpelling({ type, observed, written: before[name] ?? null })
      : null;
  };
  return recordOfSchema(linkSchema, {
    ...before,
    override_secrets_wo: null,
    id: textToCty(link.id),
    connection_id: textToCty(link.connection),
    deployment: textToCty(link.deployment),
    overrides: spelled("overrides"),
    removed_fields: removed,
    platform_id: textToCty(link.platformId),
    connection_platform_id: textToCty(link.connectionPlatformId),
    deployment_platform_id: textToCty(link.deploymentPlatformId),
    attachment_platform_id: textToCty(link.attachmentPlatformId),
    effective: spelled("effective"),
    override_secret_fields: textsToCty(link.secrets.fields ?? []),
    override_secrets_revision: link.secrets.revision,
    override_secret_revisions: fromValue(link.secrets.revisions ?? null),
    seen_secrets_revision: link.seenSecretsRevision ?? null,
  });
}
