import { Secret } from "../../diagnostics";
import {
  type Connection,
  type ConnectionKey,
  formatConnectionKey,
  leafPaths,
  objectOf,
  type ObservedConnection,
} from "../../model";
import type { KeyedWrite } from "../hub-api";
import type { Rows } from "../store/store";
import type { ConnectionRow } from "../store/tables";
import { requireSameIdentity, requireValid } from "./connection-checks";
import { declaredColumns } from "./connection-columns";
import { type HubContext, writing } from "./context";
import { alreadyExists, requireCurrent } from "./failures";
import { requireConnection } from "./lookup";
import { normalizedConnection } from "./normalized-connection";
import { observedConnection } from "./observed";
import { sealFields, unsealFields } from "./sealed-fields";

/** An update that is made from what is there, secrets included, while nobody else writes. */
export interface ConnectionAmendment extends KeyedWrite<ConnectionKey> {
  readonly amend: (current: Connection) => Connection;
}

/** Carries it out, or rejects as `update` does. */
export function amendConnection(
  context: HubContext,
  options: ConnectionAmendment,
): Promise<ObservedConnection> {
  return writing(context, options, async (rows) => {
    const row = await requireConnection(rows, options.account, options.key);
    requireCurrent(
      `connection ${formatConnectionKey(options.key)}`,
      row,
      options.concurrencyToken,
    );
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
