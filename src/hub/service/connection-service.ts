import {
  formatConnectionKey,
  inUseDetail,
  leafPaths,
  objectOf,
} from "../../model";
import type {
  Connection,
  ConnectionKey,
  ObservedConnection,
} from "../../model";
import { PatchbayError, Secret } from "../../diagnostics";
import type { ConnectionOperations, KeyedWrite } from "../hub-api";
import type { Rows } from "../store/store";
import type { ConnectionRow } from "../store/tables";
import { requireSameIdentity, requireValid } from "./connection-checks";
import { type HubContext, reading, writing } from "./context";
import { alreadyExists, stale } from "./failures";
import { once } from "./idempotency";
import {
  ensureAccount,
  requireConnection,
  requireDeployment,
  requireWorkspace,
  storedOwner,
  tryAccount,
  tryConnection,
} from "./lookup";
import { normalizedConnection } from "./normalized-connection";
import { concurrencyTokenOf, observedConnection } from "./observed";
import { pageOf } from "./paging";
import { noSealedFields, sealFields, unsealFields } from "./sealed-fields";
import { usageOf } from "./usage";

/** An update that is made from what is there, secrets included, while nobody else writes. */
export interface ConnectionAmendment extends KeyedWrite<ConnectionKey> {
  readonly amend: (current: Connection) => Connection;
}

/** The operations, and one that needs the secrets and so exists in this process only. */
export interface ConnectionService extends ConnectionOperations {
  /** Rejects as `update` does. */
  amend(options: ConnectionAmendment): Promise<ObservedConnection>;
}

export function connectionService(context: HubContext): ConnectionService {
  return {
    list: (options) =>
      reading(context, options, async (rows) => {
        const account = await tryAccount(rows, options.account);
        const owner =
          options.owner && storedOwner(options.account, options.owner);
        return pageOf({
          options,
          list: async (slice) =>
            account
              ? rows.connections.list(
                  { accountId: account.id, owner, type: options.type },
                  slice,
                )
              : [],
          keysOf: (row) => [row.owner_kind, row.owner_name, row.name],
          toItem: observedConnection,
        });
      }),
    tryFind: (options) =>
      reading(context, options, async (rows) => {
        const row = await tryConnection(rows, options.account, options.key);
        return row && observedConnection(row);
      }),
    create: (options) =>
      writing(context, options, (rows) => {
        const { secrets, ...plain } = options.connection;
        return once(context, rows, {
          operation: "connection",
          options,
          request: { ...requestOf(plain), secrets: secrets?.reveal() ?? null },
          create: () => createConnection(context, rows, options),
        });
      }),
    update: (options) => {
      const { connection } = options;
      return amendConnection(context, {
        ...options,
        amend: (current) => ({
          ...connection,
          secrets: connection.secrets ?? current.secrets,
          access: connection.access ?? current.access,
        }),
      });
    },
    amend: (options) => amendConnection(context, options),
    delete: (options) =>
      writing(context, options, async (rows) => {
        const row = await tryConnection(rows, options.account, options.key);
        if (row === undefined) return;
        requireCurrent(row, options.concurrencyToken);
        await requireNotUsed(rows, row);
        await rows.connections.remove(row.id);
      }),
    usage: (options) =>
      reading(context, options, async (rows) =>
        usageOf(
          rows,
          await requireConnection(rows, options.account, options.key),
        ),
      ),
    setStatus: (options) =>
      writing(context, options, async (rows) => {
        const row = await requireConnection(rows, options.account, options.key);
        const changed = {
          ...row,
          status: options.status,
          status_message: options.message ?? null,
        };
        await rows.connections.update(changed);
        return observedConnection(changed);
      }),
  };
}

function amendConnection(
  context: HubContext,
  options: ConnectionAmendment,
): Promise<ObservedConnection> {
  return writing(context, options, async (rows) => {
    const row = await requireConnection(rows, options.account, options.key);
    requireCurrent(row, options.concurrencyToken);
    const current: Connection = {
      ...observedConnection(row),
      secrets: new Secret(unsealFields(context, row.id, row)),
    };
    const connection = normalizedConnection(options.amend(current));
    requireSameIdentity(row, connection);
    const secrets = connection.secrets ?? new Secret(objectOf<never>([]));
    requireValid({ connection, secrets: secrets.reveal() });
    if (connection.name !== row.name)
      await requireFreeName(rows, row, connection.name);
    const changed: ConnectionRow = {
      ...row,
      ...declaredColumns(connection),
      ...sealFields(context, {
        id: row.id,
        before: row,
        secrets,
        fieldsOf: leafPaths,
      }),
      version: row.version + 1,
    };
    await rows.connections.update(changed);
    return observedConnection(changed);
  });
}

