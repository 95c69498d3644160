/** What the stand-in holds. */
export interface AstroWorld {
  readonly organizationId: string;
  workspaces: readonly StoredWorkspace[];
  deployments: readonly StoredDeployment[];
  objects: readonly StoredObject[];
  /** Ids of workspaces and deployments that are there and that the token does not see. */
  hidden: readonly string[];
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
  /** Empty where it is an object of another type. */
  readonly connection: Fields;
  /** What it is where it is no connection: a variable, or an export of metrics. @default none */
  readonly content?: Fields;
  /** What the connection's fields mean. @default none */
  readonly authTypeId?: string | undefined;
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

/** The types of objects, and where requests and answers hold what is particular to them. */
export const contentNames: Readonly<Record<string, string>> = {
  CONNECTION: "connection",
  AIRFLOW_VARIABLE: "airflowVariable",
  ENVIRONMENT_VARIABLE: "environmentVariable",
  METRICS_EXPORT: "metricsExport",
};

/** What the documents leave open; an adapter has to do with either. */
export interface AstroBehaviour {
  /** Whether answers show `extra`, of connections and of links' overrides. Where they do not, `setFields` still names its keys, as those of secrets. @default "shown" */
  readonly extra: "shown" | "hidden";
  /** What an update with `extra` does to the keys that it does not name. @default "replaced" */
  readonly updatedExtra: "replaced" | "merged";
  /** How a secret reads back. @default "absent" */
  readonly masked: "absent" | "empty";
  /** Whether a name that is taken is refused, with 409. @default true */
  readonly refusesDuplicates: boolean;
  /** What an update that leaves out `links` or `excludeLinks` does to them: the vendor's provider has seen them stay, its command line has seen them go. @default "kept" */
  readonly omittedLinks: "kept" | "removed";
  /** Whether the links and exclusions of a deployment that was deleted are still listed; sent back, they are refused with 500. @default "listed" */
  readonly deletedLinks: "listed" | "dropped";
  /** What comes of `showSecrets=true`: the setting "Environment Secrets Fetching" of the organization. @default "refused" */
  readonly showSecrets: "shown" | "refused";
  /** Whether the organization's catalogue knows the `authTypeId` that is sent, and so answers `connectionAuthType`. @default true */
  readonly knowsAuthTypes: boolean;
  /** What the listing of objects answers for a workspace or a deployment that is not there or not seen. @default "empty" */
  readonly goneScope: "empty" | 403 | 404;
  /** Whether the token may list workspaces and deployments; refused with 403. @default true */
  readonly listsPlaces: boolean;
}

export const defaultBehaviour: AstroBehaviour = {
  extra: "shown",
  updatedExtra: "replaced",
  masked: "absent",
  refusesDuplicates: true,
  omittedLinks: "kept",
  deletedLinks: "listed",
  showSecrets: "refused",
  knowsAuthTypes: true,
  goneScope: "empty",
  listsPlaces: true,
};

/** Those that the token sees. */
export function seen<T extends { readonly id: string }>(
  { hidden }: AstroWorld,
  all: readonly T[],
): readonly T[] {
  return all.filter(({ id }) => !hidden.includes(id));
}

/** Renames a workspace or a deployment, as somebody would in Astro itself. */
export function rename(world: AstroWorld, id: string, name: string): void {
  const renamed = <T extends StoredWorkspace>(all: readonly T[]) =>
    all.map((place) => (place.id === id ? { ...place, name } : place));
  world.workspaces = renamed(world.workspaces);
  world.deployments = renamed(world.deployments);
}

/** Deletes a workspace or a deployment with all that it owns, as somebody would in Astro itself. */
export function remove(
  world: AstroWorld,
  id: string,
  { deletedLinks }: AstroBehaviour,
): void {
  const isGone = (place: {
    readonly id: string;
    readonly workspaceId?: string;
  }) => place.id === id || place.workspaceId === id;
  const gone = [...world.workspaces, ...world.deployments].flatMap((place) =>
    isGone(place) ? [place.id] : [],
  );
  world.workspaces = world.workspaces.filter((place) => !isGone(place));
  world.deployments = world.deployments.filter((place) => !isGone(place));
  world.objects = world.objects
    .filter(({ scopeEntityId }) => !gone.includes(scopeEntityId))
    .map((object) =>
      deletedLinks === "listed"
        ? object
        : {
            ...object,
            links: object.links.filter(
              ({ deploymentId }) => !gone.includes(deploymentId),
            ),
            excludeLinks: object.excludeLinks.filter(
              (deploymentId) => !gone.includes(deploymentId),
            ),
          },
    );
}

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
