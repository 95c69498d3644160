import type { ConnectionKey, Owner } from "../../model";
import { type Account, isAccount } from "../account";

/** Where everything is under the hub's address, by natural key. */
export const ACCOUNTS_PATH = "/v1/accounts";
export const TOKENS_PATH = "/v1/tokens";

/** `/v1/organizations/acme`, `/v1/users/jane` */
export function accountPath({ kind, name }: Account): string {
  return `/v1/${kind}s/${encodeURIComponent(name)}`;
}

export function workspacesPath(account: Account): string {
  return `${accountPath(account)}/workspaces`;
}

export function workspacePath(account: Account, name: string): string {
  return `${workspacesPath(account)}/${encodeURIComponent(name)}`;
}

export function deploymentsPath(account: Account): string {
  return `${accountPath(account)}/deployments`;
}

export function deploymentPath(account: Account, name: string): string {
  return `${deploymentsPath(account)}/${encodeURIComponent(name)}`;
}

/** With a deployment's own token the answer holds the secrets. */
export function effectiveConnectionsPath(
  account: Account,
  deployment: string,
): string {
  return `${deploymentPath(account, deployment)}/effective-connections`;
}

/** The connections of one owner: of the account itself, of a workspace, or of a deployment. */
export function connectionsPath(account: Account, owner: Owner): string {
  return `${ownerPath(account, owner)}/connections`;
}

/** The connections of the account and of everything in it. */
export function allConnectionsPath(account: Account): string {
  return `${accountPath(account)}/all-connections`;
}

export function connectionPath(account: Account, key: ConnectionKey): string {
  return `${connectionsPath(account, key.owner)}/${encodeURIComponent(key.name)}`;
}

export function usagePath(account: Account, key: ConnectionKey): string {
  return `${connectionPath(account, key)}/usage`;
}

export function statusPath(account: Account, key: ConnectionKey): string {
  return `${connectionPath(account, key)}/status`;
}

/** Listing (of one owner's connections with `?owner=workspace/analytics`) and creating. */
export function attachmentsPath(account: Account): string {
  return `${accountPath(account)}/attachments`;
}

export interface AttachmentPlace {
  readonly connection: ConnectionKey;
  readonly workspace: string;
}

export function attachmentPath(
  account: Account,
  { connection, workspace }: AttachmentPlace,
): string {
  return `${connectionPath(account, connection)}/attachments/${encodeURIComponent(workspace)}`;
}

/** Listing (of one owner's connections with `?owner=workspace/analytics`) and creating. */
export function linksPath(account: Account): string {
  return `${accountPath(account)}/links`;
}

export interface LinkPlace {
  readonly connection: ConnectionKey;
  readonly deployment: string;
}

export function linkPath(
  account: Account,
  { connection, deployment }: LinkPlace,
): string {
  return `${connectionPath(account, connection)}/links/${encodeURIComponent(deployment)}`;
}

export function tokenPath(platformId: string): string {
  return `${TOKENS_PATH}/${encodeURIComponent(platformId)}`;
}

function ownerPath(account: Account, owner: Owner): string {
  if (owner.kind === "workspace") return workspacePath(account, owner.name);
  if (owner.kind === "deployment") return deploymentPath(account, owner.name);
  return accountPath(isAccount(owner) ? owner : account);
}