async function createConnection(
  context: HubContext,
  rows: Rows,
  {
    account,
    connection: declared,
  }: Parameters<ConnectionOperations["create"]>[0],
) {
  const owner = storedOwner(account, declared.owner);
  const connection = normalizedConnection(declared);
  requireValid({
    connection,
    secrets: connection.secrets?.reveal() ?? objectOf([]),
  });
  const accountRow = await ensureAccount(context, rows, account);
  const ownerPlace = { name: owner.owner_name, path: ["owner"] };
  const workspace =
    owner.owner_kind === "workspace"
      ? await requireWorkspace(rows, accountRow, ownerPlace)
      : undefined;
  const deployment =
    owner.owner_kind === "deployment"
      ? await requireDeployment(rows, accountRow, ownerPlace)
      : undefined;
  if (
    await rows.connections.find(accountRow.id, {
      ...owner,
      connection_name: connection.name,
    })
  ) {
    throw alreadyExists(`connection ${formatConnectionKey(connection)}`, [
      "name",
    ]);
  }
  const id = `conn_${context.ids()}`;
  const row: ConnectionRow = {
    id,
    account_id: accountRow.id,
    ...owner,
    workspace_id: workspace?.id ?? null,
    deployment_id: deployment?.id ?? null,
    type: connection.type,
    ...declaredColumns(connection),
    ...sealFields(context, {
      id,
      before: noSealedFields,
      secrets: connection.secrets,
      fieldsOf: leafPaths,
    }),
    status: "unknown",
    status_message: null,
    version: 1,
  };
  await rows.connections.insert(row);
  return observedConnection(row);
}

function declaredColumns({
  access,
  name,
  description,
  config,
  autoLink,
  autoLinkExcept,
}: Connection) {
  return {
    name,
    description: description ?? null,
    access_json: access ? JSON.stringify(access) : null,
    config_json: JSON.stringify(config),
    auto_link: autoLink === true ? 1 : 0,
    auto_link_except_json: JSON.stringify([...new Set(autoLinkExcept)].sort()),
  };
}

function requestOf({
  owner,
  name,
  type,
  description,
  config,
  autoLink,
  autoLinkExcept,
  access,
}: Connection) {
  return {
    owner: { ...owner },
    name,
    type,
    description: description ?? null,
    config,
    autoLink: autoLink ?? null,
    autoLinkExcept: autoLinkExcept ?? null,
    access: access
      ? [access.view ?? null, access.use ?? null, access.edit ?? null]
      : null,
  };
}

function requireCurrent(
  row: ConnectionRow,
  concurrencyToken: string | undefined,
): void {
  if (
    concurrencyToken === undefined ||
    concurrencyToken === concurrencyTokenOf(row)
  )
    return;
  throw stale(`connection ${nameOf(row)}`);
}

async function requireFreeName(
  rows: Rows,
  row: ConnectionRow,
  name: string,
): Promise<void> {
  const { account_id, owner_kind, owner_name } = row;
  if (
    await rows.connections.find(account_id, {
      owner_kind,
      owner_name,
      connection_name: name,
    })
  ) {
    throw alreadyExists(`connection ${owner_kind}/${owner_name}/${name}`, [
      "name",
    ]);
  }
}

/** What somebody declared keeps a connection; what follows from owning it or from auto-link does not. */
async function requireNotUsed(rows: Rows, row: ConnectionRow): Promise<void> {
  const { workspaces, deployments } = await usageOf(rows, row);
  const declared = {
    workspaces: workspaces.filter(({ through }) => through === "attachment"),
    deployments: deployments.filter(({ through }) => through === "link"),
  };
  if (declared.workspaces.length + declared.deployments.length === 0) return;
  const key = {
    owner: { kind: row.owner_kind, name: row.owner_name },
    name: row.name,
  };
  throw new PatchbayError({
    code: "in_use",
    detail: inUseDetail(key, declared),
  });
}

function nameOf({ owner_kind, owner_name, name }: ConnectionRow): string {
  return `${owner_kind}/${owner_name}/${name}`;
}
