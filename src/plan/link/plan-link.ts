import { checkOverrides, doubtfulSecrets, equalInMeaning } from "../../catalog";
import {
  type Diagnostic,
  errorDiagnostic,
  hasErrors,
  SECRET_PLACEHOLDER,
} from "../../diagnostics";
import {
  effective,
  equalValues,
  hasFeature,
  isKnown,
  isObject,
  type JsonObject,
  KNOWN_AFTER_APPLY,
  objectOf,
  requireFeature,
  type Value,
  type ValueObject,
} from "../../model";
import { actionOf } from "../action-of";
import {
  connectionIdFaults,
  connectionReference,
  namedInTextHint,
} from "../attachment";
import type { LinkBefore } from "../before";
import {
  childId,
  identityAfter,
  type Identity,
  type KeyArguments,
  type Reference,
  replacedBy,
} from "../child";
import { knownSecrets } from "../connection/to-connection";
import type { DeclaredLink, OrLater } from "../declared";
import { goesElsewhere, newDestination } from "../destination";
import { changedFields } from "../field-change";
import { givenFields } from "../given-fields";
import { knownOf } from "../known";
import type { Parent, PlannedLink } from "../planned";
import { pointingAt } from "../pointing-at";
import type { Rules } from "../rules";
import { newlySounding } from "../sounding";
import { secretChanges } from "../secret-changes";
import { onTheWayWarnings } from "../sent-along";
import { plannedRevisions, seenRevision } from "../secret-revisions";
import { planSecrets, type SecretsFacts, type SecretsMemory } from "../secrets";
import {
  normalizedOverrides,
  normalizedOverrideSecrets,
  toLink,
} from "./to-link";

export interface LinkToPlan {
  readonly declared: DeclaredLink;
  /** Undefined: it will be created. */
  readonly before: LinkBefore | undefined;
  readonly parent: Parent;
  /** The deployment's own id. @default nobody knows it */
  readonly deploymentPlatformId?: Identity;
  /** Of the attachment that the deployment sees it through. @default see `deploymentPlatformId` */
  readonly attachmentPlatformId?: Identity;
  readonly memory: SecretsMemory;
  /** Undefined while not even the platform is known. */
  readonly rules: Rules | undefined;
}

