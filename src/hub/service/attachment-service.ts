import { errorDiagnostic, PatchbayError } from "../../diagnostics";
import { type AttachmentKey, formatAttachmentKey } from "../../model";
import type { Account } from "../account";
import type { AttachmentOperations } from "../hub-api";
import type { NamedAttachmentRow, Rows } from "../store/store";
import type {
  AttachmentRow,
  ConnectionRow,
  WorkspaceRow,
} from "../store/tables";
import { type HubContext, reading, writing } from "./context";
import { alreadyExists } from "./failures";
import { once } from "./idempotency";
import { listInAccount } from "./list-in-account";
import {
  connectionNameOf,
  ensureAccount,
  requireConnection,
  requireWorkspace,
  tryConnection,
} from "./lookup";
import { observedAttachment } from "./observed";

export function attachmentService(context: HubContext): AttachmentOperations {
  return {
    list: (options) =>
      listInAccount(context, {
        options,
        list: (rows, filter, slice) => rows.attachments.list(filter, slice),
        keysOf: (row) => [
          row.owner_kind,
          row.owner_name,
          row.connection_name,
          row.workspace_name,
        ],
        toItem: observedAttachment,
      }),
    tryFind: (options) =>
      reading(context, options, async (rows) => {
        const row = await tryAttachment(rows, options.account, options.key);
        return row && observedAttachment(row);
      }),
    create: (options) =>
      writing(context, options, (rows) =>
        once(context, rows, {
          operation: "attachment",
          options,
          request: { key: formatAttachmentKey(options.attachment) },
          create: () => createAttachment(context, rows, options),
        }),
      ),
    delete: (options) =>
      writing(context, options, async (rows) => {
        const row = await tryAttachment(rows, options.account, options.key);
        if (row === undefined) return;
        await requireNoLinkThrough(rows, row, options.key);
        await rows.attachments.remove(row.id);
      }),
  };
}

async function createAttachment(
  context: HubContext,
  rows: Rows,
  { account, attachment }: Parameters<AttachmentOperations["create"]>[0],
) {
  const accountRow = await ensureAccount(context, rows, account);
  const connection = await requireConnection(
    rows,
    account,
    attachment.connection,
  );
  const workspace = await requireWorkspace(rows, accountRow, {
    name: attachment.workspace,
    path: ["workspace"],
  });
  if (await rows.attachments.find(connection.id, workspace.id)) {
    throw alreadyExists(`attachment ${formatAttachmentKey(attachment)}`, []);
  }
  const row: AttachmentRow = {
    id: `att_${context.ids()}`,
    account_id: accountRow.id,
    connection_id: connection.id,
    workspace_id: workspace.id,
  };
  await rows.attachments.insert(row);
  return observedAttachment(named(row, connection, workspace));
}

async function tryAttachment(
  rows: Rows,
  account: Account,
  key: AttachmentKey,
): Promise<NamedAttachmentRow | undefined> {
  const connection = await tryConnection(rows, account, key.connection);
  if (connection === undefined) return undefined;
  const workspace = await rows.workspaces.find(
    connection.account_id,
    key.workspace,
  );
  const row =
    workspace && (await rows.attachments.find(connection.id, workspace.id));
  return row && named(row, connection, workspace);
}

function named(
  row: AttachmentRow,
  connection: ConnectionRow,
  workspace: WorkspaceRow,
): NamedAttachmentRow {
  return {
    ...row,
    ...connectionNameOf(connection),
    workspace_name: workspace.name,
  };
}

/** A link that needs the attachment keeps it, unless the connection is the workspace's or the deployment's own. */
async function requireNoLinkThrough(
  rows: Rows,
  row: NamedAttachmentRow,
  key: AttachmentKey,
): Promise<void> {
  if (row.owner_kind === "workspace" && row.owner_name === row.workspace_name)
    return;
  const inWorkspace = await rows.deployments.listIn([row.workspace_id]);
  const names = new Map(
    inWorkspace.map((deployment) => [deployment.id, deployment.name]),
  );
  const linked = (await rows.links.listOf(row.connection_id))
    .map((link) => names.get(link.deployment_id))
    .filter((name) => name !== undefined)
    .filter(
      (name) => !(row.owner_kind === "deployment" && row.owner_name === name),
    );
  if (linked.length === 0) return;
  throw new PatchbayError([
    errorDiagnostic({
      code: "in_use",
      detail: `The attachment ${formatAttachmentKey(key)} is used by links to these deployments: ${linked.join(", ")}. Remove these links first; it was not deleted.`,
    }),
  ]);
}
