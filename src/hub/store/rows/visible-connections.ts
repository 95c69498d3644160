import { type Kysely, sql, type SqlBool } from "kysely";
import type { Slice, VisibleConnectionRow } from "../store";
import type { DeploymentRow, Tables } from "../tables";
import { behind } from "./behind";

const keyColumns = [
  "connection.owner_kind",
  "connection.owner_name",
  "connection.name",
];

/** The connections that a deployment owns, is linked to, or is auto-linked to, with their links. */
export async function visibleConnections(
  database: Kysely<Tables>,
  deployment: DeploymentRow,
  { after, limit }: Slice,
): Promise<readonly VisibleConnectionRow[]> {
  let query = database
    .selectFrom("connection")
    .leftJoin("link", (join) =>
      join
        .onRef("link.connection_id", "=", "connection.id")
        .on("link.deployment_id", "=", deployment.id),
    )
    .selectAll("connection")
    .select([
      "link.id as link_id",
      "link.account_id as link_account_id",
      "link.connection_id as link_connection_id",
      "link.deployment_id as link_deployment_id",
      "link.overrides_json as link_overrides_json",
      "link.sealed_secrets as link_sealed_secrets",
      "link.secret_fields_json as link_secret_fields_json",
      "link.secrets_version as link_secrets_version",
      "link.version as link_version",
    ])
    .where("connection.account_id", "=", deployment.account_id)
    .where((condition) =>
      condition.or([
        condition("connection.deployment_id", "=", deployment.id),
        condition("link.id", "is not", null),
        condition.and([
          condition("connection.auto_link", "=", 1),
          notExcepted(deployment.name),
          condition.or([
            condition("connection.workspace_id", "=", deployment.workspace_id),
            condition.exists(
              condition
                .selectFrom("attachment")
                .select("attachment.id")
                .whereRef("attachment.connection_id", "=", "connection.id")
                .where("attachment.workspace_id", "=", deployment.workspace_id),
            ),
          ]),
        ]),
      ]),
    );
  if (after !== undefined) query = query.where(behind(keyColumns, after));
  const rows = await query
    .orderBy("connection.owner_kind")
    .orderBy("connection.owner_name")
    .orderBy("connection.name")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    connection: row,
    owned: row.deployment_id === deployment.id,
    link:
      row.link_id === null
        ? undefined
        : {
            id: row.link_id,
            account_id: row.link_account_id!,
            connection_id: row.link_connection_id!,
            deployment_id: row.link_deployment_id!,
            overrides_json: row.link_overrides_json!,
            sealed_secrets: row.link_sealed_secrets,
            secret_fields_json: row.link_secret_fields_json!,
            secrets_version: row.link_secrets_version!,
            version: row.link_version!,
          },
  }));
}

function notExcepted(deployment: string) {
  return sql<SqlBool>`not exists (select 1 from json_each(connection.auto_link_except_json) as excepted where excepted.value = ${deployment})`;
}
