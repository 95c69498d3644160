import { PatchbayError } from "../diagnostics";
import {
  type Access,
  type Connection,
  type ConnectionPort,
  equalOwners,
  equalValues,
  type Folder,
  folderTitles,
  formatConnectionKey,
  inUseDetail,
  leafPaths,
  type ObservedConnection,
} from "../model";
import type { FaultPlan } from "./fault-plan";
import {
  alreadyExists,
  conflict,
  type MemoryStore,
  type StoredConnection,
} from "./memory-store";

/** Connections of the memory platform. */
export function memoryConnections(
  store: MemoryStore,
  faults: FaultPlan,
): ConnectionPort {
  return {
    list: (owner, options) =>
      faults.run("connections.list", options, () =>
        store.connectionsOf(owner).map(observe),
      ),

    tryFind: (key, options) =>
      faults.run("connections.tryFind", options, () => {
        const found = store.tryFindConnection(key);
        return found && observe(found);
      }),

    create: (connection, options) =>
      faults.run("connections.create", options, () => {
        requireOwnerThere(store, connection);
        requireNameFree(store, connection);
        const stored: StoredConnection = {
          ...fieldsOf(connection),
          id: store.nextId("connection"),
          owner: connection.owner,
          type: connection.type,
          secrets: connection.secrets?.reveal() ?? {},
          secretsVersion: 1,
          revision: 1,
        };
        store.connections.set(stored.id, stored);
        return observe(stored);
      }),

    update: (key, connection, options) =>
      faults.run("connections.update", options, () => {
        const before = store.findConnection(key);
        requireToken(before, options?.concurrencyToken);
        if (connection.name !== before.name) requireNameFree(store, connection);
        const secrets = connection.secrets?.reveal() ?? before.secrets;
        const stored: StoredConnection = {
          ...before,
          ...fieldsOf(connection),
          secrets,
          secretsVersion:
            before.secretsVersion +
            (equalValues(secrets, before.secrets) ? 0 : 1),
          revision: before.revision + 1,
        };
        store.connections.set(stored.id, stored);
        return observe(stored);
      }),

    delete: (key, options) =>
      faults.run("connections.delete", options, () => {
        const before = store.tryFindConnection(key);
        if (before === undefined) return;
        requireToken(before, options?.concurrencyToken);
        if (
          store.attachmentsOf(before).length > 0 ||
          store.linksOf(before).length > 0
        ) {
          throw new PatchbayError({
            code: "in_use",
            detail: inUseDetail(key, store.usageOf(before)),
          });
        }
        store.connections.delete(before.id);
      }),
  };
}

/** What create and update write alike. */
function fieldsOf(connection: Connection) {
  return {
    name: connection.name,
    description: connection.description,
    config: connection.config,
    autoLink: connection.autoLink ?? false,
    autoLinkExcept: [...(connection.autoLinkExcept ?? [])].sort(),
    ...(connection.access && { access: sortedAccess(connection.access) }),
    ...(connection.parent !== undefined && {
      folder: folderNamed(connection.parent),
    }),
  };
}

/** Every folder is there, its id made from its path. */
function folderNamed(parent: string): Folder | undefined {
  const titles = folderTitles(parent);
  if (titles.length === 0) return undefined;
  const path = titles.join("/").replace(/^folder:/, "");
  return { id: `folder:${path}`, path };
}

function sortedAccess({ view, use, edit }: Access): Access {
  return {
    ...(view && { view: [...view].sort() }),
    ...(use && { use: [...use].sort() }),
    ...(edit && { edit: [...edit].sort() }),
  };
}

function observe(stored: StoredConnection): ObservedConnection {
  return {
    owner: stored.owner,
    name: stored.name,
    platformId: stored.id,
    type: stored.type,
    description: stored.description,
    config: stored.config,
    secretFields: leafPaths(stored.secrets),
    secretsVersion: stored.secretsVersion,
    autoLink: stored.autoLink,
    autoLinkExcept: stored.autoLinkExcept,
    access: stored.access,
    folder: stored.folder,
    status: "unknown",
    concurrencyToken: String(stored.revision),
  };
}

function requireOwnerThere(store: MemoryStore, { owner }: Connection): void {
  const account = store.accountOf(owner);
  if (owner.kind === "workspace") store.findWorkspace(account, owner.name);
  if (owner.kind === "deployment") store.findDeployment(account, owner.name);
}

function requireNameFree(store: MemoryStore, connection: Connection): void {
  const taken = store.tryFindConnection(connection);
  if (taken && equalOwners(taken.owner, connection.owner)) {
    throw alreadyExists(`a connection ${formatConnectionKey(connection)}`);
  }
}

function requireToken(
  before: StoredConnection,
  token: string | undefined,
): void {
  if (token !== undefined && token !== String(before.revision)) {
    throw conflict(`the connection ${formatConnectionKey(before)}`);
  }
}
