import { PatchbayError } from "../../diagnostics";
import {
  type CallOptions,
  formatOwner,
  type InventoryPort,
  type Owner,
} from "../../model";
import type { AstroDeployment, AstroPlace } from "./answers";
import type { AstroClient, Scope } from "./client";
import { cancelled, requireRunning } from "../kit";

/** What the listings say, by id. */
interface Listing<T extends AstroPlace> {
  readonly all: readonly T[];
  readonly byId: ReadonlyMap<string, T>;
}

/**
 * Names of workspaces and deployments to ids and back. Each kind is listed once,
 * and again only when a name is asked for that was not there.
 */
export class AstroInventory {
  readonly #client: AstroClient;
  #workspaces: Promise<Listing<AstroPlace>> | undefined;
  #deployments: Promise<Listing<AstroDeployment>> | undefined;
  /** By the id of what a listing lacks: whether it is there all the same. */
  readonly #present = new Map<string, Promise<boolean>>();

  constructor(client: AstroClient) {
    this.#client = client;
  }

  /** Where the owner's connections are. Rejects with `not_found`, and with `invalid_owner` for a name that two have. */
  async scopeOf(owner: Owner, options: CallOptions = {}): Promise<Scope> {
    switch (owner.kind) {
      case "workspace":
        return {
          scope: "WORKSPACE",
          scopeEntityId: await this.#idOfOwner(owner.kind, owner.name, options),
        };
      case "deployment":
        return {
          scope: "DEPLOYMENT",
          scopeEntityId: await this.#idOfOwner(owner.kind, owner.name, options),
        };
      default:
        throw new PatchbayError({
          code: "unsupported",
          path: ["owner"],
          detail: `On Astro, ${formatOwner(owner)} cannot own a connection. Owners there are workspaces ("workspace/NAME") and deployments ("deployment/NAME").`,
        });
    }
  }

  /**
   * The owner as it is called now, by its name or that of the scope where a
   * connection is by now that it had; undefined where Astro's listing lacks it.
   */
  async tryFindOwner(
    owner: Owner,
    now: () => Promise<Pick<Scope, "scopeEntityId"> | undefined>,
    options: CallOptions = {},
  ): Promise<Owner | undefined> {
    if (owner.kind !== "workspace" && owner.kind !== "deployment") return owner;
    const { kind, name } = owner;
    this.#forget(kind);
    const { all, byId } = await this.#listOf(kind, options).catch(
      // By its id it can be asked for by itself.
      isId(name) ? emptyWhereForbidden : rethrow,
    );
    if (byId.has(name) || all.some((place) => place.name === name))
      return owner;
    // A listing leaves out what the token may not see.
    if (isId(name))
      return (await this.#isPresent(kind, name, options)) ? owner : undefined;
    const scope = await now();
    const found = scope && byId.get(scope.scopeEntityId);
    if (found === undefined) return undefined;
    const isAlone =
      all.filter((other) => other.name === found.name).length === 1;
    return { kind, name: isAlone ? found.name : found.id };
  }

  /**
   * Those of the deployments that are there. Astro goes on listing deleted ones in
   * links, and refuses them in updates. What the listing lacks may be hidden from
   * the token, so each such id is asked for.
   */
  async present(
    ids: readonly string[],
    options: CallOptions = {},
  ): Promise<ReadonlySet<string>> {
    const { byId } = await this.#deploymentNames(options);
    const present = await Promise.all(
      ids.map(
        async (id) =>
          byId.has(id) || (await this.#isPresent("deployment", id, options)),
      ),
    );
    return new Set(ids.filter((_id, index) => present[index]));
  }

  /** Something that was refused may be so because a deployment was deleted: they are listed anew. */
  forgetDeployments(): void {
    this.#forget("deployment");
  }

  /** The id of a deployment of the workspace, by name or id. Rejects with `not_found`. */
  async deploymentId(
    nameOrId: string,
    workspaceId: string,
    options: CallOptions = {},
  ): Promise<string> {
    const found = await this.#tryDeployment(nameOrId, workspaceId, options);
    if (found !== undefined) return found.id;
    throw new PatchbayError({
      code: "not_found",
      path: ["deployment"],
      detail: `The workspace of this connection has no deployment ${JSON.stringify(nameOrId)}, or the token may not see it. A connection can be linked to deployments of its own workspace; the data source patchbay_deployments lists them.`,
    });
  }

  /** The same; undefined where there is none that is seen. */
  async tryDeploymentId(
    nameOrId: string,
    workspaceId: string,
    options: CallOptions = {},
  ): Promise<string | undefined> {
    return (await this.#tryDeployment(nameOrId, workspaceId, options))?.id;
  }

  /** As links name it: by its name, unless another deployment of the workspace has the same one. */
  async deploymentName(id: string, options: CallOptions = {}): Promise<string> {
    const { all, byId } = await this.#deploymentNames(options);
    const found = byId.get(id);
    if (found === undefined) return id;
    const namesakes = all.filter(
      ({ name, workspaceId }) =>
        name === found.name && workspaceId === found.workspaceId,
    );
    return namesakes.length === 1 ? found.name : id;
  }

  async deploymentsOf(
    workspaceId: string,
    options: CallOptions = {},
  ): Promise<readonly AstroDeployment[]> {
    const { all } = await this.#deploymentList(options);
    return all.filter((deployment) => deployment.workspaceId === workspaceId);
  }

  /** With the name of its workspace; ids stand for what is not seen. */
  async deployment(
    id: string,
    options: CallOptions = {},
  ): Promise<{ readonly name: string; readonly workspace: string }> {
    const { byId } = await this.#deploymentNames(options);
    const found = byId.get(id);
    if (found === undefined) return { name: id, workspace: "" };
    return {
      name: found.name,
      workspace: await this.workspaceName(found.workspaceId, options),
    };
  }

  async workspaceName(id: string, options: CallOptions = {}): Promise<string> {
    const { byId } =
      await this.#workspaceList(options).catch(emptyWhereForbidden);
    return byId.get(id)?.name ?? id;
  }

  async #idOfOwner(
    kind: "workspace" | "deployment",
    wanted: string,
    options: CallOptions,
  ): Promise<string> {
    if (isId(wanted)) return wanted;
    const named = async () =>
      (await this.#listOf(kind, options)).all.filter(
        ({ name }) => name === wanted,
      );
    let found: readonly AstroPlace[] = await named();
    if (found.length === 0) {
      this.#forget(kind);
      found = await named();
    }
    const [first, ...others] = found;
    if (first !== undefined && others.length === 0) return first.id;
    if (first !== undefined)
      throw new PatchbayError({
        code: "invalid_owner",
        path: ["owner"],
        detail: `There are ${found.length} ${kind}s called ${JSON.stringify(wanted)}. Say which one by its id: ${found.map(({ id }) => `"${kind}/${id}"`).join(" or ")}.`,
      });
    throw new PatchbayError({
      code: "not_found",
      path: ["owner"],
      detail: `Astro shows no ${kind} ${JSON.stringify(wanted)} to this token. Check the name, the organization_id, and what the token may see.`,
    });
  }

  async #tryDeployment(
    nameOrId: string,
    workspaceId: string,
    options: CallOptions,
  ): Promise<AstroDeployment | undefined> {
    const find = async () => {
      const there = await this.deploymentsOf(workspaceId, options);
      const named = there.filter(({ name }) => name === nameOrId);
      return (
        there.find(({ id }) => id === nameOrId) ??
        (named.length === 1 ? named[0] : undefined)
      );
    };
    const known = await find();
    if (known !== undefined) return known;
    this.#forget("deployment");
    return find();
  }

