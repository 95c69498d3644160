import { PatchbayError } from "../diagnostics";
import {
  type AttachmentPort,
  type ConnectionKey,
  equalValues,
  formatAttachmentKey,
  formatConnectionKey,
  formatLinkKey,
  leafPaths,
  type LinkPort,
  type ObservedAttachment,
  type ObservedDeployment,
  type ObservedLink,
} from "../model";
import type { FaultPlan } from "./fault-plan";
import {
  alreadyExists,
  conflict,
  type MemoryStore,
  notFound,
  type StoredAttachment,
  type StoredConnection,
  type StoredLink,
} from "./memory-store";

/** Workspace attachments of the memory platform. */
export function memoryAttachments(
  store: MemoryStore,
  faults: FaultPlan,
): AttachmentPort {
  const tryFind = (key: {
    readonly connection: ConnectionKey;
    readonly workspace: string;
  }) => {
    const connection = store.tryFindConnection(key.connection);
    return (
      connection &&
      store
        .attachmentsOf(connection)
        .find((one) => one.workspace === key.workspace)
    );
  };
  return {
    list: (owner, options) =>
      faults.run("attachments.list", options, () =>
        store
          .connectionsOf(owner)
          .flatMap((connection) =>
            store
              .attachmentsOf(connection)
              .map((stored) => observeAttachment(connection, stored)),
          ),
      ),

    tryFind: (key, options) =>
      faults.run("attachments.tryFind", options, () => {
        const found = tryFind(key);
        return found && observeAttachment(key.connection, found);
      }),

    create: (attachment, options) =>
      faults.run("attachments.create", options, () => {
        const connection = store.findConnection(attachment.connection);
        store.findWorkspace(
          store.accountOf(connection.owner),
          attachment.workspace,
        );
        if (tryFind(attachment)) {
          throw alreadyExists(
            `an attachment ${formatAttachmentKey(attachment)}`,
          );
        }
        const stored: StoredAttachment = {
          id: store.nextId("attachment"),
          connectionId: connection.id,
          workspace: attachment.workspace,
        };
        store.attachments.set(stored.id, stored);
        return observeAttachment(connection, stored);
      }),

    delete: (key, options) =>
      faults.run("attachments.delete", options, () => {
        const found = tryFind(key);
        if (found === undefined) return;
        const connection = store.findConnection(key.connection);
        const account = store.accountOf(connection.owner);
        const through = store
          .linksOf(connection)
          .map(({ deployment }) => store.findDeployment(account, deployment))
          .filter(({ workspace }) => workspace === key.workspace);
        if (through.length > 0) {
          throw new PatchbayError({
            code: "in_use",
            detail: `The attachment ${formatAttachmentKey(key)} is used by links to: ${through.map(({ name }) => `deployment ${name}`).join(", ")}. Remove these links first; it was not deleted.`,
          });
        }
        store.attachments.delete(found.id);
      }),
  };
}

/** Deployment links of the memory platform. */
export function memoryLinks(store: MemoryStore, faults: FaultPlan): LinkPort {
  const tryFind = (key: {
    readonly connection: ConnectionKey;
    readonly deployment: string;
  }) => {
    const connection = store.tryFindConnection(key.connection);
    return (
      connection &&
      store.linksOf(connection).find((one) => one.deployment === key.deployment)
    );
  };
  return {
    list: (owner, options) =>
      faults.run("links.list", options, () =>
        store
          .connectionsOf(owner)
          .flatMap((connection) =>
            store
              .linksOf(connection)
              .map((stored) => observeLink(connection, stored)),
          ),
      ),

    tryFind: (key, options) =>
      faults.run("links.tryFind", options, () => {
        const found = tryFind(key);
        return found && observeLink(key.connection, found);
      }),

    create: (link, options) =>
      faults.run("links.create", options, () => {
        const connection = store.findConnection(link.connection);
        const account = store.accountOf(connection.owner);
        const deployment = store.findDeployment(account, link.deployment);
        requireAvailable(store, connection, deployment);
        if (tryFind(link)) throw alreadyExists(`a link ${formatLinkKey(link)}`);
        const stored: StoredLink = {
          id: store.nextId("link"),
          connectionId: connection.id,
          deployment: link.deployment,
          overrides: link.overrides,
          overrideSecrets: link.overrideSecrets?.reveal() ?? {},
          overrideSecretsVersion: 1,
          revision: 1,
        };
        store.links.set(stored.id, stored);
        return observeLink(connection, stored);
      }),

    update: (link, options) =>
      faults.run("links.update", options, () => {
        const before = tryFind(link);
        if (before === undefined)
          throw notFound(`the link ${formatLinkKey(link)}`);
        requireToken(link, before, options?.concurrencyToken);
        const overrideSecrets =
          link.overrideSecrets?.reveal() ?? before.overrideSecrets;
        const changed = !equalValues(overrideSecrets, before.overrideSecrets);
        const stored: StoredLink = {
          ...before,
          overrides: link.overrides,
          overrideSecrets,
          overrideSecretsVersion:
            before.overrideSecretsVersion + (changed ? 1 : 0),
          revision: before.revision + 1,
        };
        store.links.set(stored.id, stored);
        return observeLink(link.connection, stored);
      }),

    delete: (key, options) =>
      faults.run("links.delete", options, () => {
        const before = tryFind(key);
        if (before === undefined) return;
        requireToken(key, before, options?.concurrencyToken);
        store.links.delete(before.id);
      }),
  };
}

function observeAttachment(
  { owner, name }: ConnectionKey,
  stored: StoredAttachment,
): ObservedAttachment {
  return {
    connection: { owner, name },
    workspace: stored.workspace,
    platformId: stored.id,
  };
}

function observeLink(
  { owner, name }: ConnectionKey,
  stored: StoredLink,
): ObservedLink {
  return {
    connection: { owner, name },
    deployment: stored.deployment,
    platformId: stored.id,
    overrides: stored.overrides,
    overrideSecretFields: leafPaths(stored.overrideSecrets),
    overrideSecretsVersion: stored.overrideSecretsVersion,
    concurrencyToken: String(stored.revision),
  };
}

/** A link needs the connection to be in the deployment's workspace. */
export function requireAvailable(
  store: MemoryStore,
  connection: StoredConnection,
  deployment: ObservedDeployment,
): void {
  const { owner } = connection;
  if (owner.kind === "workspace" && owner.name === deployment.workspace) return;
  if (owner.kind === "deployment" && owner.name === deployment.name) return;
  const attached = store
    .attachmentsOf(connection)
    .some(({ workspace }) => workspace === deployment.workspace);
  if (attached) return;
  throw new PatchbayError({
    code: "attachment_missing",
    path: ["deployment"],
    detail: `The connection ${formatConnectionKey(connection)} is not attached to the workspace ${deployment.workspace} of the deployment ${deployment.name}. Attach it first: ${formatAttachmentKey({ connection, workspace: deployment.workspace })}.`,
  });
}

function requireToken(
  key: Parameters<typeof formatLinkKey>[0],
  before: StoredLink,
  token: string | undefined,
): void {
  if (token !== undefined && token !== String(before.revision)) {
    throw conflict(`the link ${formatLinkKey(key)}`);
  }
}
