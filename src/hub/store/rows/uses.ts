import type { Kysely } from "kysely";
import { escapeName } from "../../../model";
import type { Uses } from "../store";
import type { Tables } from "../tables";

/** As many names as a message can usefully list. */
const LISTED_USES = 10;

const noUses: Uses = {
  workspaces: [],
  deployments: [],
  connections: [],
  attachments: [],
  links: [],
};

/** The uses that were found; the kinds that are left out have none. */
export function usesOf(found: Partial<Uses>): Uses {
  return { ...noUses, ...found };
}

/** Names of connections whose column holds the id. */
export async function connectionsWhere(
  database: Kysely<Tables>,
  column: "account_id" | "workspace_id" | "deployment_id",
  id: string,
): Promise<readonly string[]> {
  const rows = await database
    .selectFrom("connection")
    .select(["owner_kind", "owner_name", "name"])
    .where(column, "=", id)
    .orderBy("name")
    .limit(LISTED_USES)
    .execute();
  return rows.map((row) => connectionIn(row));
}

/** Names of deployments whose column holds the id. */
export async function deploymentsWhere(
  database: Kysely<Tables>,
  column: "account_id" | "workspace_id",
  id: string,
): Promise<readonly string[]> {
  const rows = await database
    .selectFrom("deployment")
    .select("name")
    .where(column, "=", id)
    .orderBy("name")
    .limit(LISTED_USES)
    .execute();
  return rows.map((row) => row.name);
}

/** Names of workspaces of the account. */
export async function workspacesOf(
  database: Kysely<Tables>,
  accountId: string,
): Promise<readonly string[]> {
  const rows = await database
    .selectFrom("workspace")
    .select("name")
    .where("account_id", "=", accountId)
    .orderBy("name")
    .limit(LISTED_USES)
    .execute();
  return rows.map((row) => row.name);
}

/** Names of connections that are attached to the workspace. */
export async function connectionsAttachedTo(
  database: Kysely<Tables>,
  workspaceId: string,
): Promise<readonly string[]> {
  const rows = await database
    .selectFrom("attachment")
    .innerJoin("connection", "connection.id", "attachment.connection_id")
    .select([
      "connection.owner_kind",
      "connection.owner_name",
      "connection.name",
    ])
    .where("attachment.workspace_id", "=", workspaceId)
    .orderBy("connection.name")
    .limit(LISTED_USES)
    .execute();
  return rows.map((row) => connectionIn(row));
}

/** Names of connections that are linked to the deployment. */
export async function connectionsLinkedTo(
  database: Kysely<Tables>,
  deploymentId: string,
): Promise<readonly string[]> {
  const rows = await database
    .selectFrom("link")
    .innerJoin("connection", "connection.id", "link.connection_id")
    .select([
      "connection.owner_kind",
      "connection.owner_name",
      "connection.name",
    ])
    .where("link.deployment_id", "=", deploymentId)
    .orderBy("connection.name")
    .limit(LISTED_USES)
    .execute();
  return rows.map((row) => connectionIn(row));
}

function connectionIn(row: {
  readonly owner_kind: string;
  readonly owner_name: string;
  readonly name: string;
}): string {
  return `${row.owner_kind}/${escapeName(row.owner_name)}/${escapeName(row.name)}`;
}
