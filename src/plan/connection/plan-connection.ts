import {
  checkFields,
  connectionStringOf,
  doubtfulSecrets,
} from "../../catalog";
import {
  type Diagnostic,
  errorDiagnostic,
  hasErrors,
  type Secret,
  warningDiagnostic,
} from "../../diagnostics";
import {
  type Access,
  escapeName,
  fieldOf,
  isKnown,
  isObject,
  KNOWN_AFTER_APPLY,
  namedAccess,
  objectOf,
  parseOwner,
  type Value,
} from "../../model";
import type { ConnectionBefore } from "../before";
import type { DeclaredConnection, OrLater } from "../declared";
import { knownOf } from "../known";
import { readOwner } from "../owner";
import type { PlannedConnection } from "../planned";
import type { Rules } from "../rules";
import { plannedRevisions } from "../secret-revisions";
import { planSecrets, type SecretsFacts, type SecretsMemory } from "../secrets";
import { knownBefore } from "../known-as";
import { newlySounding } from "../sounding";
import { secretChanges } from "../secret-changes";
import { onTheWayWarnings } from "../sent-along";
import { actionOf } from "../action-of";
import { goesElsewhere, newDestination } from "../destination";
import { pointingAt } from "../pointing-at";
import { connectionChanges } from "./connection-fields";
import { lostSecretsWarning } from "./lost-secrets";
import { type ReplacementFacts, undecidedFields } from "./replacement";
import { connectionSupport, idleExceptions } from "./connection-support";
import {
  knownSecrets,
  normalizedConfig,
  normalizedSecrets,
  toConnection,
} from "./to-connection";

export interface ConnectionToPlan {
  readonly declared: DeclaredConnection;
  /** Undefined: it will be created. */
  readonly before: ConnectionBefore | undefined;
  readonly memory: SecretsMemory;
  /** Undefined while not even the platform is known. */
  readonly rules: Rules | undefined;
  /** What the platform stores of it, where it was read: for what only that can tell. */
  readonly stored?: Secret<unknown> | undefined;
  /** It is made anew though nothing in the declaration asks for that, `before` being what the new one begins with: what goes for it. @default nothing */
  readonly goes?: ReplacedConnection | undefined;
}

/** What matters of a connection in whose place another one comes. */
export interface ReplacedConnection {
  readonly wasProtected: boolean;
  /** The dotted names of the secrets that are set in it. */
  readonly secretFields: readonly string[];
  /** What is left to the platform where it is not declared. @default nobody knows */
  readonly access?: Access | undefined;
  readonly parent?: string | undefined;
}

export function replacedConnection(
  before: ConnectionBefore,
): ReplacedConnection {
  return {
    wasProtected: isProtected(before),
    secretFields: before.secrets.fields ?? [],
    access: before.access,
    parent: before.parent,
  };
}

