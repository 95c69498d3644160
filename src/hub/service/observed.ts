import {
  type Access,
  type ConnectionKey,
  type ConnectionStatus,
  type JsonObject,
  type ObservedAttachment,
  type ObservedConnection,
  type ObservedDeployment,
  type ObservedLink,
  type ObservedWorkspace,
} from "../../model";
import type { Account, ObservedAccount } from "../account";
import type {
  ConnectionName,
  NamedAttachmentRow,
  NamedDeploymentRow,
  NamedLinkRow,
} from "../store/store";
import type {
  AccountRow,
  ConnectionRow,
  LinkRow,
  WorkspaceRow,
} from "../store/tables";

/** Rows as the API shows them. Nothing sealed leaves here. */
export function observedAccount({
  id,
  kind,
  name,
}: AccountRow): ObservedAccount {
  return { kind, name, platformId: id };
}

export function observedWorkspace(
  account: Account,
  row: WorkspaceRow,
): ObservedWorkspace {
  return { owner: ownerOf(account), name: row.name, platformId: row.id };
}

export function observedDeployment(
  account: Account,
  row: NamedDeploymentRow,
): ObservedDeployment {
  return {
    owner: ownerOf(account),
    name: row.name,
    workspace: row.workspace_name,
    platformId: row.id,
  };
}

export function observedConnection(row: ConnectionRow): ObservedConnection {
  return {
    owner: { kind: row.owner_kind, name: row.owner_name },
    name: row.name,
    platformId: row.id,
    type: row.type,
    description: row.description ?? undefined,
    config: JSON.parse(row.config_json) as JsonObject,
    secretFields: JSON.parse(row.secret_fields_json) as readonly string[],
    secretsVersion: row.secrets_version,
    autoLink: row.auto_link === 1,
    autoLinkExcept: JSON.parse(row.auto_link_except_json) as readonly string[],
    access:
      row.access_json === null
        ? undefined
        : (JSON.parse(row.access_json) as Access),
    status: row.status as ConnectionStatus,
    statusMessage: row.status_message ?? undefined,
    concurrencyToken: concurrencyTokenOf(row),
  };
}

export function observedAttachment(
  row: NamedAttachmentRow,
): ObservedAttachment {
  return {
    connection: connectionKeyOf(row),
    workspace: row.workspace_name,
    platformId: row.id,
  };
}

export function observedLink(row: NamedLinkRow): ObservedLink {
  return {
    connection: connectionKeyOf(row),
    deployment: row.deployment_name,
    platformId: row.id,
    overrides: JSON.parse(row.overrides_json) as JsonObject,
    overrideSecretFields: JSON.parse(
      row.secret_fields_json,
    ) as readonly string[],
    overrideSecretsVersion: row.secrets_version,
    concurrencyToken: concurrencyTokenOf(row),
  };
}

export type Versioned = Pick<ConnectionRow | LinkRow, "id" | "version">;

/** Differs after every change, and from that of another object that had the same name before. */
export function concurrencyTokenOf({ id, version }: Versioned): string {
  return `${id}.${version}`;
}

export function connectionKeyOf(row: ConnectionName): ConnectionKey {
  return {
    owner: { kind: row.owner_kind, name: row.owner_name },
    name: row.connection_name,
  };
}

function ownerOf({ kind, name }: Account): Account {
  return { kind, name };
}
