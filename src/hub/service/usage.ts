import type {
  ConnectionUsage,
  DeploymentUsage,
  WorkspaceUsage,
} from "../../model";
import type { Rows } from "../store/store";
import type { ConnectionRow } from "../store/tables";

/** Where a connection is used, and how each place got it. Sorted by name. */
export async function usageOf(
  rows: Rows,
  connection: ConnectionRow,
): Promise<ConnectionUsage> {
  const attachments = await rows.attachments.listOf(connection.id);
  const links = await rows.links.listOf(connection.id);

  const workspaces: WorkspaceUsage[] = attachments.map((attachment) => ({
    workspace: attachment.workspace_name,
    through: "attachment",
  }));
  if (connection.owner_kind === "workspace") {
    workspaces.push({ workspace: connection.owner_name, through: "owner" });
  }

  const linked = new Set(links.map((link) => link.deployment_id));
  const excepted = new Set(
    JSON.parse(connection.auto_link_except_json) as readonly string[],
  );
  const deployments: DeploymentUsage[] = [];
  for (const deployment of await rows.deployments.listOfConnection(
    connection.id,
  )) {
    const { id, name, workspace_name: workspace } = deployment;
    if (linked.has(id))
      deployments.push({ deployment: name, workspace, through: "link" });
    else if (id === connection.deployment_id)
      deployments.push({ deployment: name, workspace, through: "owner" });
    else if (!excepted.has(name))
      deployments.push({ deployment: name, workspace, through: "auto_link" });
  }
  return { workspaces: workspaces.sort(byWorkspace), deployments };
}

function byWorkspace(left: WorkspaceUsage, right: WorkspaceUsage): number {
  return left.workspace < right.workspace
    ? -1
    : left.workspace > right.workspace
      ? 1
      : 0;
}
