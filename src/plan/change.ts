import type { Attachment, Connection, Link } from "../model";
import type { FieldChange } from "./field-change";

/** What is done to an object. */
export const actions = ["create", "update", "replace", "delete"] as const;
export type Action = (typeof actions)[number];

/** What each kind of object is declared as. */
export interface DeclaredObjects {
  readonly connection: Connection;
  readonly attachment: Attachment;
  readonly link: Link;
}
export type ObjectKind = keyof DeclaredObjects;

/** One step of a plan. Frozen data: what it means is decided by whoever reads it. */
export interface ChangeOf<Kind extends ObjectKind> {
  readonly object: Kind;
  readonly action: Action;
  /** The object's natural key, as text: `organization/acme/warehouse@deployment/prod`. */
  readonly id: string;
  /** What it shall be; undefined exactly for `delete`. */
  readonly desired: DeclaredObjects[Kind] | undefined;
  /** The fields that differ; all of them for `create`, none for `delete`. */
  readonly fields: readonly FieldChange[];
  /** Why a `replace` cannot be an `update`, in words; empty for every other action. */
  readonly replacedBecause: readonly string[];
  /** To be sent with the write. */
  readonly concurrencyToken: string | undefined;
}

export type Change = {
  readonly [Kind in ObjectKind]: ChangeOf<Kind>;
}[ObjectKind];

/**
 * Where a step stands in the order of carrying out: what depends on a
 * connection goes before it and comes after it.
 */
const positions: Readonly<
  Record<"remove" | "make", Readonly<Record<ObjectKind, number>>>
> = {
  remove: { link: 0, attachment: 1, connection: 2 },
  make: { connection: 3, attachment: 4, link: 5 },
};

/** One half of a change: a replacement is removed in one step and made again in a later one. */
export interface Step {
  readonly change: Change;
  readonly half: "remove" | "make";
}

/** The order in which changes are carried out; within one position, by id. */
export function orderedSteps(changes: readonly Change[]): readonly Step[] {
  return changes
    .flatMap((change) =>
      halvesOf(change.action).map((half) => ({ change, half })),
    )
    .sort(
      (left, right) =>
        positions[left.half][left.change.object] -
          positions[right.half][right.change.object] ||
        (left.change.id < right.change.id
          ? -1
          : Number(left.change.id > right.change.id)),
    );
}

const halves: Readonly<Record<Action, readonly Step["half"][]>> = {
  create: ["make"],
  update: ["make"],
  replace: ["remove", "make"],
  delete: ["remove"],
};

function halvesOf(action: Action): readonly Step["half"][] {
  return halves[action];
}
