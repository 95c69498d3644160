import {
  type Attachment,
  type Connection,
  formatAttachmentKey,
  formatConnectionKey,
  formatLinkKey,
  formatOwner,
  type Link,
  type ObservedAttachment,
  type ObservedConnection,
  type ObservedDeployment,
  type ObservedLink,
  type ObservedWorkspace,
} from "../../model";
import type { ObservedAccount } from "../account";
import type { EffectiveConnection } from "../effective-connection";
import type { CreateTokenOptions, Page } from "../hub-api";
import type { ObservedToken, TokenScope } from "../token";
import type {
  AccountResource,
  AttachmentInput,
  AttachmentResource,
  ConnectionInput,
  ConnectionResource,
  DeploymentResource,
  EffectiveConnectionResource,
  LinkInput,
  LinkResource,
  OverridesInput,
  PageResource,
  TokenInput,
  TokenResource,
  TokenScopeResource,
  WorkspaceResource,
} from "./resources";

/** From the model to bodies: answers of the server, requests of the client. */
export function pageResource<T, Item>(
  { items, nextCursor }: Page<T>,
  toItem: (item: T) => Item,
): PageResource<Item> {
  return { items: items.map(toItem), next_cursor: nextCursor };
}

export function accountResource({
  kind,
  name,
  platformId,
}: ObservedAccount): AccountResource {
  return {
    id: formatOwner({ kind, name }),
    kind,
    name,
    platform_id: platformId,
  };
}

export function workspaceResource({
  owner,
  name,
  platformId,
}: ObservedWorkspace): WorkspaceResource {
  return { name, owner: formatOwner(owner), platform_id: platformId };
}

export function deploymentResource(
  deployment: ObservedDeployment,
): DeploymentResource {
  const { owner, name, workspace, platformId } = deployment;
  return {
    name,
    owner: formatOwner(owner),
    workspace,
    platform_id: platformId,
  };
}

/** Reveals the secrets: a request to be sent, and never to be shown. */
export function connectionInput(connection: Connection): ConnectionInput {
  const {
    name,
    type,
    description,
    config,
    secrets,
    autoLink,
    autoLinkExcept,
    access,
  } = connection;
  return {
    name,
    type,
    description,
    config,
    secrets: secrets?.reveal(),
    auto_link: autoLink,
    auto_link_except: autoLinkExcept,
    access,
  };
}

export function connectionResource(
  connection: ObservedConnection,
): ConnectionResource {
  return {
    id: formatConnectionKey(connection),
    owner: formatOwner(connection.owner),
    name: connection.name,
    platform_id: connection.platformId,
    type: connection.type,
    description: connection.description,
    config: connection.config,
    secret_fields: connection.secretFields ?? [],
    secrets_version: connection.secretsVersion ?? 0,
    auto_link: connection.autoLink,
    auto_link_except: connection.autoLinkExcept,
    access: connection.access,
    status: connection.status,
    status_message: connection.statusMessage,
    concurrency_token: connection.concurrencyToken ?? "",
  };
}

export function attachmentInput({
  connection,
  workspace,
}: Attachment): AttachmentInput {
  return { connection: formatConnectionKey(connection), workspace };
}

export function attachmentResource(
  attachment: ObservedAttachment,
): AttachmentResource {
  return {
    id: formatAttachmentKey(attachment),
    ...attachmentInput(attachment),
    platform_id: attachment.platformId,
  };
}

/** Reveals the override secrets: a request to be sent, and never to be shown. */
export function overridesInput({
  overrides,
  overrideSecrets,
}: Link): OverridesInput {
  return { overrides, override_secrets: overrideSecrets?.reveal() };
}

/** Reveals the override secrets: a request to be sent, and never to be shown. */
export function linkInput(link: Link): LinkInput {
  return {
    connection: formatConnectionKey(link.connection),
    deployment: link.deployment,
    ...overridesInput(link),
  };
}

export function linkResource(link: ObservedLink): LinkResource {
  return {
    id: formatLinkKey(link),
    connection: formatConnectionKey(link.connection),
    deployment: link.deployment,
    platform_id: link.platformId,
    overrides: link.overrides,
    override_secret_fields: link.overrideSecretFields ?? [],
    override_secrets_version: link.overrideSecretsVersion ?? 0,
    concurrency_token: link.concurrencyToken ?? "",
  };
}

export function effectiveConnectionResource(
  effective: EffectiveConnection,
): EffectiveConnectionResource {
  const {
    connection,
    type,
    description,
    config,
    secretFields,
    overriddenFields,
    through,
  } = effective;
  return {
    connection: formatConnectionKey(connection),
    type,
    description,
    config,
    secret_fields: secretFields,
    overridden_fields: overriddenFields,
    through,
  };
}

export function tokenInput({
  scope,
  description,
}: CreateTokenOptions): TokenInput {
  return { scope: tokenScopeResource(scope), description };
}

export function tokenResource({
  platformId,
  scope,
  description,
}: ObservedToken): TokenResource {
  return {
    platform_id: platformId,
    scope: tokenScopeResource(scope),
    description,
  };
}

function tokenScopeResource(scope: TokenScope): TokenScopeResource {
  return {
    kind: scope.kind,
    account:
      "account" in scope && scope.account !== undefined
        ? formatOwner(scope.account)
        : undefined,
    deployment: scope.kind === "deployment" ? scope.deployment : undefined,
  };
}
