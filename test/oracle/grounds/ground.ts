import type { Platform } from "../../../src/model";
import type { PlatformName } from "../../../src/platforms/registry";
import type { StoreView } from "../store-view";

/** Where worlds are played: a platform's stand-in, or the hub itself, used for one world after the other. */
export interface Ground {
  readonly name: PlatformName;
  /** What is done here is not counted. */
  readonly platform: Platform;
  /** Leaves nothing but the workspaces, deployments and folders that every world has. */
  reset(): Promise<void>;
  /** What the store holds. */
  view(): StoreView;
  /** Differs as soon as something was sent that would change the store. */
  changesSent(): number;
  close(): Promise<void>;
}

/** The provider's, in every world. */
export const ORGANIZATION = "acme";

/** That many deployments of `analytics` are there to be left out by auto-link: d0, d1, … */
export const SPARE_DEPLOYMENTS = 3;
