import { type DiagnosticCode, PatchbayError } from "../diagnostics";
import type { CallOptions } from "../model";

/** Every method of the port, as tests name it: part, then method. */
export type PortMethod =
  | "connections.list"
  | "connections.tryFind"
  | "connections.create"
  | "connections.update"
  | "connections.delete"
  | "attachments.list"
  | "attachments.tryFind"
  | "attachments.create"
  | "attachments.delete"
  | "links.list"
  | "links.tryFind"
  | "links.create"
  | "links.update"
  | "links.delete"
  | "verification.verify"
  | "usage.find"
  | "inventory.listWorkspaces"
  | "inventory.listDeployments"
  | "inventoryManagement.createWorkspace"
  | "inventoryManagement.renameWorkspace"
  | "inventoryManagement.changeDeployment"
  | "inventoryManagement.deleteWorkspace"
  | "inventoryManagement.createDeployment"
  | "inventoryManagement.deleteDeployment";

/** A failure to come. */
export interface PlannedFault {
  readonly method: PortMethod;
  readonly code: DiagnosticCode;
  /** @default a sentence that says that the failure was injected */
  readonly detail?: string;
  /** How many calls of the method fail. @default 1 */
  readonly times?: number;
  /** `after`: the call takes effect, then fails as if its answer was lost. @default "before" */
  readonly when?: "before" | "after";
}

/** Counts the calls of a platform and lets chosen ones fail. */
export class FaultPlan {
  readonly #counts = new Map<PortMethod, number>();
  #faults: PlannedFault[] = [];

  /** The next calls of the method fail; faults of one method are used up in the order given. */
  add(fault: PlannedFault): void {
    for (let time = 0; time < (fault.times ?? 1); time++)
      this.#faults.push(fault);
  }

  /** How often the method was called since the last reset, failed calls included. */
  count(method: PortMethod): number {
    return this.#counts.get(method) ?? 0;
  }

  /** The calls since the last reset, of the methods that were called. */
  counts(): Readonly<Partial<Record<PortMethod, number>>> {
    return Object.fromEntries(this.#counts);
  }

  /** Forgets the counts and the faults that are still to come. */
  reset(): void {
    this.#counts.clear();
    this.#faults = [];
  }

  /** Carries out one call of the port as planned. */
  async run<T>(
    method: PortMethod,
    options: CallOptions | undefined,
    effect: () => T,
  ): Promise<T> {
    this.#counts.set(method, this.count(method) + 1);
    // Every real platform answers later, so callers must not rely on an answer in the same turn.
    await Promise.resolve();
    if (options?.signal?.aborted === true) {
      throw new PatchbayError({
        code: "cancelled",
        detail: `The call ${method} was cancelled before it was sent; nothing happened.`,
      });
    }
    const index = this.#faults.findIndex((fault) => fault.method === method);
    const [fault] = index < 0 ? [] : this.#faults.splice(index, 1);
    if (fault === undefined) return effect();
    if (fault.when === "after") effect();
    throw new PatchbayError({
      code: fault.code,
      detail:
        fault.detail ?? `This failure of ${method} was injected by a test.`,
    });
  }
}
