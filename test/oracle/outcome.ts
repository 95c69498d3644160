/** What comes of a world on one side: the provider's RPCs, or the core by itself. Both say it in these words. */
import type { Write } from "./counting-platform";
import type { JsonValue } from "../../src/model";
import type { Ground } from "./grounds/ground";
import type { StoreView } from "./store-view";
import type { ThingKind, World } from "./world";

/** One way through a world. */
export interface Side {
  readonly name: string;
  /** Whether it has a way to say all that the world does. @default it has */
  readonly canPlay?: (world: World) => boolean;
  readonly play: (world: World, ground: Ground) => Promise<Outcome | Refused>;
}

export type PlannedAction = "none" | "create" | "update" | "replace" | "delete";

/** What is planned for one object. */
export interface PlannedThing {
  readonly kind: ThingKind;
  /** Its natural key in the end; of a deletion the one that it had. */
  readonly id: string;
  /** The natural key that it had, where it was there; differs from `id` where it is renamed. */
  readonly was: string | undefined;
  readonly action: PlannedAction;
  /**
   * The fields that change, by dotted path in the model's words, whatever they
   * are written as: `description`, `config.port`, `access.view`, `overrides.schema`.
   * Secrets are one field: `secrets`, `override_secrets`. Of a creation all that
   * are set, of a deletion none. Neither keys nor what the platform decides.
   */
  readonly changed: readonly string[];
  /**
   * The fields that may change, and all below them: known after apply, or not
   * looked at before. None of them is among `changed`.
   */
  readonly open: readonly string[];
  /**
   * Of an update, what else is shown to differ, though the platform sees nothing
   * of it: what is ours alone (`verify`, what a link shows of its connection), and
   * `NAME, empty` where none and nothing take each other's place.
   */
  readonly unseen: readonly string[];
}

/** Nothing was written: what is declared cannot be planned. */
export interface Refused {
  readonly refused: readonly string[];
}

export interface Outcome {
  /** By address, or by kind and natural key where a side knows none. */
  readonly planned: ReadonlyMap<string, PlannedThing>;
  /** Before the plan was carried out, and after. */
  readonly before: StoreView;
  readonly after: StoreView;
  /** What was sent while planning. */
  readonly writesOfPlan: number;
  /** In the order in which they were sent. */
  readonly writes: readonly Write[];
  /** What each link's deployment sees in the end, by the link's natural key: plain fields by dotted path, defaults left out. */
  readonly effective: ReadonlyMap<string, ReadonlyMap<string, JsonValue>>;
  /** Errors of carrying it out. */
  readonly failures: readonly string[];
  /** Addresses for which the next plan is not empty. */
  readonly unsettled: readonly string[];
}

export function isRefused(outcome: Outcome | Refused): outcome is Refused {
  return "refused" in outcome;
}

/** A path, or one that it is below of. */
export function isUnder(path: string, roots: readonly string[]): boolean {
  return roots.some((root) => path === root || path.startsWith(`${root}.`));
}
