import { makeLink, removeLink } from "../../../apply";
import type { Diagnostic } from "../../../diagnostics";
import {
  formatConnectionKey,
  formatLinkKey,
  isObject,
  KNOWN_AFTER_APPLY,
  overriddenFields,
  parseLinkKey,
  needed,
} from "../../../model";
import {
  checkLink,
  type DeclaredLink,
  type LinkBefore,
  overriddenNames,
  planLink,
  type PlannedLink,
  refreshedLink,
  rememberedLink,
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
import type { PlanRequest, Resource } from "../resource";
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
      snapshot.knowType(formatConnectionKey(key.connection), type);
    const [stored, connection] = await Promise.all([
      snapshot.links.tryFind(key),
      snapshot.connections.tryFind(key.connection),
    ]);
    if (stored === undefined || connection === undefined)
      return { state: null, remembered: {} };
    const now = refreshedLink(before.secrets, stored, connection, memory);
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
      memory: rememberedSecrets(prior, remembered, overrideSecrets),
      rules: context.rules,
    });
    const record = plannedLinkRecord(planned, request, context);
    const connectionType = typeOf(planned.parent);
    return {
      ...(await planAnswer(
        planned,
        record,
        request,
        context,
        keptSecrets(prior, config, overrideSecrets),
      )),
      ...(connectionType === undefined
        ? {}
        : { remembered: { ...remembered, connectionType } }),
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
        effective: dynamicOf(
          made.planned.effective === KNOWN_AFTER_APPLY
            ? null
            : made.planned.effective,
        ),
        overridden_fields: textsToCty(made.planned.overriddenFields),
        override_secrets_revision: fromValue(secrets.revision),
      }),
      remembered: withConnectionType(
        observed === undefined
          ? remembered
          : rememberWrite(remembered, secrets, {
              fields: observed.overrideSecretFields,
              version: observed.overrideSecretsVersion,
              concurrencyToken: observed.concurrencyToken,
            }),
        typeOf(made.planned.parent),
      ),
    };
  },

  async delete({ prior, remembered, ...step }, context) {
    await removeLink(linkBefore(prior, remembered), context.placeOf(step));
  },

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
  { connectionType }: PrivateState,
  { snapshot }: ProviderContext,
): void {
  if (connectionType === undefined || connection === KNOWN_AFTER_APPLY) return;
  snapshot?.knowType(connection, connectionType);
}

function withConnectionType(
  remembered: PrivateState,
  connectionType: string | undefined,
): PrivateState {
  return connectionType === undefined
    ? remembered
    : { ...remembered, connectionType };
}

function declaredLink(config: CtyRecord, faults?: Diagnostic[]): DeclaredLink {
  return {
    kind: "link",
    connection: textOf(config, "connection_id") ?? KNOWN_AFTER_APPLY,
    deployment: textOf(config, "deployment") ?? KNOWN_AFTER_APPLY,
    overrides: valueOf(config, "overrides", faults),
    secrets: declaredSecrets(config, overrideSecrets, faults),
  };
}

function linkBefore(
  state: CtyRecord,
  { concurrencyToken }: PrivateState,
): LinkBefore {
  const overrides = valueOf(state, "overrides");
  // The state lists plain fields and secrets together.
  const plain = isObject(overrides) ? overriddenFields(overrides) : [];
  const fields = knownIn(textsOf(state, "overridden_fields")) ?? [];
  return {
    kind: "link",
    id: textIn(state, "id"),
    connection: textIn(state, "connection_id"),
    deployment: textIn(state, "deployment"),
    platformId: textIn(state, "platform_id"),
    overrides,
    effective: valueOf(state, "effective"),
    secrets: {
      fields: fields.filter((field) => !plain.includes(field)),
      revision: numberOf(state, overrideSecrets.revision) ?? 0,
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
  const isMadeAnew = planned.replacing.some(([name]) => name === "platform_id");
  const record = recordOfSchema(linkSchema, {
    ...config,
    override_secrets_wo: null,
    id: textToCty(planned.id),
    platform_id:
      prior === null || isMadeAnew ? UNKNOWN : (prior["platform_id"] ?? null),
    effective: spelledAsBefore(planned, prior),
    overridden_fields: textsToCty(planned.overriddenFields),
    override_secrets_revision: fromValue(planned.secrets.revision),
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
    : withSpelling({ type, observed: effective, written, nullsMatter: false });
}

/** The whole state of a link that exists, its fields spelled as the state before did. */
function linkRecord(
  link: LinkBefore,
  before: CtyRecord,
  type: string,
): CtyRecord {
  const spelled = (name: "overrides" | "effective"): CtyValue => {
    const observed = link[name];
    return isObject(observed)
      ? withSpelling({
          type,
          observed,
          written: before[name] ?? null,
          nullsMatter: name === "overrides",
        })
      : null;
  };
  return recordOfSchema(linkSchema, {
    ...before,
    override_secrets_wo: null,
    id: textToCty(link.id),
    connection_id: textToCty(link.connection),
    deployment: textToCty(link.deployment),
    overrides: spelled("overrides"),
    platform_id: textToCty(link.platformId),
    effective: spelled("effective"),
    overridden_fields: textsToCty(
      overriddenNames(link.overrides, link.secrets.fields ?? []),
    ),
    override_secrets_revision: link.secrets.revision,
  });
}