/** What the link will be, and what its deployment will see. */
export function planLink(options: LinkToPlan): PlannedLink {
  const { declared, before, parent, memory, rules } = options;
  const { connection, deployment } = declared;
  const id = childId(connection, "deployment", deployment);
  const type = typeOf(parent);
  const overrides = normalizedOverrides(declared.overrides, type);
  const overridesBefore = normalizedOverrides(before?.overrides ?? null, type);
  const overridden = normalizedOverrideSecrets(declared.secrets, type);
  const seen = seenThrough(parent, overrides);
  const destination = newDestination(
    before && { type, config: before.effective },
    { type, config: seen },
    rules,
  );
  const facts: SecretsFacts = {
    declared: overridden,
    version: declared.secrets.version,
    before: before?.secrets,
    memory,
    goesElsewhere: goesElsewhere(destination),
  };
  const secrets = planSecrets(facts);
  const seenSecretsRevision = seenSecrets(parent, before, secrets.fields);
  const after: KeyArguments = { connection_id: connection, deployment };
  const then = before && {
    connection_id: before.connection,
    deployment: before.deployment,
  };
  const references = referencesOf(options);
  const replacing = replacingPaths(then, after, references);
  const isNew = before === undefined || replacing.length > 0;
  const fields = [
    ...changedFields(
      givenFields({
        ...then,
        overrides: before && overridesBefore,
        override_secrets_version: memory.version,
      }),
      givenFields({
        ...after,
        overrides,
        override_secrets_version: declared.secrets.version,
      }),
    ),
    ...secretChanges("override_secrets", overridden, before?.secrets, secrets),
  ];
  const diagnostics: Diagnostic[] = [
    ...connectionIdFaults(declared),
    ...(rules === undefined ? [] : linkSupport(declared, rules)),
    ...overrideFaults(declared, parent),
    ...newlySounding(
      {
        type,
        argument: "overrides",
        value: overrides,
        secretsArgument: declared.secrets.argument,
      },
      before?.overrides ?? null,
      rules,
    ),
    ...(before === undefined ? [] : staleFaults(before, parent)),
    ...namedInTextHint(declared, before, parent),
    ...(isNew
      ? []
      : onTheWayWarnings({
          what: seenBy(before),
          destination,
          facts,
          secrets,
          fields,
          argument: declared.secrets.argument,
        })),
  ];
  if (!hasErrors(diagnostics))
    diagnostics.push(...heldFaults(options, { id, overrides, overridden }));
  if (secrets.send !== false)
    diagnostics.push(
      ...doubtfulSecrets(overridden, [declared.secrets.argument]),
    );
  return {
    kind: "link",
    id,
    action: actionOf({
      before,
      replacing,
      changed:
        fields.length > 0 ||
        seenSecretsRevision !== before?.seenSecretsRevision ||
        !sameSeen(type, before?.effective ?? null, seen),
      secrets,
    }),
    before,
    declared,
    fields,
    replacing,
    diagnostics,
    parent,
    connectionPlatformId: identityAfter(references.connection, isNew),
    deploymentPlatformId: identityAfter(references.deployment, isNew),
    attachmentPlatformId:
      rules !== undefined && !hasFeature(rules, "attachments")
        ? undefined
        : identityAfter(references.attachment, isNew),
    overrides,
    effective: seen,
    seenSecretsRevision,
    secrets,
    destination,
    secretRevisions: plannedRevisions(facts, secrets),
    memory,
    overridesChanged: !equalValues(overrides, overridesBefore),
  };
}

/** For people. */
function seenBy({ deployment = "", connection }: LinkBefore): string {
  return `What the deployment ${deployment} sees of ${connection ?? "the connection"}`;
}

/** An attachment that is made anew is a reason by itself, and else only follows the same one. */
function replacingPaths(
  before: Readonly<Record<string, unknown>> | undefined,
  after: KeyArguments,
  { connection, deployment, attachment }: References,
): PlannedLink["replacing"] {
  const paths = replacedBy(before, after, [connection, deployment]);
  return paths.length > 0 ? paths : replacedBy(before, after, [attachment]);
}

type References = Readonly<
  Record<"connection" | "deployment" | "attachment", Reference>
>;

function referencesOf({
  before,
  parent,
  deploymentPlatformId,
  attachmentPlatformId,
}: LinkToPlan): References {
  return {
    connection: connectionReference(before, parent),
    deployment: {
      argument: "deployment",
      attribute: "deployment_platform_id",
      before: before?.deploymentPlatformId,
      now: deploymentPlatformId,
    },
    attachment: {
      attribute: "attachment_platform_id",
      before: before?.attachmentPlatformId,
      now: attachmentPlatformId,
    },
  };
}

/** The type of the connection; undefined as long as it is not known. */
export function typeOf(parent: Parent): string | undefined {
  return "type" in parent ? knownOf(parent.type) : undefined;
}

/** Only what this plan does to the connection's secrets counts: what was done before is noted when the link is read anew. */
function seenSecrets(
  parent: Parent,
  before: LinkBefore | undefined,
  overridden: OrLater<readonly string[]>,
): OrLater<number> | undefined {
  if (parent.kind === "not_known") return KNOWN_AFTER_APPLY;
  const secrets = parent.kind === "planned" ? parent.secrets : undefined;
  const then = before?.seenSecretsRevision;
  if (secrets === undefined || secrets.send === false) return then;
  const after = seenRevision(secrets, overridden);
  // As long as nobody knows whether they are sent, either may come true.
  return secrets.send === true || after === then ? after : KNOWN_AFTER_APPLY;
}

