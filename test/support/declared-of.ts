import { Secret } from "../../src/diagnostics";
import {
  type Attachment,
  type Connection,
  formatConnectionKey,
  formatOwner,
  type Link,
  type Value,
} from "../../src/model";
import type {
  DeclaredAttachment,
  DeclaredConnection,
  DeclaredLink,
} from "../../src/plan";

/** A wholly known model value as a front door would have decoded it from what a user wrote. */

export function declaredConnection(connection: Connection): DeclaredConnection {
  const { access } = connection;
  return {
    kind: "connection",
    owner: formatOwner(connection.owner),
    name: connection.name,
    type: connection.type,
    description: connection.description,
    config: connection.config,
    secrets: {
      value: new Secret<Value>(connection.secrets?.reveal() ?? null),
      argument: "secrets",
      version: undefined,
    },
    autoLink: connection.autoLink,
    autoLinkExcept: connection.autoLinkExcept,
    access: access && { view: access.view, use: access.use, edit: access.edit },
    parent: connection.parent,
    verify: undefined,
    deletionProtection: undefined,
  };
}

export function declaredAttachment({
  connection,
  workspace,
}: Attachment): DeclaredAttachment {
  return {
    kind: "attachment",
    connection: formatConnectionKey(connection),
    workspace,
  };
}

export function declaredLink(link: Link): DeclaredLink {
  return {
    kind: "link",
    connection: formatConnectionKey(link.connection),
    deployment: link.deployment,
    overrides: link.overrides,
    secrets: {
      value: new Secret<Value>(link.overrideSecrets?.reveal() ?? null),
      argument: "override_secrets",
      version: undefined,
    },
  };
}
