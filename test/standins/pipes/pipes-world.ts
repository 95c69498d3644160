/** What a tenant of Turbot Pipes holds. Plain data, so that it can be saved and put back. */
export interface PipesWorld {
  clock: number;
  serial: number;
  readonly tenant: string;
  readonly tenantHandle: string;
  organizations: StoredIdentity[];
  users: StoredIdentity[];
  workspaces: StoredWorkspace[];
  folders: StoredFolder[];
  connections: StoredConnection[];
  permissions: StoredPermission[];
  schemas: StoredSchema[];
  /** Folders and aggregators that are attached to workspaces. */
  attached: StoredAttachment[];
  aggregators: StoredAggregator[];
  processes: StoredProcess[];
  /** Identities and workspaces, by id, that are there and that the token does not see; with what is answered. */
  hidden: Record<string, 403 | 404>;
}

export interface StoredIdentity {
  readonly id: string;
  /** Can be changed in Pipes; what belongs to it stays there. */
  handle: string;
  displayName?: string;
}

export interface StoredWorkspace {
  readonly id: string;
  /** Can be changed in Pipes; what belongs to it stays there. */
  handle: string;
  readonly identityId: string;
}

/** A folder of connections: of the tenant, of an organization or of a workspace. */
export interface StoredFolder {
  readonly id: string;
  title: string;
  /** The folder around it; undefined at the top level. */
  folderId: string | undefined;
  readonly identityId: string | undefined;
  readonly workspaceId: string | undefined;
  /** Made by an integration. @default false */
  readonly isDiscovered?: boolean;
}

export interface StoredConnection {
  readonly id: string;
  handle: string;
  readonly plugin: string;
  config: Record<string, unknown>;
  readonly identityId: string | undefined;
  readonly workspaceId: string | undefined;
  /** The folder that holds it. @default the top level */
  folderId?: string | undefined;
  version: number;
  status: "enabled" | "disabled";
  createdAt: string;
  attemptAt: string | undefined;
  successAt: string | undefined;
  errorAt: string | undefined;
  /** The process of the latest attempt. @default none */
  processId?: string | undefined;
  /** How many more reads see the latest update under way. */
  readsLeft: number;
}

export interface StoredPermission {
  readonly id: string;
  /** The connection that shows it; undefined where a folder does. */
  readonly connectionId: string | undefined;
  /** The folder that it was granted on. @default the connection itself */
  readonly folderId?: string;
  tenantId: string | undefined;
  identityId: string | undefined;
  workspaceId: string | undefined;
  /** How many more attempts to attach do not see it yet. */
  lag: number;
}

export interface StoredSchema {
  readonly id: string;
  readonly connectionId: string;
  readonly workspaceId: string;
  readonly state: "direct" | "indirect";
}

export interface StoredAttachment {
  readonly id: string;
  /** Of a folder or of an aggregator. */
  readonly targetId: string;
  readonly workspaceId: string;
}

export interface StoredAggregator {
  readonly id: string;
  handle: string;
  readonly plugin: string;
  connections: readonly string[];
  config: Readonly<Record<string, unknown>>;
  readonly workspaceId: string;
  version: number;
}

/** Background work: a connection that is pushed into workspaces. */
export interface StoredProcess {
  readonly id: string;
  readonly connectionId: string;
  readonly identityId: string | undefined;
  readonly workspaceId: string | undefined;
  state: "running" | "completed" | "failed";
}

/** An id as Pipes makes them: a prefix and 20 characters of base32hex. */
export function newId(world: PipesWorld, prefix: string): string {
  world.serial += 1;
  return `${prefix}_${world.serial.toString(32).padStart(20, "0")}`;
}

/** A later time on every call. */
export function newTime(world: PipesWorld): string {
  world.clock += 1_000;
  return new Date(world.clock).toISOString();
}

/** Organizations, users and workspaces that the token sees. */
export function seen<T extends { readonly id: string }>(
  world: PipesWorld,
  all: readonly T[],
): readonly T[] {
  return all.filter(({ id }) => !Object.hasOwn(world.hidden, id));
}

/** Makes a folder, as somebody would in Pipes itself. */
export function addFolder(
  world: PipesWorld,
  folder: Pick<StoredFolder, "title"> & Partial<Omit<StoredFolder, "id">>,
): StoredFolder {
  const made: StoredFolder = {
    folderId: undefined,
    identityId: undefined,
    workspaceId: undefined,
    ...folder,
    id: newId(world, "c"),
  };
  world.folders.push(made);
  return made;
}

/**
 * An organization `acme` with the workspaces `analytics` and `science`, an
 * organization `other`, and a user `jane`. The tenant, `acme` and `analytics`
 * have the folders `Production`, `Production/Databases` and `Staging`.
 */
export function newWorld(): PipesWorld {
  const world: PipesWorld = {
    clock: Date.UTC(2025, 0, 1),
    serial: 0,
    tenant: `t_${"0".repeat(20)}`,
    tenantHandle: "acme-tenant",
    organizations: [],
    users: [],
    workspaces: [],
    folders: [],
    connections: [],
    permissions: [],
    schemas: [],
    attached: [],
    aggregators: [],
    processes: [],
    hidden: {},
  };
  for (const [handle, workspaces] of [
    ["acme", ["analytics", "science"]],
    ["other", ["elsewhere"]],
  ] as const) {
    const id = newId(world, "o");
    world.organizations.push({ id, handle });
    for (const name of workspaces)
      world.workspaces.push({
        id: newId(world, "w"),
        handle: name,
        identityId: id,
      });
  }
  world.users.push({ id: newId(world, "u"), handle: "jane" });
  const [acme] = world.organizations;
  const [analytics] = world.workspaces;
  for (const owner of [
    {},
    { identityId: acme!.id },
    { identityId: acme!.id, workspaceId: analytics!.id },
  ]) {
    const { id } = addFolder(world, { ...owner, title: "Production" });
    addFolder(world, { ...owner, title: "Databases", folderId: id });
    addFolder(world, { ...owner, title: "Staging" });
  }
  return world;
}
