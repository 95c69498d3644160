import { PatchbayError } from "../../diagnostics";
import { systemTime, type Time } from "../../http";
import {
  type CallOptions,
  type ConnectionKey,
  type DeploymentUsage,
  formatConnectionKey,
  type KeyedCallOptions,
  type Owner,
} from "../../model";
import type { EnvironmentObject } from "./answers";
import type { AstroClient } from "./client";
import { AstroInventory } from "./inventory";
import { type Edit, UpdateQueue } from "./update-queue";

export interface AstroObjectsOptions {
  readonly client: AstroClient;
  /** @default the system's clock */
  readonly time?: Time | undefined;
  /** From 0 to 1. @default Math.random */
  readonly random?: (() => number) | undefined;
}

/** Connections as environment objects: found by natural key, and changed one after the other. */
export class AstroObjects {
  readonly client: AstroClient;
  readonly inventory: AstroInventory;
  readonly #time: Time;
  readonly #random: () => number;
  readonly #queues = new Map<string, UpdateQueue>();
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
    const found = await this.client.listConnections(scope, options);
    return Promise.all(found.map((object) => this.#withoutDeleted(object)));
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
      const mayBeGone =
        thrown instanceof PatchbayError &&
        (thrown.has("not_found") || thrown.has("forbidden"));
      if (!mayBeGone) throw thrown;
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

export function connectionGone(key: ConnectionKey): PatchbayError {
  return new PatchbayError({
    code: "not_found",
    detail: `There is no connection ${formatConnectionKey(key)}. Plan again, which makes it.`,
  });
}
