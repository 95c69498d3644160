import { makeLink, removeLink } from "../../../apply";
import type { Diagnostic } from "../../../diagnostics";
import {
  formatConnectionKey,
  formatLinkKey,
  isObject,
  KNOWN_AFTER_APPLY,
  type LinkKey,
  parseLinkKey,
  needed,
} from "../../../model";
import {
  checkLink,
  type DeclaredLink,
  type LinkBefore,
  type LinkToPlan,
  type Parent,
  planLink,
  secretNamesOf,
  type PlannedLink,
  refreshedLink,
  rememberedLink,
  seenRevision,
  typeOf,
} from "../../../plan";
import type { ProviderContext } from "../../provider-context";
import { linkSchema } from "../../schema/places";
import { recordOfSchema } from "../../schema/schema-type";
import type { PrivateState } from "../../state/private-state";
import {
  knownIn,
  knownTextOf,
  numberOf,
  numbersIn,
  settled,
  textIn,
  textOf,
  textsOf,
  textsToCty,
  textToCty,
  valueOf,
} from "../../state/record";
import { rememberWrite, withToken } from "../../state/secrets-memory";
import { dynamicOf, fromValue, withSpelling } from "../../state/values";
import { type CtyRecord, type CtyValue, UNKNOWN } from "../../wire";
import { asItWas } from "../as-it-was";
import { findParent } from "../parent";
import { planAnswer } from "../plan-answer";
import {
  formerRemovals,
  overridesOf,
  pointingAtRemovals,
  writtenRemovals,
} from "./removals";
import { upgradeLink } from "./upgrade-link";
import type { PlanRequest, Resource } from "../resource";
import {
  attachmentIdentity,
  findAttachmentId,
  findUsedPlace,
  type NamedPlace,
  placeIdentity,
} from "../used-in";
import {
  checkSecretArguments,
  declaredSecrets,
  keptSecrets,
  overrideSecrets,
  rememberedSecrets,
} from "../secret-arguments";

/** patchbay_deployment_link */
export const linkResource: Resource = {
  typeName: "patchbay_deployment_link",
  kind: "link",
  schema: linkSchema,

  validate(config) {
    const faults: Diagnostic[] = [];
    const declared = declaredLink(config, faults);
    return [
      ...checkSecretArguments(config, overrideSecrets),
      ...faults,
      ...checkLink(declared),
    ];
  },

  async read({ state, remembered }, context) {
    const { snapshot } = context.require();
    const key = needed(parseLinkKey(knownTextOf(state, "id")));
    const before = linkBefore(state, remembered);
    const memory = rememberedSecrets(state, remembered, overrideSecrets);
    const type = remembered.connectionType;
    snapshot.know(formatLinkKey(key), rememberedLink(before, memory, type));
    if (type !== undefined)
      snapshot.knowType(
        formatConnectionKey(key.connection),
        type,
        remembered.connectionSecrets,
      );
    const [connection, deployment] = await Promise.all([
      snapshot.connections.tryFindRenamed(
        key.connection,
        before.connectionPlatformId,
      ),
      findUsedPlace(
        "deployment",
        {
          connection: key.connection,
          name: key.deployment,
          platformId: before.deploymentPlatformId,
        },
        context,
      ),
    ]);
    if (connection === undefined) return { state: null, remembered: {} };
    const stored = await snapshot.links.tryFind({
      connection,
      deployment: deployment?.name ?? key.deployment,
    });
    if (stored === undefined) return { state: null, remembered: {} };
    const seen = refreshedLink(before.secrets, stored, connection, memory);
    const now: LinkBefore = {
      ...seen,
      seenSecretsRevision: seenNow(seen, before, context),
      deploymentPlatformId:
        deployment?.platformId ?? before.deploymentPlatformId,
      attachmentPlatformId:
        (await findAttachmentId(connection, deployment?.workspace, context)) ??
        before.attachmentPlatformId,
    };
    return {
      state: linkRecord(now, state, connection.type),
      remembered: withToken(remembered, now.concurrencyToken),
    };
  },

  async plan(request, context) {
    const { prior, config, remembered } = request;
    const declared = declaredLink(config);
    knowConnection(declared, remembered, context);
    const planned = planLink({
      declared,
      before: prior === null ? undefined : linkBefore(prior, remembered),
      parent: await findParent(declared.connection, context),
      ...(await placesOf(declared, context)),
      memory: rememberedSecrets(prior, remembered, overrideSecrets),
      rules: context.rules,
    });
    const record = plannedLinkRecord(planned, request, context);
    const answer = await planAnswer(
      planned,
      record,
      request,
      context,
      keptSecrets(prior, config, overrideSecrets),
    );
    return {
      ...answer,
      remembered: withConnection(remembered, planned.parent),
      diagnostics: [
        ...formerRemovals(config, prior),
        ...pointingAtRemovals(answer.diagnostics, config),
      ],
    };
  },

  async make({ prior, planned, config, remembered, ...step }, context) {
    const declared = declaredLink(config);
    knowConnection(declared, remembered, context);
    const made = await makeLink(
      {
        declared,
        before: prior === null ? undefined : linkBefore(prior, remembered),
        parent: await findParent(declared.connection, context),
        ...(prior === null ? {} : await placesOf(declared, context)),
        memory: rememberedSecrets(prior, remembered, overrideSecrets),
        promised: {
          revision: numberOf(planned, overrideSecrets.revision),
          effective: valueOf(planned, "effective"),
        },
      },
      context.placeOf(step),
    );
    const { observed, secrets } = made;
    return {
      state: settled(planned, {
        ...(observed === undefined ? {} : { platform_id: observed.platformId }),
        ...(prior === null
          ? await identitiesOf(
              needed(parseLinkKey(String(made.planned.id))),
              context,
            )
          : {}),
        effective: dynamicOf(
          made.planned.effective === KNOWN_AFTER_APPLY
            ? null
            : made.planned.effective,
        ),
        override_secret_fields: textsToCty(made.planned.secrets.fields),
        override_secrets_revision: fromValue(secrets.revision),
        override_secret_revisions: fromValue(secrets.revisions ?? null),
        seen_secrets_revision: fromValue(
          made.planned.seenSecretsRevision ?? null,
        ),
      }),
      remembered: withConnection(
        observed === undefined
          ? remembered
          : rememberWrite(remembered, secrets, {
              fields: observed.overrideSecretFields,
              version: observed.overrideSecretsVersion,
              concurrencyToken: observed.concurrencyToken,
            }),
        made.planned.parent,
      ),
    };
  },

  async delete({ prior, remembered, ...step }, context) {
    await removeLink(linkBefore(prior, remembered), context.placeOf(step));
  },

  upgrade: (state, { json }) => upgradeLink(state, json),

  import(id) {
    return recordOfSchema(linkSchema, {
      id: formatLinkKey(needed(parseLinkKey(id))),
    });
  },
};

