import { Snapshot } from "../apply";
import { PatchbayError } from "../diagnostics";
import type { Log, Owner, Platform, PlatformDefinition } from "../model";
import { PlannedSet, type Rules, rulesOf, type SecretsBefore } from "../plan";
import { resourceTypes } from "./resource-types";

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
  #planned = new PlannedSet(resourceTypes);
  #rules: Rules | undefined;
  #read = new Set<string>();
  #secrets = new Map<string, SecretsBefore>();

  constructor(readonly environment: ProviderEnvironment) {}

  get configuration(): Configuration {
    return this.#configuration;
  }

  /** What was planned so far in this walk. Terraform plans what others refer to before them. */
  get planned(): PlannedSet {
    return this.#planned;
  }

  /** What planning needs to know of the platform; undefined while the provider block does not say which it is. */
  get rules(): Rules | undefined {
    return this.#rules;
  }

  noteRead(id: string): void {
    this.#read.add(id);
  }

  /** Whether this walk has read the object: one that plans does, unless told not to refresh; one that applies never does. */
  wasRead(id: string): boolean {
    return this.#read.has(id);
  }

  /** What a connection's secrets are by now, for the links that are read after it. */
  noteSecrets(id: string | undefined, secrets: SecretsBefore): void {
    if (id !== undefined) this.#secrets.set(id, secrets);
  }

  notedSecrets(id: string | undefined): SecretsBefore | undefined {
    return id === undefined ? undefined : this.#secrets.get(id);
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
    this.#planned = new PlannedSet(resourceTypes);
    this.#read = new Set();
    this.#secrets = new Map();
    const platform =
      configuration.kind === "undecided"
        ? configuration.definition
        : this.platform;
    this.#rules = platform && rulesOf(platform);
  }

  /** The platform, or undefined while the provider block is not wholly known. */
  get platform(): Platform | undefined {
    return this.#configuration.kind === "configured"
      ? this.#configuration.platform
      : undefined;
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
    this.#rules = undefined;
    await platform?.close();
  }
}
