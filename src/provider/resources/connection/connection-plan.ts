import {
  type Diagnostic,
  errorDiagnostic,
  hasErrors,
  warningDiagnostic,
} from "../../../diagnostics";
import { checkFields, connectionStringOf } from "../../../catalog";
import {
  fieldOf,
  hasFeature,
  isKnown,
  isObject,
  KNOWN_AFTER_APPLY,
  type KnownAfterApply,
  type Owner,
  parseOwner,
  type PlatformIdentity,
  requireFeature,
  requireOwner,
  requireType,
  type Value,
} from "../../../model";
import { replacingPaths } from "../../../plan";
import type { ProviderContext } from "../../provider-context";
import { connectionSchema } from "../../schema/connection";
import { recordOfSchema } from "../../schema/schema-type";
import {
  booleanOf,
  numberOf,
  textOf,
  textsOf,
  textsToCty,
  textToCty,
} from "../../state/record";
import { planSecrets } from "../../state/secrets-plan";
import { fromValue, sameInMeaning } from "../../state/values";
import { type CtyRecord, type CtyValue, Dynamic, UNKNOWN } from "../../wire";
import { asItWas } from "../as-it-was";
import { connectionFaults } from "../declaration-faults";
import { ownerArgument } from "../owner-argument";
import type { PlanAnswer, PlanRequest } from "../resource";
import { connectionSecrets, secretsVersion } from "../secret-arguments";
import { normalizedConfig, normalizedSecrets } from "./connection-arguments";

/** What the connection will be. */
export function planConnection(
  request: PlanRequest,
  context: ProviderContext,
): PlanAnswer {
  const { prior, config, remembered } = request;
  const type = textOf(config, "type") ?? KNOWN_AFTER_APPLY;
  const name = textOf(config, "name") ?? KNOWN_AFTER_APPLY;
  const {
    owner,
    text: ownerText,
    diagnostics: ownerFaults,
  } = ownerArgument(config, context);
  const id =
    name === KNOWN_AFTER_APPLY || ownerText === KNOWN_AFTER_APPLY
      ? KNOWN_AFTER_APPLY
      : `${ownerText}/${name}`;
  const fields =
    type === KNOWN_AFTER_APPLY
      ? KNOWN_AFTER_APPLY
      : normalizedConfig(config, type);
  const identity = context.platformIdentity;
  const requiresReplace =
    prior === null || identity === undefined
      ? []
      : replacements({
          prior,
          after: { name, owner, type, config: fields },
          platform: identity,
        });
  const declared = normalizedSecrets(config, type);
  const secrets = planSecrets({
    declared,
    version: secretsVersion(prior, config, connectionSecrets),
    priorRevision:
      prior === null ? undefined : (numberOf(prior, "secrets_revision") ?? 0),
    priorFields: prior === null ? undefined : textsOf(prior, "secret_fields"),
    remembered,
  });
  const written = recordOfSchema(connectionSchema, {
    ...config,
    secrets_wo: null,
    id: textToCty(id),
    owner: textToCty(ownerText),
    access: config["access"] ?? prior?.["access"] ?? null,
    parent: config["parent"] ?? prior?.["parent"] ?? null,
    auto_link:
      config["auto_link"] === null ? false : (config["auto_link"] ?? false),
    platform_id: kept(prior, "platform_id"),
    status: kept(prior, "status"),
    status_message: kept(prior, "status_message"),
    connection_string:
      type === KNOWN_AFTER_APPLY
        ? UNKNOWN
        : textToCty(connectionStringOf(type, fields)),
    secret_fields: textsToCty(secrets.fields),
    secrets_revision: fromValue(secrets.revision),
  });
  const isSame =
    prior !== null &&
    type !== KNOWN_AFTER_APPLY &&
    sameInMeaning({
      type,
      before: prior["config"] ?? null,
      after: config["config"] ?? null,
      nullsMatter: false,
    });
  const planned = asItWas(
    {
      schema: connectionSchema,
      prior,
      planned: written,
      sameInMeaning: isSame ? ["config", "connection_string"] : [],
    },
    context,
  );
  const replaced = requiresReplace.length > 0;
  const diagnostics = [
    ...ownerFaults,
    ...(identity === undefined
      ? []
      : supportFaults({ config, owner, type, platform: identity })),
    ...(replaced && prior !== null ? protectionFaults(prior) : []),
    ...(replaced && identity !== undefined
      ? replacementWarnings({ id, paths: requiresReplace, fields }, identity)
      : []),
    ...(declared === null && (prior === null || secrets.send === true)
      ? missingSecrets(type, fields)
      : []),
  ];
  if (!hasErrors(diagnostics)) {
    diagnostics.push(
      ...connectionFaults(
        planned,
        {
          config,
          secrets: declared,
          removesOthers: replaced || prior === null || secrets.send === true,
        },
        context,
      ),
    );
  }
  if (id !== KNOWN_AFTER_APPLY) {
    diagnostics.push(
      ...claim(
        {
          id,
          type,
          fields,
          madeAnew: replaced || prior === null,
          secondCall: request.secondCall,
        },
        context,
      ),
    );
  }
  return {
    planned,
    requiresReplace: requiresReplace.map((path) =>
      addressable(path, prior === null ? [planned] : [prior, planned]),
    ),
    diagnostics,
  };
}

