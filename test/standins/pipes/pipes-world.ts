/** What a tenant of Turbot Pipes holds. Plain data, so that it can be saved and put back. */
export interface PipesWorld {
  clock: number;
  serial: number;
  readonly tenant: string;
  organizations: { readonly id: string; readonly handle: string }[];
  workspaces: StoredWorkspace[];
  connections: StoredConnection[];
  permissions: StoredPermission[];
  schemas: StoredSchema[];
}

export interface StoredWorkspace {
  readonly id: string;
  readonly handle: string;
  readonly identityId: string;
}

export interface StoredConnection {
  readonly id: string;
  handle: string;
  readonly plugin: string;
  config: Record<string, unknown>;
  readonly identityId: string | undefined;
  readonly workspaceId: string | undefined;
  version: number;
  status: "enabled" | "disabled";
  createdAt: string;
  attemptAt: string | undefined;
  successAt: string | undefined;
  errorAt: string | undefined;
  /** How many more reads see the latest update under way. */
  readsLeft: number;
}

export interface StoredPermission {
  readonly id: string;
  readonly connectionId: string;
  readonly tenantId: string | undefined;
  readonly identityId: string | undefined;
  readonly workspaceId: string | undefined;
  /** How many more attempts to attach do not see it yet. */
  lag: number;
}

export interface StoredSchema {
  readonly id: string;
  readonly connectionId: string;
  readonly workspaceId: string;
  readonly state: "direct" | "indirect";
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

/** An organization `acme` with the workspaces `analytics` and `science`, and an organization `other`. */
export function newWorld(): PipesWorld {
  const world: PipesWorld = {
    clock: Date.UTC(2025, 0, 1),
    serial: 0,
    tenant: `t_${"0".repeat(20)}`,
    organizations: [],
    workspaces: [],
    connections: [],
    permissions: [],
    schemas: [],
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
  return world;
}
