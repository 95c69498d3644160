import {
  formatConnectionKey,
  leafPaths,
  objectOf,
  type ObservedConnection,
} from "../../model";
import type { ConnectionOperations } from "../hub-api";
import type { Rows } from "../store/store";
import type { ConnectionRow } from "../store/tables";
import { requireValid } from "./connection-checks";
import { declaredColumns } from "./connection-columns";
import type { HubContext } from "./context";
import { alreadyExists } from "./failures";
import {
  ensureAccount,
  requireDeployment,
  requireWorkspace,
  storedOwner,
} from "./lookup";
import { normalizedConnection } from "./normalized-connection";
import { observedConnection } from "./observed";
import { noSealedFields, sealFields } from "./sealed-fields";

/** The rules of `ConnectionOperations.create`. */
export async function createConnection(
  context: HubContext,
  rows: Rows,
  {
    account,
    connection: declared,
  }: Parameters<ConnectionOperations["create"]>[0],
): Promise<ObservedConnection> {
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
