import { connectionStringOf } from "../../../catalog";
import type { Diagnostic } from "../../../diagnostics";
import {
  type ConnectionStatus,
  isObject,
  KNOWN_AFTER_APPLY,
  type KnownAfterApply,
  objectOf,
  type ObservedConnection,
} from "../../../model";
import type {
  ConnectionBefore,
  DeclaredAccess,
  DeclaredConnection,
  PlannedConnection,
} from "../../../plan";
import type { ProviderContext } from "../../provider-context";
import { connectionSchema } from "../../schema/connection";
import { recordOfSchema } from "../../schema/schema-type";
import type { PrivateState } from "../../state/private-state";
import {
  flagOf,
  knownIn,
  numberOf,
  numbersIn,
  orEmpty,
  textIn,
  textOf,
  textsOf,
  textsToCty,
  textToCty,
  valueOf,
} from "../../state/record";
import { fromValue, toValue, withSpelling } from "../../state/values";
import {
  type CtyRecord,
  type CtyValue,
  isRecord,
  recordOf,
  Unknown,
  UNKNOWN,
} from "../../wire";
import { asItWas } from "../as-it-was";
import { declaredOwner } from "../declared-owner";
import type { PlanRequest } from "../resource";
import { connectionSecrets, declaredSecrets } from "../secret-arguments";

/** Between the records of patchbay_connection and what is planned. */

/** The connection that a configuration declares; numbers that are too precise are faults. */
export function declaredConnection(
  config: CtyRecord,
  context: ProviderContext,
  faults?: Diagnostic[],
): DeclaredConnection {
  return {
    kind: "connection",
    owner: declaredOwner(config, context),
    name: textOf(config, "name") ?? KNOWN_AFTER_APPLY,
    type: textOf(config, "type") ?? KNOWN_AFTER_APPLY,
    description: textOf(config, "description"),
    config: valueOf(config, "config", faults),
    secrets: declaredSecrets(config, connectionSecrets, faults),
    autoLink: flagOf(config, "auto_link"),
    autoLinkExcept: textsOf(config, "auto_link_except"),
    access: accessOf(config),
    parent: textOf(config, "parent"),
    verify: textOf(config, "verify"),
    deletionProtection: flagOf(config, "deletion_protection"),
  };
}

/** The connection as a state has it. */
export function connectionBefore(
  state: CtyRecord,
  { concurrencyToken }: PrivateState,
): ConnectionBefore {
  const access = knownIn(accessOf(state));
  return {
    kind: "connection",
    id: textIn(state, "id"),
    owner: textIn(state, "owner"),
    name: textIn(state, "name"),
    type: textIn(state, "type"),
    platformId: textIn(state, "platform_id"),
    description: textIn(state, "description"),
    config: valueOf(state, "config"),
    autoLink: knownIn(flagOf(state, "auto_link")),
    autoLinkExcept: knownIn(textsOf(state, "auto_link_except")),
    access: access && {
      view: knownIn(access.view),
      use: knownIn(access.use),
      edit: knownIn(access.edit),
    },
    parent: textIn(state, "parent"),
    status: textIn(state, "status") as ConnectionStatus | undefined,
    statusMessage: textIn(state, "status_message"),
    secrets: {
      fields: knownIn(textsOf(state, "secret_fields")),
      revision: numberOf(state, connectionSecrets.revision) ?? 0,
      revisions: numbersIn(state, connectionSecrets.revisions),
    },
    ours: {
      verify: textIn(state, "verify"),
      deletionProtection: knownIn(flagOf(state, "deletion_protection")),
    },
    concurrencyToken,
  };
}

function accessOf(
  record: CtyRecord,
): DeclaredAccess | undefined | KnownAfterApply {
  const access = record["access"] ?? null;
  if (access instanceof Unknown) return KNOWN_AFTER_APPLY;
  if (!isRecord(access)) return undefined;
  return {
    view: textsOf(access, "view"),
    use: textsOf(access, "use"),
    edit: textsOf(access, "edit"),
  };
}

/** The attributes that a platform decides, as it shows them. */
export function computedAttributes(
  observed: ObservedConnection,
): Readonly<Record<string, CtyValue>> {
  return {
    platform_id: observed.platformId,
    status: observed.status,
    status_message: observed.statusMessage ?? null,
    secret_fields: observed.secretFields ?? [],
  };
}

/** An empty list where one is there, else null. */
function emptyIn(prior: CtyRecord | null, name: string): CtyValue {
  const value = prior?.[name];
  return Array.isArray(value) && value.length === 0 ? value : null;
}

/** The planned state: the arguments as they are written, and what follows from them. */
export function plannedConnectionRecord(
  planned: PlannedConnection,
  { prior, config }: PlanRequest,
  context: ProviderContext,
): CtyRecord {
  const kept = (name: string): CtyValue =>
    prior === null ? UNKNOWN : (prior[name] ?? null);
  const { type, secrets } = planned;
  const record = recordOfSchema(connectionSchema, {
    ...config,
    secrets_wo: null,
    id: textToCty(planned.id),
    owner: textToCty(planned.owner),
    // Both mean none: what is left out stays as it is spelled, and more than that is taken away.
    description:
      config["description"] ?? (prior?.["description"] === "" ? "" : null),
    auto_link_except:
      config["auto_link_except"] ?? emptyIn(prior, "auto_link_except"),
    access: config["access"] ?? prior?.["access"] ?? null,
    parent: config["parent"] ?? prior?.["parent"] ?? null,
    auto_link: config["auto_link"] ?? false,
    platform_id: kept("platform_id"),
    status: kept("status"),
    status_message: kept("status_message"),
    connection_string: textToCty(planned.connectionString),
    secret_fields: textsToCty(secrets.fields),
    secrets_revision: fromValue(secrets.revision),
    secret_revisions: fromValue(planned.secretRevisions ?? null),
  });
  return asItWas(
    {
      schema: connectionSchema,
      prior,
      planned: record,
      argument: "config",
      following: ["connection_string"],
      type: typeof type === "string" ? type : undefined,
    },
    context,
  );
}

/** The whole state of a connection that exists, its fields spelled as the state before did. */
export function connectionRecord(
  connection: ConnectionBefore,
  before: CtyRecord,
): CtyRecord {
  const { type = "", access, secrets, ours } = connection;
  const observed = connection.config;
  const config = withSpelling({
    type,
    observed: isObject(observed) ? observed : objectOf([]),
    written: before["config"] ?? null,
  });
  return recordOfSchema(connectionSchema, {
    id: textToCty(connection.id),
    name: textToCty(connection.name),
    type,
    owner: textToCty(connection.owner),
    description: textToCty(connection.description),
    config,
    secrets: before["secrets"] ?? null,
    secrets_version: before["secrets_version"] ?? null,
    auto_link: connection.autoLink ?? null,
    auto_link_except: connection.autoLinkExcept ?? null,
    access:
      access === undefined
        ? null
        : recordOf([
            ["view", access.view ?? null],
            ["use", access.use ?? null],
            ["edit", access.edit ?? null],
          ]),
    parent: textToCty(connection.parent),
    verify: ours?.verify ?? null,
    deletion_protection: ours?.deletionProtection ?? null,
    platform_id: textToCty(connection.platformId),
    status: textToCty(connection.status),
    status_message: textToCty(connection.statusMessage),
    connection_string: textToCty(
      connectionStringOf(type, orEmpty(toValue(config))),
    ),
    secret_fields: secrets.fields ?? [],
    secrets_revision: secrets.revision,
    secret_revisions: fromValue(secrets.revisions ?? null),
  });
}
