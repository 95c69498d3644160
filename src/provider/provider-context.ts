import {
  Look,
  Ownership,
  type Place,
  Snapshot,
  WorkInProgress,
} from "../apply";
import { type Diagnostic, PatchbayError } from "../diagnostics";
import type { Log, Owner, Platform, PlatformDefinition } from "../model";
import {
  type ObjectKind,
  PlannedSet,
  type Rules,
  rulesOf,
  type SecretsBefore,
  type ReplacedConnection,
} from "../plan";
import { resourceTypes } from "./resource-types";
import { ToldFailures } from "./told-failures";
import { PendingCreatesFile } from "./state/pending-creates-file";

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
      /** Take over what exists already and is equal. */
      readonly adoptExisting: boolean;
      /** Names the platform and where it is, in the journal of creates. */
      readonly target: string;
    };

/** What is opened with the platform, for one walk. */
interface Walk {
  readonly place: Place & { readonly snapshot: Snapshot };
  readonly pending: PendingCreatesFile;
  readonly look: Look;
}

/** Why nothing can be asked: no argument is missing, its value is. */
export function notKnownYet(): PatchbayError {
  return new PatchbayError({
    code: "not_known_yet",
    detail:
      "The provider block depends on values that are known after apply, so the platform cannot be asked while planning. Give the provider values that are known at plan time, or apply what they come from first with -target.",
  });
}

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
  #walk: Walk | undefined;
  #isApplying = false;
  #planned = new PlannedSet(resourceTypes);
  #rules: Rules | undefined;
  #read = new Set<string>();
  #protected = new Set<string>();
  #inPlace = new Map<string, ReplacedConnection>();
  #secrets = new Map<string, SecretsBefore>();
  #toldFailures = new ToldFailures();

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

  noteProtected(id: string): void {
    this.#protected.add(id);
  }

  /** Whether this walk has read a connection that is there and whose state says that it is protected. */
  wasProtected(id: string): boolean {
    return this.#protected.has(id);
  }

  /** What a connection has that its replacement may lack: of one that was planned in place in the first of the two calls. */
  noteInPlace(id: string | undefined, before: ReplacedConnection): void {
    if (id !== undefined) this.#inPlace.set(id, before);
  }

  notedInPlace(id: string): ReplacedConnection | undefined {
    return this.#inPlace.get(id);
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

  /** The state holds the object, so no create of it is pending. */
  noteInState(kind: ObjectKind, id: string): void {
    this.#walk?.pending.saved(kind, id);
  }

  /** This walk is one that applies. What it plans again, the user has seen. */
  noteApplying(): void {
    this.#isApplying = true;
  }

  /** What is there already of what shall be created; undefined where nobody has to be asked. */
  get look(): Look | undefined {
    return this.#isApplying ? undefined : this.#walk?.look;
  }

  /** What this walk has told of the platform's being out of reach. */
  get toldFailures(): ToldFailures {
    return this.#toldFailures;
  }

  /** Begins a walk. Closes what an earlier one had opened. */
  async configure(configuration: Configuration): Promise<void> {
    await this.endWalk();
    this.#configuration = configuration;
    this.#walk =
      configuration.kind === "configured"
        ? this.#begin(configuration)
        : undefined;
    this.#isApplying = false;
    this.#planned = new PlannedSet(resourceTypes);
    this.#read = new Set();
    this.#protected = new Set();
    this.#inPlace = new Map();
    this.#secrets = new Map();
    this.#toldFailures = new ToldFailures();
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
    return this.#walk?.place.snapshot;
  }

  /** The platform and its snapshot, where nothing can go on without them. */
  require(): Place & { readonly snapshot: Snapshot } {
    if (this.#walk === undefined) {
      throw notKnownYet();
    }
    return this.#walk.place;
  }

  /** For what the state remembers: rejects where the platform that it was on has vanished as a whole, so that nothing of it counts as gone or is made anew. */
  requireNotMissing(): void {
    const missing = this.platform?.missing?.();
    if (missing !== undefined) throw new PatchbayError([missing]);
  }

  /** `require` for one step that is carried out. */
  placeOf(step: {
    readonly signal: AbortSignal;
    readonly warn: (diagnostic: Diagnostic) => void;
  }): Place {
    return { ...this.require(), ...step };
  }

  /** Terraform has ended the walk in good order: what was made is in the state. */
  async endWalk(): Promise<void> {
    this.#walk?.pending.end();
    await this.close();
  }

  async close(): Promise<void> {
    const { platform } = this;
    this.#configuration = { kind: "unconfigured" };
    this.#walk?.pending.close();
    this.#walk = undefined;
    this.#rules = undefined;
    await platform?.close();
  }

  #begin({
    platform,
    adoptExisting,
    target,
  }: Extract<Configuration, { readonly kind: "configured" }>): Walk {
    const pending = new PendingCreatesFile({ ...this.environment, target });
    const place = {
      platform,
      snapshot: new Snapshot(platform),
      ownership: new Ownership({
        pending,
        adoptExisting,
        importCommand: (owner) =>
          `patchbay import --platform ${platform.name} --owner ${owner} --as hcl --out imported --only-missing --state terraform.tfstate`,
      }),
      work: new WorkInProgress(),
    };
    return { place, pending, look: new Look(place) };
  }
}
