import { makeLink, removeLink } from "../../../apply";
import type { Diagnostic } from "../../../diagnostics";
import {
  formatConnectionKey,
  formatLinkKey,
  KNOWN_AFTER_APPLY,
  type LinkKey,
  needed,
  parseLinkKey,
} from "../../../model";
import {
  checkLink,
  type DeclaredLink,
  type LinkBefore,
  type LinkToPlan,
  type Parent,
  planLink,
  refreshedLink,
  rememberedLink,
  secretNamesOf,
  seenRevision,
  typeOf,
} from "../../../plan";
import type { ProviderContext } from "../../provider-context";
import { linkSchema } from "../../schema/places";
import { recordOfSchema } from "../../schema/schema-type";
import type { PrivateState } from "../../state/private-state";
import {
  knownTextOf,
  numberOf,
  settled,
  textsToCty,
  textToCty,
  valueOf,
} from "../../state/record";
import { rememberWrite, withToken } from "../../state/secrets-memory";
import { dynamicOf, fromValue } from "../../state/values";
import type { CtyValue } from "../../wire";
import { findParent } from "../parent";
import { planAnswer } from "../plan-answer";
import type { Resource } from "../resource";
import {
  checkSecretArguments,
  keptSecrets,
  overrideSecrets,
  rememberedSecrets,
} from "../secret-arguments";
import {
  attachmentIdentity,
  findAttachmentId,
  findUsedPlace,
  type NamedPlace,
  placeIdentity,
} from "../used-in";
import {
  declaredLink,
  linkBefore,
  linkRecord,
  plannedLinkRecord,
} from "./link-record";
import { formerRemovals, pointingAtRemovals } from "./removals";
import { upgradeLink } from "./upgrade-link";

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
