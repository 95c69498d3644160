import { PatchbayError } from "../diagnostics";
import {
  type Access,
  type ConnectionKey,
  type ConnectionUsage,
  equalOwners,
  type Folder,
  formatConnectionKey,
  formatOwner,
  type JsonObject,
  type ObservedDeployment,
  type ObservedWorkspace,
  type Owner,
} from "../model";

/** What the memory platform holds of a connection. */
export interface StoredConnection extends ConnectionKey {
  readonly id: string;
  readonly type: string;
  readonly description: string | undefined;
  readonly config: JsonObject;
  readonly secrets: JsonObject;
  readonly secretsVersion: number;
  readonly autoLink: boolean;
  readonly autoLinkExcept: readonly string[];
  readonly access?: Access | undefined;
  readonly folder?: Folder | undefined;
  readonly revision: number;
}

export interface StoredAttachment {
  readonly id: string;
  readonly connectionId: string;
  readonly workspace: string;
}

export interface StoredLink {
  readonly id: string;
  readonly connectionId: string;
  readonly deployment: string;
  readonly overrides: JsonObject;
  readonly overrideSecrets: JsonObject;
  readonly overrideSecretsVersion: number;
  readonly revision: number;
}

/** The objects of the memory platform, by id, and the questions that its rules ask. */
export class MemoryStore {
  readonly connections = new Map<string, StoredConnection>();
  readonly attachments = new Map<string, StoredAttachment>();
  readonly links = new Map<string, StoredLink>();
  readonly workspaces = new Map<string, ObservedWorkspace>();
  readonly deployments = new Map<string, ObservedDeployment>();
  readonly #organization: string | undefined;
  #lastId = 0;

  constructor(organization: string | undefined) {
    this.#organization = organization;
  }

  nextId(kind: string): string {
    this.#lastId += 1;
    return `${kind}-${this.#lastId}`;
  }

  /** The organization or user whose workspaces and deployments the owner means. */
  accountOf(owner: Owner): Owner {
    if (owner.kind !== "workspace" && owner.kind !== "deployment") return owner;
    if (this.#organization === undefined) {
      throw new PatchbayError({
        code: "missing_argument",
        path: ["organization"],
        detail: `The owner ${formatOwner(owner)} belongs to an organization. Set the provider's "organization" argument.`,
      });
    }
    return { kind: "organization", name: this.#organization };
  }

  tryFindConnection(key: ConnectionKey): StoredConnection | undefined {
    const wanted = formatConnectionKey(key);
    return [...this.connections.values()].find(
      (connection) => formatConnectionKey(connection) === wanted,
    );
  }

  findConnection(key: ConnectionKey): StoredConnection {
    const found = this.tryFindConnection(key);
    if (found) return found;
    throw notFound(`the connection ${formatConnectionKey(key)}`);
  }

  findWorkspace(account: Owner, name: string): ObservedWorkspace {
    const found = this.tryFindWorkspace(account, name);
    if (found) return found;
    throw notFound(`the workspace ${name} of ${formatOwner(account)}`);
  }

  tryFindWorkspace(
    account: Owner,
    name: string,
  ): ObservedWorkspace | undefined {
    return [...this.workspaces.values()].find(
      (workspace) =>
        workspace.name === name && equalOwners(workspace.owner, account),
    );
  }

  findDeployment(account: Owner, name: string): ObservedDeployment {
    const found = this.tryFindDeployment(account, name);
    if (found) return found;
    throw notFound(`the deployment ${name} of ${formatOwner(account)}`);
  }

  tryFindDeployment(
    account: Owner,
    name: string,
  ): ObservedDeployment | undefined {
    return [...this.deployments.values()].find(
      (deployment) =>
        deployment.name === name && equalOwners(deployment.owner, account),
    );
  }

  attachmentsOf(connection: StoredConnection): readonly StoredAttachment[] {
    return [...this.attachments.values()].filter(
      ({ connectionId }) => connectionId === connection.id,
    );
  }

  linksOf(connection: StoredConnection): readonly StoredLink[] {
    return [...this.links.values()].filter(
      ({ connectionId }) => connectionId === connection.id,
    );
  }

  connectionsOf(owner: Owner): readonly StoredConnection[] {
    return [...this.connections.values()]
      .filter((connection) => equalOwners(connection.owner, owner))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /** Every place that has the connection, the owner's own included. */
  usageOf(connection: StoredConnection): ConnectionUsage {
    const account = this.accountOf(connection.owner);
    const attached = this.attachmentsOf(connection).map(
      ({ workspace }) => workspace,
    );
    const owned =
      connection.owner.kind === "workspace" ? [connection.owner.name] : [];
    const linked = new Set(
      this.linksOf(connection).map(({ deployment }) => deployment),
    );
    const deployments = [...this.deployments.values()]
      .filter((deployment) => equalOwners(deployment.owner, account))
      .flatMap(({ name, workspace }) => {
        const through = this.#throughOf(connection, {
          name,
          workspace,
          linked,
          attached,
        });
        return through === undefined
          ? []
          : [{ deployment: name, workspace, through }];
      });
    return {
      workspaces: [
        ...owned.map((workspace) => ({ workspace, through: "owner" as const })),
        ...attached.map((workspace) => ({
          workspace,
          through: "attachment" as const,
        })),
      ].sort((left, right) => (left.workspace < right.workspace ? -1 : 1)),
      deployments: deployments.sort((left, right) =>
        left.deployment < right.deployment ? -1 : 1,
      ),
    };
  }

  #throughOf(
    connection: StoredConnection,
    place: {
      readonly name: string;
      readonly workspace: string;
      readonly linked: ReadonlySet<string>;
      readonly attached: readonly string[];
    },
  ): "owner" | "link" | "auto_link" | undefined {
    const { owner } = connection;
    if (owner.kind === "deployment" && owner.name === place.name)
      return "owner";
    if (place.linked.has(place.name)) return "link";
    const available =
      place.attached.includes(place.workspace) ||
      (owner.kind === "workspace" && owner.name === place.workspace);
    const excepted = connection.autoLinkExcept.includes(place.name);
    return connection.autoLink && available && !excepted
      ? "auto_link"
      : undefined;
  }
}

/** The failure that names what is missing. */
export function notFound(what: string): PatchbayError {
  return new PatchbayError({
    code: "not_found",
    detail: `There is no such object: ${what}.`,
  });
}

/** The failure that names what is there already. */
export function alreadyExists(what: string): PatchbayError {
  return new PatchbayError({
    code: "already_exists",
    detail: `There is already ${what}. Import it, or choose another name.`,
  });
}

/** The failure of a write that was planned against an older state. */
export function conflict(what: string): PatchbayError {
  return new PatchbayError({
    code: "conflict",
    detail: `Somebody else changed ${what} since it was read; nothing was written. Plan again.`,
  });
}