/** What the connection will be. */
export function planConnection(options: ConnectionToPlan): PlannedConnection {
  const { declared, before, memory, rules } = options;
  const { name, type } = declared;
  const { owner, text, diagnostics: ownerFaults } = readOwner(declared.owner);
  const id =
    name === KNOWN_AFTER_APPLY || text === KNOWN_AFTER_APPLY
      ? KNOWN_AFTER_APPLY
      : `${text}/${escapeName(name)}`;
  const config = normalizedConfig(declared.config, type);
  const declaredSecrets = normalizedSecrets(declared.secrets, type);
  const destination = newDestination(
    // Without plain fields all of them are new.
    before && { type: before.type, config: before.config ?? objectOf([]) },
    { type, config },
    rules,
  );
  const facts: SecretsFacts = {
    declared: declaredSecrets,
    version: declared.secrets.version,
    before: before?.secrets,
    memory,
    goesElsewhere: goesElsewhere(destination),
  };
  const secrets = planSecrets(facts);
  const replacing =
    before === undefined || rules === undefined
      ? []
      : rules.replacedBy(factsBefore(before), { name, owner, type, config });
  const undecided =
    before === undefined || rules === undefined || replacing.length > 0
      ? []
      : undecidedFields(
          factsBefore(before),
          { name, owner, type, config },
          rules.capabilities,
        );
  const goes =
    before !== undefined && replacing.length > 0
      ? replacedConnection(before)
      : options.goes;
  const fields = [
    ...connectionChanges(declared, text, {
      before,
      memory,
      isReplaced: replacing.length > 0,
      sets: setsOf(type, rules),
    }),
    ...secretChanges("secrets", declaredSecrets, before?.secrets, secrets),
  ];
  const diagnostics = [
    ...ownerFaults,
    ...(rules === undefined ? [] : connectionSupport(declared, owner, rules)),
    ...(goes === undefined
      ? []
      : [
          ...replacementFaults(before?.id ?? knownOf(id), declared, goes),
          // Only of what is made, which is planned in a call of its own.
          ...(before === undefined ? lostSecrets(declared, goes) : []),
          ...leftBehind(declared, goes),
        ]),
    ...(rules === undefined
      ? []
      : [
          ...replacementWarnings({ id, replacing, config, rules }),
          ...undecidedWarnings(undecided, config, rules),
        ]),
    ...(rules === undefined || before === undefined || replacing.length > 0
      ? []
      : lostSecretsWarning({
          id,
          before,
          fields,
          declaredSecrets,
          secrets,
          secretsArgument: declared.secrets.argument,
          rules,
        })),
    ...newlySounding(
      {
        type: knownOf(type),
        argument: "config",
        value: config,
        secretsArgument: declared.secrets.argument,
      },
      before?.config ?? null,
      rules,
    ),
    ...(replacing.length > 0
      ? []
      : onTheWayWarnings({
          what: `The connection ${before?.id ?? ""}`,
          destination,
          asAWhole:
            rules?.capabilities.secretsWithEveryUpdate === true
              ? rules.title
              : undefined,
          facts,
          secrets,
          fields,
          argument: declared.secrets.argument,
        })),
    // Of what is sent: what is there already was told about when it was.
    ...(secrets.send === false
      ? []
      : doubtfulSecrets(declaredSecrets, [declared.secrets.argument])),
    ...(declaredSecrets === null &&
    (before === undefined || secrets.send === true)
      ? missingSecrets(declared, config)
      : []),
  ];
  // Where nothing is changed, what is only a warning was told when it was made so.
  const isChanged =
    before === undefined || replacing.length > 0 || fields.length > 0;
  if (isChanged) diagnostics.push(...idleExceptions(declared));
  // What only stands in the wrong place is no reason to keep the platform's own faults for the next plan.
  if (
    !hasErrors(diagnostics.filter(({ code }) => code !== "secret_in_config"))
  ) {
    diagnostics.push(
      ...heldFaults(options, {
        secrets: declaredSecrets,
        // Secrets that are not declared will not be there: it is new, or they are taken away.
        isChanged,
        removesOthers:
          replacing.length > 0 || before === undefined || secrets.send === true,
        updates:
          before !== undefined && replacing.length === 0 && fields.length > 0
            ? { sendsSecrets: secrets.send !== false }
            : undefined,
      }),
    );
  }
  return {
    kind: "connection",
    id,
    action: actionOf({
      before,
      replacing,
      changed: fields.length > 0,
      secrets,
    }),
    before,
    declared,
    fields,
    replacing,
    diagnostics,
    owner: text,
    type,
    config,
    connectionString:
      type === KNOWN_AFTER_APPLY
        ? KNOWN_AFTER_APPLY
        : connectionStringOf(type, config),
    secrets,
    destination,
    secretRevisions: plannedRevisions(facts, secrets),
    memory,
  };
}

function setsOf(
  type: OrLater<string>,
  rules: Rules | undefined,
): readonly string[] | undefined {
  return typeof type === "string" ? rules?.setFields?.(type) : undefined;
}

/** A hole counts as something that is not known: it is no value that could be kept. */
function factsBefore(before: ConnectionBefore): ReplacementFacts {
  const owner = parseOwner(before.owner ?? "");
  const type = before.type ?? "";
  return {
    name: before.name ?? KNOWN_AFTER_APPLY,
    owner: owner.ok ? owner.value : KNOWN_AFTER_APPLY,
    type,
    config: normalizedConfig(before.config, type),
  };
}

/** What the platform could not hold; nothing as long as not all of it is known. */
function heldFaults(
  { declared, before, memory, rules, stored }: ConnectionToPlan,
  planned: {
    readonly secrets: Value;
    readonly isChanged: boolean;
    readonly removesOthers: boolean;
    /** Undefined where nothing is changed in place. */
    readonly updates: { readonly sendsSecrets: boolean } | undefined;
  },
): readonly Diagnostic[] {
  const connection = rules && toConnection(declared);
  if (connection === undefined) return [];
  const { secrets, isChanged, removesOthers, updates } = planned;
  const whole = {
    ...connection,
    secrets: knownSecrets(
      removesOthers && secrets === null ? objectOf([]) : secrets,
    ),
  };
  return pointingAt("secrets", declared.secrets.argument, [
    ...(rules!.checkConnection?.(whole) ?? []).filter(
      ({ severity }) => isChanged || severity === "error",
    ),
    ...(updates && before !== undefined && stored !== undefined
      ? (rules!.checkUpdate?.(
          updates.sendsSecrets ? whole : connection,
          stored,
          knownBefore(before, memory),
        ) ?? [])
      : []),
  ]);
}

