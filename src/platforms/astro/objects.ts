import { PatchbayError } from "../../diagnostics";
import { systemTime, type Time } from "../../http";
import {
  type CallOptions,
  type ConnectionKey,
  type DeploymentUsage,
  formatConnectionKey,
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
    return this.client.listConnections(scope, options);
  }

  /** Undefined only when Astro's listing says that there is none of this name. */
  async tryFind(
    key: ConnectionKey,
    { signal }: CallOptions = {},
  ): Promise<EnvironmentObject | undefined> {
    const scope = await this.inventory.scopeOf(key.owner, { signal });
    const found = await this.client.listConnections(scope, {
      objectKey: key.name,
      signal,
    });
    if (found.length <= 1) return found[0];
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

  #queueOf(key: ConnectionKey, id: string): UpdateQueue {
    let queue = this.#queues.get(id);
    if (queue === undefined) {
      queue = new UpdateQueue(id, {
        client: this.client,
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