/** What the deployment sees of the connection. */
function seenThrough(parent: Parent, overrides: Value): Value {
  return "config" in parent
    ? effective(parent.config, overrides)
    : KNOWN_AFTER_APPLY;
}

/** Whether a deployment sees the same; what is known later may be something else. */
export function sameSeen(
  type: string | undefined,
  before: Value,
  now: Value,
): boolean {
  return (
    isKnown(before) && isKnown(now) && equalInMeaning(type ?? "", before, now)
  );
}

/**
 * A connection that this plan does not change must be as it was when the link
 * was last read; else the plan shows something that is no longer true.
 */
function staleFaults(
  before: LinkBefore,
  parent: Parent,
): readonly Diagnostic[] {
  if (parent.kind !== "observed" || !isKnown(before.effective)) return [];
  const now = seenThrough(
    parent,
    normalizedOverrides(before.overrides, parent.type),
  );
  return equalInMeaning(parent.type, before.effective, now)
    ? []
    : [parentChanged(before.connection)];
}

/** The plan that is being carried out was made against another state of the connection. */
export function parentChanged(connection: string | undefined): Diagnostic {
  return errorDiagnostic({
    code: "parent_changed",
    path: ["connection_id"],
    detail: `The connection ${connection ?? ""} has changed since this was planned, so the deployment would see something else than the plan shows. Nothing was changed; plan again (with refresh) and review.`,
  });
}

function overrideFaults(
  { overrides, secrets }: DeclaredLink,
  parent: Parent,
): readonly Diagnostic[] {
  const type = typeOf(parent);
  if (type === undefined || !("config" in parent)) return [];
  return checkOverrides({
    type,
    config: parent.config,
    secrets: namesOnly(secretNamesOf(parent)),
    overrides: overrides ?? objectOf([]),
    overrideSecrets: secrets.value.reveal() ?? undefined,
    overrideSecretsPath: secrets.argument,
  });
}

/** The dotted names of the connection's secrets, as far as they are known. */
export function secretNamesOf(parent: Parent): readonly string[] {
  switch (parent.kind) {
    case "planned":
      return knownOf(parent.secrets?.fields) ?? [];
    case "observed":
      return parent.secretFields ?? [];
    default:
      return [];
  }
}

/** Secrets of which the names are known alone; what their values make wrong is the connection's own. */
function namesOnly(paths: readonly string[]): Value {
  let secrets: ValueObject = objectOf<Value>([]);
  for (const path of paths) {
    const patch = path
      .split(".")
      .reduceRight<Value>(
        (inner, name) => objectOf([[name, inner]]),
        SECRET_PLACEHOLDER,
      );
    secrets = effective(secrets, patch) as ValueObject;
  }
  return secrets;
}

/** What no deployment could see differently; nothing as long as not all of it is known. */
function heldFaults(
  { declared, parent, rules }: LinkToPlan,
  planned: {
    readonly id: OrLater<string>;
    readonly overrides: Value;
    readonly overridden: Value;
  },
): readonly Diagnostic[] {
  const link = rules?.checkLink && toLink(planned.id, planned.overrides);
  const type = typeOf(parent);
  if (
    link === undefined ||
    type === undefined ||
    !("config" in parent) ||
    !isObject(parent.config) ||
    !isKnown(parent.config)
  )
    return [];
  return pointingAt(
    "override_secrets",
    declared.secrets.argument,
    rules!.checkLink!(
      { ...link, overrideSecrets: knownSecrets(planned.overridden) },
      { type, config: parent.config as JsonObject },
    ),
  );
}

function linkSupport(
  { overrides, secrets }: DeclaredLink,
  rules: Rules,
): readonly Diagnostic[] {
  return [
    ...requireFeature(rules, "links", []),
    ...(overrides === null
      ? []
      : requireFeature(rules, "overrides", ["overrides"])),
    ...(secrets.value.reveal() === null
      ? []
      : requireFeature(rules, "override_secrets", [secrets.argument])),
  ];
}
