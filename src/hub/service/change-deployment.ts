import { PatchbayError } from "../../diagnostics";
import {
  formatAttachmentKey,
  formatOwner,
  type ObservedDeployment,
} from "../../model";
import type { DeploymentOperations } from "../hub-api";
import type { NamedDeploymentRow, Rows } from "../store/store";
import type { ConnectionRow } from "../store/tables";
import { alreadyExists, requireName } from "./failures";
import { requireAccount, requireDeployment, requireWorkspace } from "./lookup";
import { connectionKeyOf, observedDeployment } from "./observed";

/** Tables are read as a whole: a deployment is renamed or moved once in a while. */
const ALL = { after: undefined, limit: Number.MAX_SAFE_INTEGER };

/** The rules of `DeploymentOperations.change`. */
export async function changeDeployment(
  rows: Rows,
  { account, name, to }: Parameters<DeploymentOperations["change"]>[0],
): Promise<ObservedDeployment> {
  const accountRow = await requireAccount(rows, account);
  const { workspace_name: from, ...row } = await requireDeployment(
    rows,
    accountRow,
    { name, path: [] },
  );
  requireName(to.name, ["name"]);
  const workspace = await requireWorkspace(rows, accountRow, {
    name: to.workspace,
    path: ["workspace"],
  });
  if (
    to.name !== name &&
    (await rows.deployments.find(row.account_id, to.name))
  )
    throw alreadyExists(`deployment ${to.name} of ${formatOwner(account)}`, [
      "name",
    ]);
  const changed: NamedDeploymentRow = {
    ...row,
    name: to.name,
    workspace_id: workspace.id,
    workspace_name: workspace.name,
  };
  if (workspace.name !== from) await requireAttached(rows, changed);
  await rows.deployments.update({
    ...row,
    name: to.name,
    workspace_id: workspace.id,
  });
  if (to.name !== name) await renameExceptions(rows, changed, name);
  return observedDeployment(account, changed);
}

/** What is linked to it must be available where it goes. */
async function requireAttached(
  rows: Rows,
  deployment: NamedDeploymentRow,
): Promise<void> {
  const { account_id: accountId, workspace_name: workspace } = deployment;
  const links = await rows.links.list({ accountId, owner: undefined }, ALL);
  const missing: string[] = [];
  for (const link of links) {
    if (link.deployment_id !== deployment.id) continue;
    const connection = await rows.connections.find(accountId, link);
    if (
      connection === undefined ||
      connection.deployment_id === deployment.id ||
      connection.workspace_id === deployment.workspace_id ||
      (await rows.attachments.find(connection.id, deployment.workspace_id))
    )
      continue;
    missing.push(
      formatAttachmentKey({ connection: connectionKeyOf(link), workspace }),
    );
  }
  if (missing.length === 0) return;
  throw new PatchbayError({
    code: "attachment_missing",
    path: ["workspace"],
    detail: `The deployment ${deployment.name} cannot move to the workspace ${workspace}: connections that are linked to it are not attached there. Missing: ${missing.join(", ")}. Attach them first; nothing was changed.`,
  });
}

/** Auto-link leaves it out by name. That is no change of what the connection's owner declares, so its token stays. */
async function renameExceptions(
  rows: Rows,
  { account_id: accountId, name }: NamedDeploymentRow,
  before: string,
): Promise<void> {
  const all = await rows.connections.list(
    { accountId, owner: undefined, type: undefined },
    ALL,
  );
  for (const connection of all) {
    const except = exceptionsOf(connection);
    if (!except.includes(before)) continue;
    const renamed = except.map((one) => (one === before ? name : one));
    await rows.connections.update({
      ...connection,
      auto_link_except_json: JSON.stringify([...new Set(renamed)].sort()),
    });
  }
}

function exceptionsOf({
  auto_link_except_json,
}: ConnectionRow): readonly string[] {
  return JSON.parse(auto_link_except_json) as readonly string[];
}
