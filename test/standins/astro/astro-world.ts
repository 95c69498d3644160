/** What the stand-in holds. */
export interface AstroWorld {
  readonly organizationId: string;
  workspaces: readonly StoredWorkspace[];
  deployments: readonly StoredDeployment[];
  objects: readonly StoredObject[];
  /** Counts what was made and changed: for ids and dates. */
  count: number;
}

export interface StoredWorkspace {
  readonly id: string;
  readonly name: string;
}

export interface StoredDeployment extends StoredWorkspace {
  readonly workspaceId: string;
}

export interface StoredObject {
  readonly id: string;
  readonly objectKey: string;
  readonly objectType: string;
  readonly scope: string;
  readonly scopeEntityId: string;
  readonly description: string;
  readonly autoLinkDeployments: boolean;
  readonly connection: Fields;
  readonly links: readonly StoredLink[];
  /** Ids of deployments. */
  readonly excludeLinks: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface StoredLink {
  readonly deploymentId: string;
  readonly overrides: Fields;
}

/** Fields of a connection: type, host, port, schema, login, password, extra. */
export type Fields = Readonly<Record<string, unknown>>;

/** What the documents leave open; an adapter has to do with either. */
export interface AstroBehaviour {
  /** What an update with `extra` does to the keys that it does not name. */
  readonly extra: "replaced" | "merged";
  /** How a secret reads back. */
  readonly masked: "absent" | "empty";
  /** Whether a name that is taken is refused, with 409. */
  readonly refusesDuplicates: boolean;
}

export const defaultBehaviour: AstroBehaviour = {
  extra: "replaced",
  masked: "absent",
  refusesDuplicates: true,
};

/** In the form of Astro's ids: 25 characters. */
export function idOf(kind: string, count: number): string {
  return `cm${kind}${String(count).padStart(23 - kind.length, "0")}`;
}

/** Each change is a second later than the one before. */
export function dateOf(count: number): string {
  return new Date(Date.UTC(2026, 0, 1) + count * 1000).toISOString();
}

export function tick(world: AstroWorld): number {
  world.count += 1;
  return world.count;
}
