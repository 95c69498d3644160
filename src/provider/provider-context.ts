import { Snapshot } from "../apply";
import { PatchbayError } from "../diagnostics";
import type { Log, Owner, Platform, PlatformDefinition } from "../model";
import { PlannedObjects } from "./planned-objects";

/** What the provider block came to. */
export type Configuration =
  /** `validate`, functions and schema loading never configure. */
  | { readonly kind: "unconfigured" }
  /** Parts of the block are only known at apply: nothing can be asked yet. */
  | {
      readonly kind: "undecided";
      readonly definition: PlatformDefinition | undefined;
      readonly owner: Owner | undefined;
    }
  | {
      readonly kind: "configured";
      readonly platform: Platform;
      readonly owner: Owner | undefined;
    };

/** What is given to the provider from outside. */
export interface ProviderEnvironment {
  readonly platforms: readonly PlatformDefinition[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly log: Log;
}

/**
 * What lives as long as one configured provider, that is for one Terraform
 * walk: the platform, the snapshot of it, and what was planned so far. Under
 * TF_REATTACH_PROVIDERS one process serves several walks, each configured anew.
 */
export class ProviderContext {
  #configuration: Configuration = { kind: "unconfigured" };
  #snapshot: Snapshot | undefined;
  #planned = new PlannedObjects();

  constructor(readonly environment: ProviderEnvironment) {}

  get configuration(): Configuration {
    return this.#configuration;
  }

  get planned(): PlannedObjects {
    return this.#planned;
  }

  get log(): Log {
    return this.environment.log;
  }

  /** Begins a walk. Closes what an earlier one had opened. */
  async configure(configuration: Configuration): Promise<void> {
    await this.close();
    this.#configuration = configuration;
    this.#snapshot =
      configuration.kind === "configured"
        ? new Snapshot(configuration.platform)
        : undefined;
    this.#planned = new PlannedObjects();
  }

  /** The platform, or undefined while the provider block is not wholly known. */
  get platform(): Platform | undefined {
    return this.#configuration.kind === "configured"
      ? this.#configuration.platform
      : undefined;
  }

  /** What is known of the platform before it can be asked anything. */
  get platformIdentity(): Platform | PlatformDefinition | undefined {
    return this.#configuration.kind === "undecided"
      ? this.#configuration.definition
      : this.platform;
  }

  /** Whose connections are meant where a resource does not say. */
  get defaultOwner(): Owner | undefined {
    return this.#configuration.kind === "unconfigured"
      ? undefined
      : this.#configuration.owner;
  }

  get snapshot(): Snapshot | undefined {
    return this.#snapshot;
  }

  /** The platform and its snapshot, where nothing can go on without them. */
  require(): { readonly platform: Platform; readonly snapshot: Snapshot } {
    if (this.platform === undefined || this.#snapshot === undefined) {
      throw new PatchbayError({
        code: "missing_argument",
        detail:
          "The provider block depends on values that are not known yet, so the platform cannot be asked. Give the provider values that are known at plan time, or apply what they come from first with -target.",
      });
    }
    return { platform: this.platform, snapshot: this.#snapshot };
  }

  async close(): Promise<void> {
    const { platform } = this;
    this.#configuration = { kind: "unconfigured" };
    this.#snapshot = undefined;
    await platform?.close();
  }
}