/** Terraform marks arguments that force a replacement, but no field inside a dynamic one: only where that is all. */
function replacementWarnings(
  {
    id,
    paths,
    fields,
  }: {
    readonly id: string | KnownAfterApply;
    readonly paths: readonly (readonly string[])[];
    readonly fields: Value;
  },
  { title }: PlatformIdentity,
): readonly Diagnostic[] {
  if (paths.some(([argument]) => argument !== "config")) return [];
  const connection = id === KNOWN_AFTER_APPLY ? "the connection" : id;
  return paths.map((path) => {
    const [, field = ""] = path;
    const value = isObject(fields) ? (fieldOf(fields, field) ?? null) : fields;
    const reason = isKnown(value)
      ? `${title} cannot make this change to ${field} in place`
      : `${title} cannot change ${field} in place, and its value is known after apply`;
    return warningDiagnostic({
      code: "replaces_connection",
      path,
      detail: `${reason}, so ${connection} is destroyed and created again, and so are its attachments and links. To keep it, leave ${field} as it was.`,
    });
  });
}

/** Where no secret will be set, what the type needs is missing. Only a plan can tell: before, there may be some already. */
function missingSecrets(
  type: string | KnownAfterApply,
  config: Value,
): readonly Diagnostic[] {
  if (type === KNOWN_AFTER_APPLY) return [];
  return checkFields({
    type,
    config,
    secrets: {},
    secretsPath: "secrets_wo",
    secretsComplete: true,
  });
}

function kept(prior: CtyRecord | null, name: string): CtyValue {
  return prior === null ? UNKNOWN : (prior[name] ?? null);
}

interface Arguments {
  readonly name: string | KnownAfterApply;
  readonly owner: Owner | KnownAfterApply;
  readonly type: string | KnownAfterApply;
  readonly config: Value;
}

function replacements(options: {
  readonly prior: CtyRecord;
  readonly after: Arguments;
  readonly platform: PlatformIdentity;
}): readonly (readonly string[])[] {
  const { prior, after, platform } = options;
  const type = textOf(prior, "type") ?? "";
  const owner = parseOwner(String(textOf(prior, "owner") ?? ""));
  const before: Arguments = {
    name: textOf(prior, "name") ?? KNOWN_AFTER_APPLY,
    owner: owner.ok ? owner.value : KNOWN_AFTER_APPLY,
    type,
    config: typeof type === "string" ? normalizedConfig(prior, type) : null,
  };
  return replacingPaths(before, after, platform);
}

/** Core refuses a path that leads nowhere; into a map typed by the user an attribute path leads nowhere. */
function addressable(
  path: readonly string[],
  records: readonly CtyRecord[],
): readonly string[] {
  const [attribute = "", field] = path;
  const leads = records.some((record) => {
    const value = record[attribute];
    return (
      field === undefined ||
      (value instanceof Dynamic &&
        value.type.kind === "object" &&
        Object.hasOwn(value.type.attributes, field))
    );
  });
  return leads ? path : [attribute];
}

function supportFaults(options: {
  readonly config: CtyRecord;
  readonly owner: Owner | KnownAfterApply;
  readonly type: string | KnownAfterApply;
  readonly platform: PlatformIdentity & { readonly name: string };
}): readonly Diagnostic[] {
  const { config, owner, type, platform } = options;
  const given = (name: string) => (config[name] ?? null) !== null;
  return [
    ...(owner === KNOWN_AFTER_APPLY
      ? []
      : requireOwner(platform, owner, ["owner"])),
    ...(type === KNOWN_AFTER_APPLY
      ? []
      : requireType(platform, type, ["type"])),
    ...(given("description")
      ? requireFeature(platform, "description", ["description"])
      : []),
    ...(booleanOf(config, "auto_link") === true
      ? requireFeature(platform, "auto_link", ["auto_link"])
      : []),
    ...(given("access") ? requireFeature(platform, "access", ["access"]) : []),
    ...(given("parent") ? requireFeature(platform, "folders", ["parent"]) : []),
    ...(textOf(config, "verify") === "on_change" &&
    !hasFeature(platform, "verify")
      ? requireFeature(platform, "verify", ["verify"])
      : []),
  ];
}

/** Why a protected connection is neither destroyed nor replaced. */
export function protectionFaults(prior: CtyRecord): readonly Diagnostic[] {
  if (booleanOf(prior, "deletion_protection") !== true) return [];
  return [
    errorDiagnostic({
      code: "deletion_protected",
      path: ["deletion_protection"],
      detail: `The connection ${String(textOf(prior, "id") ?? "")} is protected, so it is neither destroyed nor replaced. To lift the protection, set deletion_protection = false, apply, and then plan again.`,
    }),
  ];
}

function claim(
  planned: {
    readonly id: string;
    readonly type: string | KnownAfterApply;
    readonly fields: Value;
    readonly madeAnew: boolean;
    readonly secondCall: boolean;
  },
  context: ProviderContext,
): readonly Diagnostic[] {
  const type = planned.type === KNOWN_AFTER_APPLY ? "" : planned.type;
  const address =
    planned.type === KNOWN_AFTER_APPLY
      ? undefined
      : connectionStringOf(planned.type, planned.fields);
  const description = `type ${JSON.stringify(type)}${typeof address === "string" ? `, ${address}` : ""}`;
  const holder = planned.secondCall
    ? undefined
    : context.planned.claim(planned.id, description);
  context.planned.setConnection(planned.id, {
    type,
    config: planned.fields,
    madeAnew: planned.madeAnew,
  });
  if (holder === undefined) return [];
  return [
    errorDiagnostic({
      code: "duplicate_name",
      path: ["name"],
      detail: `${planned.id} is declared twice in this configuration: here (${description}) and as another patchbay_connection (${holder}). Names are unique per owner: rename one of the two, or remove it.`,
    }),
  ];
}
