import type { ObjectKind } from "../plan";

/** What came of a create: `not_made` only where it surely did not happen. */
export type CreateAnswer = "made" | "not_made";

/**
 * The creates that were begun and of which nobody knows what came, because the
 * process was killed: kept by a door where its next run finds them.
 */
export interface PendingCreates {
  /** Notes that a create is about to be sent. @returns what notes the answer; it is never called where none came */
  begin(kind: ObjectKind, id: string): (answer: CreateAnswer) => void;
  /** When earlier runs of the same state have begun to create the object, without having noted it down. */
  interrupted(kind: ObjectKind, id: string): readonly Date[];
}

/** For doors that keep none: what exists already was made by others. */
export const nothingPending: PendingCreates = {
  begin: () => () => undefined,
  interrupted: () => [],
};
