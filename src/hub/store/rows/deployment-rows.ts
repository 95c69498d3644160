import type { Kysely } from "kysely";
import type { DeploymentRows } from "../store";
import type { Tables } from "../tables";
import { connectionsLinkedTo, connectionsWhere, usesOf } from "./uses";

export function deploymentRows(database: Kysely<Tables>): DeploymentRows {
  const named = database
    .selectFrom("deployment")
    .innerJoin("workspace", "workspace.id", "deployment.workspace_id")
    .selectAll("deployment")
    .select("workspace.name as workspace_name");
  return {
    find(accountId, name) {
      return named
        .where("deployment.account_id", "=", accountId)
        .where("deployment.name", "=", name)
        .executeTakeFirst();
    },
    list(accountId, { after, limit }) {
      return named
        .where("deployment.account_id", "=", accountId)
        .$if(after !== undefined, (query) =>
          query.where("deployment.name", ">", after?.[0] ?? ""),
        )
        .orderBy("deployment.name")
        .limit(limit)
        .execute();
    },
    async listIn(workspaceIds) {
      if (workspaceIds.length === 0) return [];
      return named
        .where("deployment.workspace_id", "in", workspaceIds)
        .orderBy("deployment.name")
        .execute();
    },
    listOfConnection(connectionId) {
      return named
        .innerJoin(
          "connection",
          "connection.account_id",
          "deployment.account_id",
        )
        .where("connection.id", "=", connectionId)
        .where((condition) =>
          condition.or([
            condition(
              "deployment.id",
              "=",
              condition.ref("connection.deployment_id"),
            ),
            condition.exists(
              condition
                .selectFrom("link")
                .select("link.id")
                .where("link.connection_id", "=", connectionId)
                .whereRef("link.deployment_id", "=", "deployment.id"),
            ),
            condition.and([
              condition("connection.auto_link", "=", 1),
              condition.or([
                condition(
                  "deployment.workspace_id",
                  "=",
                  condition.ref("connection.workspace_id"),
                ),
                condition.exists(
                  condition
                    .selectFrom("attachment")
                    .select("attachment.id")
                    .where("attachment.connection_id", "=", connectionId)
                    .whereRef(
                      "attachment.workspace_id",
                      "=",
                      "deployment.workspace_id",
                    ),
                ),
              ]),
            ]),
          ]),
        )
        .orderBy("deployment.name")
        .execute();
    },
    async insert(row) {
      await database.insertInto("deployment").values(row).execute();
    },
    async update(row) {
      await database
        .updateTable("deployment")
        .set(row)
        .where("id", "=", row.id)
        .execute();
      await database
        .updateTable("connection")
        .set({ owner_name: row.name })
        .where("deployment_id", "=", row.id)
        .execute();
    },
    async remove(id) {
      await database.deleteFrom("deployment").where("id", "=", id).execute();
    },
    async uses(id) {
      return usesOf({
        connections: await connectionsWhere(database, "deployment_id", id),
        links: await connectionsLinkedTo(database, id),
      });
    },
  };
}
