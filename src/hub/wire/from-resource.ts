import { PatchbayError, Secret } from "../../diagnostics";
import {
  type Connection,
  type ConnectionKey,
  type Link,
  type LinkKey,
  objectOf,
  type ObservedAttachment,
  type ObservedConnection,
  type ObservedDeployment,
  type ObservedLink,
  type ObservedWorkspace,
  type Owner,
  parseConnectionKey,
  parseOwner,
  needed,
} from "../../model";
import { type Account, isAccount, type ObservedAccount } from "../account";
import type {
  EffectiveConnection,
  EffectiveConnectionWithSecrets,
} from "../effective-connection";
import type { CreateTokenOptions, Page } from "../hub-api";
import type { CreatedToken, ObservedToken, TokenScope } from "../token";
import type {
  AccountResource,
  AttachmentResource,
  ConnectionInput,
  ConnectionResource,
  DeploymentResource,
  EffectiveConnectionResource,
  LinkResource,
  OverridesInput,
  PageResource,
  TokenInput,
  TokenResource,
  TokenScopeResource,
  WorkspaceResource,
} from "./resources";

/**
 * From bodies to the model: requests at the server, answers at the client. The
 * bodies' shape must have been checked; text that is no key rejects with a
 * `PatchbayError`.
 */
export function pageOfResource<Item, T>(
  { items, next_cursor }: PageResource<Item>,
  toItem: (item: Item) => T,
): Page<T> {
  return { items: items.map(toItem), nextCursor: next_cursor ?? undefined };
}

export function observedAccountOf({
  kind,
  name,
  platform_id,
}: AccountResource): ObservedAccount {
  return { kind, name, platformId: platform_id };
}

export function observedWorkspaceOf({
  owner,
  name,
  platform_id,
}: WorkspaceResource): ObservedWorkspace {
  return { owner: ownerOf(owner), name, platformId: platform_id };
}

export function observedDeploymentOf(
  body: DeploymentResource,
): ObservedDeployment {
  const { owner, name, workspace, platform_id } = body;
  return { owner: ownerOf(owner), name, workspace, platformId: platform_id };
}

export function connectionOf(owner: Owner, body: ConnectionInput): Connection {
  return {
    owner,
    name: body.name,
    type: body.type,
    description: body.description ?? undefined,
    config: body.config,
    secrets: body.secrets ? new Secret(body.secrets) : undefined,
    autoLink: body.auto_link ?? undefined,
    autoLinkExcept: body.auto_link_except ?? undefined,
    access: body.access ?? undefined,
  };
}

export function observedConnectionOf(
  body: ConnectionResource,
): ObservedConnection {
  return {
    owner: ownerOf(body.owner),
    name: body.name,
    platformId: body.platform_id,
    type: body.type,
    description: body.description ?? undefined,
    config: body.config,
    secretFields: body.secret_fields,
    secretsVersion: body.secrets_version,
    autoLink: body.auto_link,
    autoLinkExcept: body.auto_link_except,
    access: body.access ?? undefined,
    status: body.status,
    statusMessage: body.status_message ?? undefined,
    concurrencyToken: body.concurrency_token,
  };
}

export function observedAttachmentOf(
  body: AttachmentResource,
): ObservedAttachment {
  return {
    connection: connectionKeyOf(body.connection),
    workspace: body.workspace,
    platformId: body.platform_id,
  };
}

export function linkOf(key: LinkKey, body: OverridesInput): Link {
  return {
    connection: key.connection,
    deployment: key.deployment,
    overrides: body.overrides ?? objectOf<never>([]),
    overrideSecrets: body.override_secrets
      ? new Secret(body.override_secrets)
      : undefined,
  };
}

export function observedLinkOf(body: LinkResource): ObservedLink {
  return {
    connection: connectionKeyOf(body.connection),
    deployment: body.deployment,
    platformId: body.platform_id,
    overrides: body.overrides,
    overrideSecretFields: body.override_secret_fields,
    overrideSecretsVersion: body.override_secrets_version,
    concurrencyToken: body.concurrency_token,
  };
}

export function effectiveConnectionOf(
  body: EffectiveConnectionResource,
): EffectiveConnection {
  return {
    connection: connectionKeyOf(body.connection),
    type: body.type,
    description: body.description ?? undefined,
    config: body.config,
    secretFields: body.secret_fields,
    overriddenFields: body.overridden_fields,
    through: body.through,
  };
}

export function effectiveConnectionWithSecretsOf(
  body: EffectiveConnectionResource,
): EffectiveConnectionWithSecrets {
  return {
    ...effectiveConnectionOf(body),
    secrets: new Secret(body.secrets ?? objectOf<never>([])),
  };
}

export function createTokenOptionsOf({
  scope,
  description,
}: TokenInput): CreateTokenOptions {
  return { scope: tokenScopeOf(scope), description: description ?? undefined };
}

export function observedTokenOf({
  platform_id,
  scope,
  description,
}: TokenResource): ObservedToken {
  return {
    platformId: platform_id,
    scope: tokenScopeOf(scope),
    description: description ?? undefined,
  };
}

export function createdTokenOf(body: TokenResource): CreatedToken {
  return { ...observedTokenOf(body), token: new Secret(body.token ?? "") };
}

/** Reads `organization/acme/warehouse` out of a body or a query. */
export function connectionKeyOf(text: string): ConnectionKey {
  return needed(parseConnectionKey(text, ["connection"]));
}

/** Reads `organization/acme`, `workspace/analytics` out of a body or a query. */
export function ownerOf(text: string): Owner {
  return needed(parseOwner(text));
}

function tokenScopeOf({
  kind,
  account,
  deployment,
}: TokenScopeResource): TokenScope {
  if (kind === "admin") return { kind };
  if (kind === "read_only")
    return { kind, account: account ? accountOf(account) : undefined };
  if (kind === "account") return { kind, account: accountOf(account) };
  if (!deployment)
    throw missing(
      "deployment",
      'the name of the deployment, for example "prod"',
    );
  return { kind, account: accountOf(account), deployment };
}

function accountOf(text: string | null | undefined): Account {
  const owner = text ? ownerOf(text) : undefined;
  if (owner !== undefined && isAccount(owner)) return owner;
  throw missing(
    "account",
    'an organization or a user, for example "organization/acme"',
  );
}

function missing(field: string, what: string): PatchbayError {
  return new PatchbayError({
    code: "missing_field",
    path: ["scope", field],
    detail: `A token of this kind needs "${field}": ${what}.`,
  });
}
