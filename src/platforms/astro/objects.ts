import { PatchbayError } from "../../diagnostics";
import { systemTime, type Time } from "../../http";
import {
  type CallOptions,
  type ConnectionKey,
  type DeploymentUsage,
  formatConnectionKey,
  formatOwner,
  type KeyedCallOptions,
  type Owner,
} from "../../model";
import type { EnvironmentObject } from "./answers";
import type { AstroClient, Scope } from "./client";
import { AstroInventory } from "./inventory";
import { type Edit, UpdateQueue } from "./update-queue";

export interface AstroObjectsOptions {
  readonly client: AstroClient;
  /** @default the system's clock */
  readonly time?: Time | undefined;
  /** From 0 to 1. @default Math.random */
  readonly random?: (() => number) | undefined;
}

/** How long a listing tells which names are free. Astro may let two have one name, so not for long. */
const NAMES_HOLD_MS = 30_000;

/** Connections as environment objects: found by natural key, and changed one after the other. */
export class AstroObjects {
  readonly client: AstroClient;
  readonly inventory: AstroInventory;
  readonly #time: Time;
  readonly #random: () => number;
  readonly #queues = new Map<string, UpdateQueue>();
  /** By the id of the scope: the listing that runs, and the one that begins after it. */
  readonly #listings = new Map<string, Promise<unknown>>();
  readonly #nextListings = new Map<string, Promise<ReadonlySet<string>>>();
  /** By the id of the scope: what the last listing that was made for a creation has shown. */
  readonly #names = new Map<
    string,
    { readonly names: ReadonlySet<string>; readonly listedAt: number }
  >();
  /** Those that we have made or tried to make. */
  readonly #tried = new Set<string>();
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor({ client, time, random }: AstroObjectsOptions) {
    this.client = client;
    this.inventory = new AstroInventory(client);
    this.#time = time ?? systemTime;
    this.#random = random ?? Math.random;
  }

  async list(
    owner: Owner,
    options: CallOptions = {},
  ): Promise<readonly EnvironmentObject[]> {
    const scope = await this.inventory.scopeOf(owner, options);
    try {
      const found = await this.client.listConnections(scope, options);
      // A listing is what a plan goes by: what was deleted since the last one is seen.
      this.inventory.forgetDeployments();
      return await Promise.all(
        found.map((object) => this.#withoutDeleted(object)),
      );
    } catch (thrown) {
      if (!mayBeGone(thrown)) throw thrown;
      if ((await this.tryFindOwner(owner, options)) !== undefined) throw thrown;
      throw new PatchbayError({
        code: "not_found",
        path: ["owner"],
        detail: `Astro shows no ${formatOwner(owner)} to this token.`,
      });
    }
  }

  /** See `ConnectionPort.tryFindOwner`. */
  async tryFindOwner(
    owner: Owner,
    { platformId, signal }: KeyedCallOptions = {},
  ): Promise<Owner | undefined> {
    return this.inventory.tryFindOwner(
      owner,
      async () =>
        platformId === undefined
          ? undefined
          : this.client.tryGet(platformId, { signal }),
      { signal },
    );
  }

  /**
   * Undefined only when Astro's listing says that there is none of this name, or
   * no such owner.
   */
  async tryFind(
    key: ConnectionKey,
    { signal }: CallOptions = {},
  ): Promise<EnvironmentObject | undefined> {
    try {
      return await this.#tryFindNamed(key, { signal });
    } catch (thrown) {
      if (!mayBeGone(thrown)) throw thrown;
      const isThere = await this.tryFindOwner(key.owner, { signal });
      if (isThere !== undefined) throw thrown;
      return undefined;
    }
  }

  async #tryFindNamed(
    key: ConnectionKey,
    { signal }: CallOptions,
  ): Promise<EnvironmentObject | undefined> {
    const scope = await this.inventory.scopeOf(key.owner, { signal });
    const found = await this.client.listConnections(scope, {
      objectKey: key.name,
      signal,
    });
    const [first] = found;
    if (found.length <= 1) return first && this.#withoutDeleted(first);
    throw new PatchbayError({
      code: "conflict",
      detail: `Astro shows ${found.length} connections ${formatConnectionKey(key)}, so it is not clear which one is meant. Delete all but one of them in Astro: ${found.map(({ id }) => id).join(", ")}.`,
    });
  }

  async find(
    key: ConnectionKey,
    options: CallOptions = {},
  ): Promise<EnvironmentObject> {
    const found = await this.tryFind(key, options);
    if (found === undefined) throw connectionGone(key);
    return found;
  }

