import type { Side } from "./outcome";
import { providerSide } from "./provider-side";

/**
 * The ways through a world; each is held against the store, and each but the
 * first against the first.
 *
 * THE SECOND SIDE COMES HERE: the core by itself. It plans with `planSet` what
 * `declared` of a world comes to and the platform's ports show, carries it out with
 * `carryOutAll`, and gives an `Outcome`: of each `Planned` its kind, id, action and
 * the dotted paths of its fields (secrets as `secrets` or `override_secrets`; those
 * known after apply as `open`). Where it has no way to make something anew on
 * demand, `canPlay` leaves those worlds out.
 */
export const sides: readonly Side[] = [providerSide];
