import { formatLinkKey, type LinkKey } from "../../model";
import type { Account } from "../account";
import type { NamedDeploymentRow, NamedLinkRow, Rows } from "../store/store";
import type { ConnectionRow, LinkRow } from "../store/tables";
import { stale } from "./failures";
import { tryConnection } from "./lookup";
import { concurrencyTokenOf } from "./observed";

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
    owner_kind: connection.owner_kind,
    owner_name: connection.owner_name,
    connection_name: connection.name,
    deployment_name: deployment.name,
  };
}

/** Refuses with `conflict` a write that is based on an older state. */
export function requireCurrent(
  row: LinkRow,
  key: LinkKey,
  concurrencyToken: string | undefined,
): void {
  if (
    concurrencyToken === undefined ||
    concurrencyToken === concurrencyTokenOf(row)
  )
    return;
  throw stale(`link ${formatLinkKey(key)}`);
}