  /**
   * Whether there is one of this name already. One listing that begins after
   * they asked serves all who make connections at the same time, and for a while
   * those who come later: what it lacks is free, but for what we made ourselves.
   */
  async isTaken(key: ConnectionKey, scope: Scope): Promise<boolean> {
    const id = scope.scopeEntityId;
    const known = this.#names.get(id);
    if (
      known !== undefined &&
      this.#time.now() - known.listedAt < NAMES_HOLD_MS &&
      !known.names.has(key.name) &&
      !this.#tried.has(formatConnectionKey(key))
    )
      return false;
    let listing = this.#nextListings.get(id);
    if (listing === undefined) {
      const before = this.#listings.get(id) ?? nextTurn();
      listing = before
        .catch(() => undefined)
        .then(() => {
          this.#nextListings.delete(id);
          const running = this.#listNames(scope);
          this.#listings.set(id, running);
          return running.finally(() => {
            if (this.#listings.get(id) === running) this.#listings.delete(id);
          });
        });
      this.#nextListings.set(id, listing);
    }
    return (await listing).has(key.name);
  }

  async #listNames(scope: Scope): Promise<ReadonlySet<string>> {
    const listedAt = this.#time.now();
    const found = await this.client.listConnections(scope);
    const names = new Set(found.map(({ objectKey }) => objectKey));
    this.#names.set(scope.scopeEntityId, { names, listedAt });
    return names;
  }

  /** From now on no earlier listing says that the name is free. */
  noteTried(key: ConnectionKey): void {
    this.#tried.add(formatConnectionKey(key));
  }

  /** A new object, read for the first time. */
  async created(key: ConnectionKey, id: string): Promise<EnvironmentObject> {
    const object = await this.client.tryGet(id).catch((error: unknown) => {
      if (error instanceof PatchbayError) return undefined;
      throw error;
    });
    if (object !== undefined) return object;
    throw new PatchbayError({
      code: "outcome_unknown",
      detail: `Astro created the connection ${formatConnectionKey(key)}, but does not show it yet. Plan again; the next plan shows what is there.`,
    });
  }

  edit(
    key: ConnectionKey,
    id: string,
    edit: Edit,
    { signal }: CallOptions = {},
  ): Promise<EnvironmentObject> {
    return this.#queueOf(key, id).edit(edit, signal);
  }

  /** Runs something while we write nothing to the object. */
  alone<T>(key: ConnectionKey, id: string, work: () => Promise<T>): Promise<T> {
    return this.#queueOf(key, id).alone(work);
  }

  /** Runs what concerns one name after whatever concerns it already. */
  async inTurn<T>(key: ConnectionKey, work: () => Promise<T>): Promise<T> {
    const id = formatConnectionKey(key);
    const before = this.#turns.get(id) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#turns.set(id, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(id) === turn) this.#turns.delete(id);
    }
  }

  /** The deployments that are linked one by one, sorted by name. */
  async linkedDeployments(
    object: EnvironmentObject,
    options: CallOptions = {},
  ): Promise<readonly DeploymentUsage[]> {
    const workspace = await this.inventory.workspaceName(
      object.scopeEntityId,
      options,
    );
    const names = object.links.map(({ deploymentId }) =>
      this.inventory.deploymentName(deploymentId, options),
    );
    return (await Promise.all(names))
      .sort()
      .map((deployment) => ({ deployment, workspace, through: "link" }));
  }

  /** Without the links and exclusions of deployments that were deleted: Astro goes on listing them, and refuses them when they are sent back. */
  async #withoutDeleted(object: EnvironmentObject): Promise<EnvironmentObject> {
    const ids = [
      ...object.excludeLinks,
      ...object.links.map(({ deploymentId }) => deploymentId),
    ];
    if (ids.length === 0) return object;
    const present = await this.inventory.present(ids);
    return {
      ...object,
      excludeLinks: object.excludeLinks.filter((id) => present.has(id)),
      links: object.links.filter((link) => present.has(link.deploymentId)),
    };
  }

  /** Reads and writes one object for its queue, which sends back what it has read. */
  async tryGet(
    id: string,
    options: CallOptions = {},
  ): Promise<EnvironmentObject | undefined> {
    const object = await this.client.tryGet(id, options);
    return object && this.#withoutDeleted(object);
  }

  #queued(): Pick<AstroClient, "tryGet" | "update"> {
    const { client, inventory } = this;
    return {
      tryGet: (id, options) => this.tryGet(id, options),
      update: async (...sent) => {
        try {
          return await this.#withoutDeleted(await client.update(...sent));
        } catch (thrown) {
          inventory.forgetDeployments();
          throw thrown;
        }
      },
    };
  }

  #queueOf(key: ConnectionKey, id: string): UpdateQueue {
    let queue = this.#queues.get(id);
    if (queue === undefined) {
      queue = new UpdateQueue(id, {
        client: this.#queued(),
        time: this.#time,
        random: this.#random,
        gone: () => connectionGone(key),
      });
      this.#queues.set(id, queue);
    }
    return queue;
  }
}

/** Everything that is asked for at the same moment comes before it. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Whether a refusal may be because the owner is gone: Astro answers either. */
function mayBeGone(thrown: unknown): thrown is PatchbayError {
  return (
    thrown instanceof PatchbayError &&
    (thrown.has("not_found") || thrown.has("forbidden"))
  );
}

export function connectionGone(key: ConnectionKey): PatchbayError {
  return new PatchbayError({
    code: "not_found",
    detail: `There is no connection ${formatConnectionKey(key)}. Plan again, which makes it.`,
  });
}
