import { checkOverrides, equalInMeaning } from "../../../catalog";
import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import {
  effective,
  isKnown,
  isObject,
  KNOWN_AFTER_APPLY,
  type PlatformIdentity,
  requireFeature,
  type Value,
} from "../../../model";
import type { ProviderContext } from "../../provider-context";
import { linkSchema } from "../../schema/places";
import { recordOfSchema } from "../../schema/schema-type";
import {
  numberOf,
  orEmpty,
  textOf,
  textsToCty,
  textToCty,
  valueOf,
} from "../../state/record";
import { planSecrets } from "../../state/secrets-plan";
import {
  dynamicOf,
  fromValue,
  sameInMeaning,
  withSpelling,
} from "../../state/values";
import { type CtyRecord, type CtyValue, UNKNOWN } from "../../wire";
import { asItWas } from "../as-it-was";
import { linkFaults } from "../declaration-faults";
import { childId, findParent } from "../parent-connection";
import type { PlanAnswer, PlanRequest } from "../resource";
import {
  declaredSecrets,
  overrideSecrets,
  secretsVersion,
} from "../secret-arguments";
import {
  normalizedOverrides,
  normalizedOverrideSecrets,
  overriddenNames,
  secretFieldsOf,
} from "./link-arguments";

/** What the link will be, and what its deployment will see. */
export async function planLink(
  request: PlanRequest,
  context: ProviderContext,
): Promise<PlanAnswer> {
  const { prior, config, remembered, secondCall } = request;
  const id = childId(config, "deployment");
  const parent = await findParent(config, context);
  const replaced = prior !== null && parent?.madeAnew === true;
  const overrides = normalizedOverrides(config, parent?.type);
  const declared = declaredSecrets(config, overrideSecrets);
  const overridden = normalizedOverrideSecrets(config, parent?.type);
  const secrets = planSecrets({
    declared: overridden,
    version: secretsVersion(prior, config, overrideSecrets),
    priorRevision:
      prior === null
        ? undefined
        : (numberOf(prior, overrideSecrets.revision) ?? 0),
    priorFields: prior === null ? undefined : secretFieldsOf(prior),
    remembered,
  });
  const seen =
    parent === undefined
      ? KNOWN_AFTER_APPLY
      : effective(parent.config, overrides);
  const written = recordOfSchema(linkSchema, {
    ...config,
    override_secrets_wo: null,
    id: textToCty(id),
    platform_id:
      prior === null || replaced ? UNKNOWN : (prior["platform_id"] ?? null),
    effective: spelledAsBefore(seen, prior, parent?.type),
    overridden_fields: textsToCty(overriddenNames(overrides, secrets.fields)),
    override_secrets_revision: fromValue(secrets.revision),
  });
  const isSame =
    prior !== null &&
    parent !== undefined &&
    sameInMeaning({
      type: parent.type,
      before: prior["overrides"] ?? null,
      after: config["overrides"] ?? null,
      nullsMatter: true,
    });
  const planned = asItWas(
    {
      schema: linkSchema,
      prior,
      planned: written,
      sameInMeaning: isSame ? ["overrides"] : [],
    },
    context,
  );
  const identity = context.platformIdentity;
  const diagnostics: Diagnostic[] = [
    ...(identity === undefined ? [] : supportFaults(config, identity)),
    ...(parent === undefined || parent.type === ""
      ? []
      : checkOverrides({
          type: parent.type,
          config: parent.config,
          overrides: orEmpty(valueOf(config, "overrides")),
          overrideSecrets: declared.value ?? undefined,
          overrideSecretsPath: declared.argument,
        })),
    ...(prior !== null && parent?.planned === false
      ? staleFaults(prior, parent)
      : []),
  ];
  if (diagnostics.length === 0 && parent !== undefined) {
    diagnostics.push(
      ...linkFaults(
        planned,
        { config, overrideSecrets: overridden, parent },
        context,
      ),
    );
  }
  if (typeof id === "string" && !secondCall) {
    if (context.planned.claim(id, "patchbay_deployment_link") !== undefined)
      diagnostics.push(linkedTwice(id));
  }
  return {
    planned,
    requiresReplace: [
      ["connection_id"],
      ["deployment"],
      ...(replaced ? [["platform_id"]] : []),
    ],
    diagnostics,
  };
}

/** Field by field, so that one that is known later does not decide how the others are spelled. */
function spelledAsBefore(
  seen: Value,
  prior: CtyRecord | null,
  type: string | undefined,
): CtyValue {
  const written = prior?.["effective"] ?? null;
  return written === null || type === undefined || !isObject(seen)
    ? dynamicOf(seen)
    : withSpelling({ type, observed: seen, written, nullsMatter: false });
}

/**
 * A connection that this plan does not change must be as it was when the link
 * was last read; else the plan shows something that is no longer true.
 */
function staleFaults(
  prior: CtyRecord,
  parent: { readonly type: string; readonly config: Value },
): readonly Diagnostic[] {
  const before = valueOf(prior, "effective");
  const now = effective(parent.config, normalizedOverrides(prior, parent.type));
  if (!isKnown(before) || equalInMeaning(parent.type, before, now)) return [];
  return [parentChanged(textOf(prior, "connection_id"))];
}

/** The plan that is being carried out was made against another state of the connection. */
export function parentChanged(
  connectionId: ReturnType<typeof textOf>,
): Diagnostic {
  return errorDiagnostic({
    code: "parent_changed",
    path: ["connection_id"],
    detail: `The connection ${String(connectionId ?? "")} has changed since this was planned, so the deployment would see something else than the plan shows. Nothing was changed; plan again (with refresh) and review.`,
  });
}

function supportFaults(
  config: CtyRecord,
  platform: PlatformIdentity,
): readonly Diagnostic[] {
  const given = (name: string) => (config[name] ?? null) !== null;
  return [
    ...requireFeature(platform, "links", []),
    ...(given("overrides")
      ? requireFeature(platform, "overrides", ["overrides"])
      : []),
    ...(given("override_secrets")
      ? requireFeature(platform, "override_secrets", ["override_secrets"])
      : []),
    ...(given("override_secrets_wo")
      ? requireFeature(platform, "override_secrets", ["override_secrets_wo"])
      : []),
  ];
}

function linkedTwice(id: string): Diagnostic {
  return errorDiagnostic({
    code: "duplicate_name",
    path: ["deployment"],
    detail: `${id} is declared twice in this configuration: here and as another patchbay_deployment_link. Remove one of the two; all overrides of one deployment belong into one link.`,
  });
}