  #listOf(
    kind: "workspace" | "deployment",
    options: CallOptions,
  ): Promise<Listing<AstroPlace>> {
    return kind === "workspace"
      ? this.#workspaceList(options)
      : this.#deploymentList(options);
  }

  /** Each id is asked for once, until the listings are forgotten. */
  #isPresent(
    kind: "workspace" | "deployment",
    id: string,
    { signal }: CallOptions,
  ): Promise<boolean> {
    const known = this.#present.get(id);
    if (known !== undefined) return abortable(known, { signal });
    const asked = this.#client.isPresent(kind, id);
    this.#present.set(id, asked);
    asked.catch(() => this.#present.delete(id));
    return abortable(asked, { signal });
  }

  #forget(kind: "workspace" | "deployment"): void {
    this.#present.clear();
    if (kind === "workspace") this.#workspaces = undefined;
    else this.#deployments = undefined;
  }

  /** Ids stand for names where the token may not list deployments. */
  #deploymentNames(options: CallOptions): Promise<Listing<AstroDeployment>> {
    return this.#deploymentList(options).catch(emptyWhereForbidden);
  }

  async #workspaceList(options: CallOptions): Promise<Listing<AstroPlace>> {
    requireRunning(options.signal);
    this.#workspaces ??= this.#client
      .listWorkspaces()
      .then(listingOf)
      .catch((error: unknown) => {
        this.#workspaces = undefined;
        throw error;
      });
    return abortable(this.#workspaces, options);
  }

  async #deploymentList(
    options: CallOptions,
  ): Promise<Listing<AstroDeployment>> {
    requireRunning(options.signal);
    this.#deployments ??= this.#client
      .listDeployments()
      .then(listingOf)
      .catch((error: unknown) => {
        this.#deployments = undefined;
        throw error;
      });
    return abortable(this.#deployments, options);
  }
}

/** The part of the port that looks workspaces and deployments up. */
export function inventoryPortOf(client: AstroClient): InventoryPort {
  return {
    listWorkspaces: async (owner, options) =>
      (await client.listWorkspaces(options))
        .map(({ id, name }) => ({ owner, name, platformId: id }))
        .sort(byName),
    listDeployments: async (owner, options) => {
      const [workspaces, deployments] = await Promise.all([
        client.listWorkspaces(options),
        client.listDeployments(options),
      ]);
      const names = new Map(workspaces.map(({ id, name }) => [id, name]));
      return deployments
        .map(({ id, name, workspaceId }) => ({
          owner,
          name,
          workspace: names.get(workspaceId) ?? workspaceId,
          platformId: id,
        }))
        .sort(byName);
    },
  };
}

/** Astro's ids: 25 small letters and digits that begin with "cl" or "cm". */
export function isId(text: string): boolean {
  return /^c[lm][a-z0-9]{23}$/.test(text);
}

function byName(
  left: { readonly name: string },
  right: { readonly name: string },
): number {
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}

function emptyWhereForbidden(thrown: unknown): Listing<never> {
  if (thrown instanceof PatchbayError && thrown.has("forbidden"))
    return listingOf([]);
  throw thrown;
}

function rethrow(thrown: unknown): never {
  throw thrown;
}

function listingOf<T extends AstroPlace>(all: readonly T[]): Listing<T> {
  return { all, byId: new Map(all.map((item) => [item.id, item])) };
}

/** A listing serves several: who cancels leaves it to the others. */
async function abortable<T>(
  shared: Promise<T>,
  { signal }: CallOptions,
): Promise<T> {
  if (signal === undefined) return shared;
  let abort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(cancelled());
  });
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([aborted, shared]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
