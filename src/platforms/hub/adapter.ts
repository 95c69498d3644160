import {
  type HubApi,
  MAX_PAGE_SIZE,
  type Page,
  type PageOptions,
} from "../../hub";
import type {
  AttachmentPort,
  CallOptions,
  ConnectionPort,
  InventoryManagementPort,
  InventoryPort,
  LinkPort,
  Owner,
  Platform,
} from "../../model";
import { allPages } from "../kit";
import { accountOf } from "./account";
import { hubIdentity } from "./capabilities";

export interface HubAdapterOptions {
  readonly api: HubApi;
  /** Whose the workspaces and deployments are that own a connection. */
  readonly organization: string | undefined;
  /** Frees what `api` holds. */
  readonly close: () => Promise<void>;
  /** See `Platform`. @default it is always there */
  readonly missing?: NonNullable<Platform["missing"]>;
}

/** The port over any hub, in this process or on a server. */
export function createHubAdapter({
  api,
  organization,
  close,
  missing,
}: HubAdapterOptions): Platform {
  const account = (owner: Owner) => accountOf(owner, organization);
  return {
    ...hubIdentity,
    connections: connectionsOf(api, account),
    attachments: attachmentsOf(api, account),
    links: linksOf(api, account),
    usage: {
      find: async (key, { signal } = {}) =>
        api.connections.usage({ account: account(key.owner), key, signal }),
    },
    inventory: inventoryOf(api, account),
    inventoryManagement: inventoryManagementOf(api, account),
    close,
    ...(missing === undefined ? {} : { missing }),
  };
}

type AccountOf = (owner: Owner) => ReturnType<typeof accountOf>;

function connectionsOf(api: HubApi, account: AccountOf): ConnectionPort {
  return {
    list: async (owner, options) => {
      const where = { account: account(owner), owner };
      return everything(
        (page) => api.connections.list({ ...where, ...page }),
        options,
      );
    },
    tryFind: async (key, { signal } = {}) =>
      api.connections.tryFind({ account: account(key.owner), key, signal }),
    create: async (connection, { signal } = {}) =>
      api.connections.create({
        account: account(connection.owner),
        connection,
        signal,
      }),
    update: async (key, connection, options = {}) =>
      api.connections.update({
        account: account(key.owner),
        key,
        connection,
        ...options,
      }),
    delete: async (key, options = {}) =>
      api.connections.delete({ account: account(key.owner), key, ...options }),
  };
}

function attachmentsOf(api: HubApi, account: AccountOf): AttachmentPort {
  return {
    list: async (owner, options) => {
      const where = { account: account(owner), owner };
      return everything(
        (page) => api.attachments.list({ ...where, ...page }),
        options,
      );
    },
    tryFind: async (key, { signal } = {}) =>
      api.attachments.tryFind({
        account: account(key.connection.owner),
        key,
        signal,
      }),
    create: async (attachment, { signal } = {}) =>
      api.attachments.create({
        account: account(attachment.connection.owner),
        attachment,
        signal,
      }),
    delete: async (key, { signal } = {}) =>
      api.attachments.delete({
        account: account(key.connection.owner),
        key,
        signal,
      }),
  };
}

function linksOf(api: HubApi, account: AccountOf): LinkPort {
  return {
    list: async (owner, options) => {
      const where = { account: account(owner), owner };
      return everything(
        (page) => api.links.list({ ...where, ...page }),
        options,
      );
    },
    tryFind: async (key, { signal } = {}) =>
      api.links.tryFind({
        account: account(key.connection.owner),
        key,
        signal,
      }),
    create: async (link, { signal } = {}) =>
      api.links.create({
        account: account(link.connection.owner),
        link,
        signal,
      }),
    update: async (link, options = {}) =>
      api.links.update({
        account: account(link.connection.owner),
        link,
        ...options,
      }),
    delete: async (key, options = {}) =>
      api.links.delete({
        account: account(key.connection.owner),
        key,
        ...options,
      }),
  };
}

function inventoryOf(api: HubApi, account: AccountOf): InventoryPort {
  return {
    listWorkspaces: async (owner, options) => {
      const where = { account: account(owner) };
      return everything(
        (page) => api.workspaces.list({ ...where, ...page }),
        options,
      );
    },
    listDeployments: async (owner, options) => {
      const where = { account: account(owner) };
      return everything(
        (page) => api.deployments.list({ ...where, ...page }),
        options,
      );
    },
  };
}

function inventoryManagementOf(
  api: HubApi,
  account: AccountOf,
): InventoryManagementPort {
  return {
    createWorkspace: async ({ owner, name }, { signal } = {}) =>
      api.workspaces.create({ account: account(owner), name, signal }),
    deleteWorkspace: async ({ owner, name }, { signal } = {}) =>
      api.workspaces.delete({ account: account(owner), name, signal }),
    renameWorkspace: async ({ owner, name }, newName, { signal } = {}) =>
      api.workspaces.rename({ account: account(owner), name, newName, signal }),
    createDeployment: async ({ owner, name, workspace }, { signal } = {}) =>
      api.deployments.create({
        account: account(owner),
        name,
        workspace,
        signal,
      }),
    changeDeployment: async (
      { owner, name },
      { name: newName, workspace },
      { signal } = {},
    ) =>
      api.deployments.change({
        account: account(owner),
        name,
        to: { name: newName, workspace },
        signal,
      }),
    deleteDeployment: async ({ owner, name }, { signal } = {}) =>
      api.deployments.delete({ account: account(owner), name, signal }),
  };
}

/** A whole listing, in as few requests as the hub allows. */
async function everything<T>(
  load: (page: PageOptions) => Promise<Page<T>>,
  { signal }: CallOptions = {},
): Promise<readonly T[]> {
  return allPages("The pages of the hub", async (cursor?: string) => {
    const page = await load({ limit: MAX_PAGE_SIZE, cursor, signal });
    return { items: page.items, next: page.nextCursor };
  });
}
