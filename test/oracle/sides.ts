import { coreSide } from "./core-side";
import type { Side } from "./outcome";
import { providerSide } from "./provider-side";

/** The ways through a world; each is held against the store, and each but the first against the first. */
export const sides: readonly Side[] = [providerSide, coreSide];
