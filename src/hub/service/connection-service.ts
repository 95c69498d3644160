import { PatchbayError } from "../../diagnostics";
import {
  type Connection,
  formatConnectionKey,
  inUseDetail,
  type ObservedConnection,
} from "../../model";
import type { ConnectionOperations } from "../hub-api";
import type { Rows } from "../store/store";
import type { ConnectionRow } from "../store/tables";
import { amendConnection, type ConnectionAmendment } from "./amend-connection";
import { type HubContext, reading, writing } from "./context";
import { createConnection } from "./create-connection";
import { requireCurrent } from "./failures";
import { once } from "./idempotency";
import { listInAccount } from "./list-in-account";
import { requireConnection, tryConnection } from "./lookup";
import { observedConnection } from "./observed";
import { usageOf } from "./usage";

/** The operations, and one that needs the secrets and so exists in this process only. */
export interface ConnectionService extends ConnectionOperations {
  /** Rejects as `update` does. */
  amend(options: ConnectionAmendment): Promise<ObservedConnection>;
}

export function connectionService(context: HubContext): ConnectionService {
  return {
    list: (options) =>
      listInAccount(context, {
        options,
        list: (rows, filter, slice) =>
          rows.connections.list({ ...filter, type: options.type }, slice),
        keysOf: (row) => [row.owner_kind, row.owner_name, row.name],
        toItem: observedConnection,
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
        requireCurrent(
          `connection ${formatConnectionKey(options.key)}`,
          row,
          options.concurrencyToken,
        );
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