/**
 * A connection that this walk has not looked at is shown as what the link
 * remembers of it: the plan of the link was made with that type in mind.
 */
function knowConnection(
  { connection }: DeclaredLink,
  { connectionType, connectionSecrets }: PrivateState,
  { snapshot }: ProviderContext,
): void {
  if (connectionType === undefined || connection === KNOWN_AFTER_APPLY) return;
  snapshot?.knowType(connection, connectionType, connectionSecrets);
}

function withConnection(
  remembered: PrivateState,
  parent: Parent,
): PrivateState {
  const connectionType = typeOf(parent);
  return connectionType === undefined
    ? remembered
    : {
        ...remembered,
        connectionType,
        connectionSecrets: secretNamesOf(parent),
      };
}

/** The last change of the connection's secrets, where this walk has read the connection before its link; else as it was. */
function seenNow(
  { connection, secrets }: LinkBefore,
  before: LinkBefore,
  context: ProviderContext,
): number | undefined {
  const noted = context.notedSecrets(connection);
  if (noted === undefined) return before.seenSecretsRevision;
  const { revision, revisions } = noted;
  const seen = seenRevision({ revision, revisions }, secrets.fields ?? []);
  return typeof seen === "number" ? seen : before.seenSecretsRevision;
}

/** What the link goes to and through, as planned or as it is. */
async function placesOf(
  { connection, deployment }: DeclaredLink,
  context: ProviderContext,
): Promise<Pick<LinkToPlan, "deploymentPlatformId" | "attachmentPlatformId">> {
  const place: NamedPlace = { connection, name: deployment };
  const [deploymentPlatformId, attachmentPlatformId] = await Promise.all([
    placeIdentity("deployment", place, context),
    attachmentIdentity(place, context),
  ]);
  return { deploymentPlatformId, attachmentPlatformId };
}

/** The same, now that all of it is there. */
async function identitiesOf(
  { connection, deployment }: LinkKey,
  context: ProviderContext,
): Promise<Readonly<Record<string, CtyValue>>> {
  const [parent, place] = await Promise.all([
    context.require().snapshot.connections.tryFind(connection),
    findUsedPlace(
      "deployment",
      { connection, name: deployment, platformId: undefined },
      context,
    ),
  ]);
  return {
    connection_platform_id: textToCty(parent?.platformId),
    deployment_platform_id: textToCty(place?.platformId),
    attachment_platform_id: textToCty(
      await findAttachmentId(connection, place?.workspace, context),
    ),
  };
}

function declaredLink(config: CtyRecord, faults?: Diagnostic[]): DeclaredLink {
  return {
    kind: "link",
    connection: textOf(config, "connection_id") ?? KNOWN_AFTER_APPLY,
    deployment: textOf(config, "deployment") ?? KNOWN_AFTER_APPLY,
    overrides: overridesOf(config, faults),
    secrets: declaredSecrets(config, overrideSecrets, faults),
  };
}

function linkBefore(
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
function plannedLinkRecord(
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
function linkRecord(
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
