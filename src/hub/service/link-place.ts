import type { LinkKey } from "../../model";
import type { Account } from "../account";
import type { NamedDeploymentRow, NamedLinkRow, Rows } from "../store/store";
import type { ConnectionRow, LinkRow } from "../store/tables";
import { connectionNameOf, tryConnection } from "./lookup";

/** What a link joins. */
export interface LinkPlace {
  readonly connection: ConnectionRow;
  readonly deployment: NamedDeploymentRow;
}

export interface FoundLink extends LinkPlace {
  readonly row: LinkRow;
}

export async function tryLink(
  rows: Rows,
  account: Account,
  key: LinkKey,
): Promise<FoundLink | undefined> {
  const connection = await tryConnection(rows, account, key.connection);
  if (connection === undefined) return undefined;
  const deployment = await rows.deployments.find(
    connection.account_id,
    key.deployment,
  );
  const row =
    deployment && (await rows.links.find(connection.id, deployment.id));
  return row && { row, connection, deployment };
}

/** The row with the names in its key. */
export function named(
  row: LinkRow,
  { connection, deployment }: LinkPlace,
): NamedLinkRow {
  return {
    ...row,
    ...connectionNameOf(connection),
    deployment_name: deployment.name,
  };
}