/** Terraform marks arguments that force a replacement, but no field inside a dynamic one: only where that is all. */
function replacementWarnings({
  id,
  replacing,
  config,
  rules: { title },
}: {
  readonly id: OrLater<string>;
  readonly replacing: readonly (readonly string[])[];
  readonly config: Value;
  readonly rules: Rules;
}): readonly Diagnostic[] {
  if (replacing.some(([argument]) => argument !== "config")) return [];
  const connection = id === KNOWN_AFTER_APPLY ? "the connection" : id;
  return replacing.map((path) => {
    const [, field = ""] = path;
    const value = isObject(config) ? (fieldOf(config, field) ?? null) : config;
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

/** A plan cannot be changed into a replacement while it is carried out. */
function undecidedWarnings(
  fields: readonly string[],
  config: Value,
  { title }: Rules,
): readonly Diagnostic[] {
  const warning = (path: readonly string[], names: string) =>
    warningDiagnostic({
      code: "replaces_connection",
      path,
      detail: `${title} cannot take back ${names}, and what becomes of it is known after apply: should it not be there any more, the apply fails, and the next plan replaces the connection.`,
    });
  if (fields.length === 0) return [];
  return config === KNOWN_AFTER_APPLY
    ? [warning(["config"], fields.join(", "))]
    : fields.map((field) => warning(["config", field], field));
}

/** Where no secret will be set, what the type needs is missing. Only a plan can tell: before, there may be some already. */
function missingSecrets(
  { type, secrets: { argument } }: DeclaredConnection,
  config: Value,
): readonly Diagnostic[] {
  if (type === KNOWN_AFTER_APPLY) return [];
  return checkFields({
    type,
    config,
    secrets: {},
    secretsPath: argument,
    secretsComplete: true,
  });
}

function isProtected(before: ConnectionBefore | undefined): boolean {
  return before?.ours?.deletionProtection === true;
}

/**
 * Why a protected connection is not replaced. The declaration decides: who
 * takes the protection out of it may replace the connection with the same
 * apply. As long as it is not known, the one that was counts.
 */
function replacementFaults(
  id: string | undefined,
  { deletionProtection }: DeclaredConnection,
  { wasProtected }: ReplacedConnection,
): readonly Diagnostic[] {
  const isHeld =
    deletionProtection === KNOWN_AFTER_APPLY
      ? wasProtected
      : deletionProtection === true;
  if (!isHeld) return [];
  return [
    errorDiagnostic({
      code: "deletion_protected",
      path: ["deletion_protection"],
      detail: `The connection${id === undefined ? "" : ` ${id}`} is protected, and this plan would destroy it and create it again. To let that happen, set deletion_protection = false: the same apply lifts the protection and replaces it. To keep it, take back what replaces it.`,
    }),
  ];
}

/** Secrets that are not given stay in a connection as they are, but no new one can be given what nobody can read. */
function lostSecrets(
  { secrets }: DeclaredConnection,
  { secretFields }: ReplacedConnection,
): readonly Diagnostic[] {
  if (secrets.value.reveal() !== null || secretFields.length === 0) return [];
  return [
    warningDiagnostic({
      code: "replaces_connection",
      path: [secrets.argument],
      detail: `The connection is destroyed and created again, and ${secrets.argument} is not given, so the new one is without the secrets that are set now: ${secretFields.join(", ")}. To set them again, give them in ${secrets.argument}.`,
    }),
  ];
}

/** What a connection keeps that nothing declares; the one that takes its place begins without. */
function leftBehind(
  declared: DeclaredConnection,
  { access, parent }: ReplacedConnection,
): readonly Diagnostic[] {
  const lists =
    declared.access === undefined ? (namedAccess(access) ?? {}) : {};
  const who = Object.entries(lists).map(
    ([list, principals]) => `${list}: ${principals.join(", ")}`,
  );
  const isAtTop = parent === undefined || parent === "/";
  const warning = (argument: string, detail: string) =>
    warningDiagnostic({
      code: "replaces_connection",
      path: [argument],
      detail: `The connection is destroyed and created again, and ${argument} is not given, so the new one ${detail}.`,
    });
  return [
    ...(who.length === 0
      ? []
      : [
          warning(
            "access",
            `is without the access that is given now: ${who.join("; ")}. To give it again, declare it in access`,
          ),
        ]),
    ...(isAtTop || declared.parent !== undefined
      ? []
      : [
          warning(
            "parent",
            `is not in the folder ${parent}, where it is now. To have it there again, declare parent`,
          ),
        ]),
  ];
}

/** Why a protected connection is not destroyed: nothing declares it any more, so what was declared last counts. */
export function protectionFaults(
  before: ConnectionBefore,
): readonly Diagnostic[] {
  if (!isProtected(before)) return [];
  return [
    errorDiagnostic({
      code: "deletion_protected",
      path: ["deletion_protection"],
      detail: `The connection ${before.id ?? ""} is protected, so it is not destroyed. To lift the protection, set deletion_protection = false, apply, and then plan again.`,
    }),
  ];
}
