import { formatConnectionKey, type ConnectionKey } from "./key";

/** Where a connection is used, and how each place got it. */
export interface ConnectionUsage {
  readonly workspaces: readonly WorkspaceUsage[];
  readonly deployments: readonly DeploymentUsage[];
}

export interface WorkspaceUsage {
  readonly workspace: string;
  /** `owner`: the connection belongs to the workspace itself. */
  readonly through: "owner" | "attachment";
}

export interface DeploymentUsage {
  readonly deployment: string;
  readonly workspace: string;
  /** `owner`: the connection belongs to the deployment itself. */
  readonly through: "owner" | "link" | "auto_link";
}

/** `workspace analytics (attachment), deployment prod (link)`: for the message that refuses a deletion. */
export function formatUsage(usage: ConnectionUsage): string {
  return [
    ...usage.workspaces.map(
      ({ workspace, through }) => `workspace ${workspace} (${through})`,
    ),
    ...usage.deployments.map(
      ({ deployment, through }) => `deployment ${deployment} (${through})`,
    ),
  ].join(", ");
}

/** The words for a refused deletion, the same on every platform. */
export function inUseDetail(
  key: ConnectionKey,
  usage: ConnectionUsage,
): string {
  return `The connection ${formatConnectionKey(key)} is used by: ${formatUsage(usage)}. Remove these attachments and links first, where they are declared. The connection was not deleted.`;
}
