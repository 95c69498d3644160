import type { Value } from "../model";

/** A connection as it will be after this plan. */
export interface PlannedConnection {
  readonly type: string;
  readonly config: Value;
  /** Its attachments and links are replaced with it. */
  readonly replaced: boolean;
  /** The platform has it already. */
  readonly exists: boolean;
}

/**
 * What was planned so far in this walk, by natural key. Terraform plans what
 * others refer to before them, so a link finds its connection here as it will
 * be, not as it is.
 */
export class PlannedObjects {
  readonly #connections = new Map<string, PlannedConnection>();
  readonly #awaitingSecondCall = new Set<string>();
  readonly #claimed = new Map<string, string>();

  /**
   * Notes the plan of a connection. Terraform plans a replacement in two calls:
   * the first with what is there, the second as if nothing were.
   */
  setConnection(id: string, planned: PlannedConnection): void {
    const replaced =
      planned.replaced || this.#connections.get(id)?.replaced === true;
    if (planned.replaced) this.#awaitingSecondCall.add(id);
    this.#connections.set(id, { ...planned, replaced });
  }

  connection(id: string): PlannedConnection | undefined {
    return this.#connections.get(id);
  }

  /**
   * Claims a natural key for one object of the configuration.
   * @returns what was said of the object that holds it already, or undefined where it was free
   */
  claim(id: string, description: string): string | undefined {
    if (this.#awaitingSecondCall.delete(id)) return undefined;
    const holder = this.#claimed.get(id);
    this.#claimed.set(id, description);
    return holder;
  }

  /** Another object of this type is planned in two calls: its key is claimed once for both. */
  expectSecondCall(id: string): void {
    this.#awaitingSecondCall.add(id);
  }
}
