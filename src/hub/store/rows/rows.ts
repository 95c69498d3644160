import type { Kysely } from "kysely";
import type { Rows } from "../store";
import type { Tables } from "../tables";
import { accountRows } from "./account-rows";
import { attachmentRows } from "./attachment-rows";
import { connectionRows } from "./connection-rows";
import { deploymentRows } from "./deployment-rows";
import { idempotencyRows } from "./idempotency-rows";
import { linkRows } from "./link-rows";
import { metadataRows } from "./metadata-rows";
import { tokenRows } from "./token-rows";
import { workspaceRows } from "./workspace-rows";

/** The questions of the store's contract, each as one SQL statement. */
export function rowsOf(database: Kysely<Tables>): Rows {
  return {
    metadata: metadataRows(database),
    accounts: accountRows(database),
    workspaces: workspaceRows(database),
    deployments: deploymentRows(database),
    connections: connectionRows(database),
    attachments: attachmentRows(database),
    links: linkRows(database),
    tokens: tokenRows(database),
    idempotency: idempotencyRows(database),
  };
}
