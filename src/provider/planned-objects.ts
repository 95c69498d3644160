import type { Value } from "../model";

/** A connection as it will be after this plan. */
export interface PlannedConnection {
  readonly type: string;
  readonly config: Value;
  /** It is made anew, so what belongs to an earlier one (attachments, links) is made anew with it. */
  readonly madeAnew: boolean;
}

/**
 * What was planned so far in this walk, by natural key. Terraform plans what
 * others refer to before them, so a link finds its connection here as it will
 * be, not as it is.
 */
export class PlannedObjects {
  readonly #connections = new Map<string, PlannedConnection>();
  readonly #claimed = new Map<string, string>();
  readonly #read = new Set<string>();

  setConnection(id: string, planned: PlannedConnection): void {
    this.#connections.set(id, planned);
  }

  connection(id: string): PlannedConnection | undefined {
    return this.#connections.get(id);
  }

  setRead(id: string): void {
    this.#read.add(id);
  }

  /** Whether this walk has read the object: one that plans does, unless told not to refresh; one that applies never does. */
  wasRead(id: string): boolean {
    return this.#read.has(id);
  }

  /**
   * Claims a natural key for one object of the configuration; not again for the second call of a replacement.
   * @returns what was said of the object that holds it already, or undefined where it was free
   */
  claim(id: string, description: string): string | undefined {
    const holder = this.#claimed.get(id);
    this.#claimed.set(id, description);
    return holder;
  }
}
