import type { DiagnosticPath } from "../diagnostics";
import { isObject, type Value, type ValueObject } from "../model";

/**
 * One field that differs. A secret shows only that it changes: it has neither
 * value, and a change that sets it cannot be told from one that removes it.
 */
export type FieldChange =
  PlainChange | { readonly kind: "secret"; readonly path: DiagnosticPath };

export interface PlainChange {
  readonly kind: "plain";
  readonly path: DiagnosticPath;
  /** Undefined: the field was not there. */
  readonly before: Value | undefined;
  /** Undefined: the field will not be there. */
  readonly after: Value | undefined;
}

/**
 * The fields in which two values differ, one entry per leaf: objects are
 * entered, lists are compared as a whole. A value that is not known until apply
 * counts as different.
 */
export function changedFields(
  before: Value | undefined,
  after: Value | undefined,
  path: DiagnosticPath = [],
): readonly FieldChange[] {
  if (isObject(before) && isObject(after))
    return changedMembers(before, after, path);
  return sameLeaf(before, after)
    ? []
    : [{ kind: "plain", path, before, after }];
}

function changedMembers(
  before: ValueObject,
  after: ValueObject,
  path: DiagnosticPath,
): readonly FieldChange[] {
  const fields = [
    ...new Set([...Object.keys(before), ...Object.keys(after)]),
  ].sort();
  return fields.flatMap((field) =>
    changedFields(ownField(before, field), ownField(after, field), [
      ...path,
      field,
    ]),
  );
}

function ownField(object: ValueObject, field: string): Value | undefined {
  return Object.hasOwn(object, field) ? object[field] : undefined;
}

function sameLeaf(
  before: Value | undefined,
  after: Value | undefined,
): boolean {
  if (typeof before === "symbol" || typeof after === "symbol") return false;
  if (Array.isArray(before) && Array.isArray(after)) {
    const others = after as readonly Value[];
    return (
      before.length === others.length &&
      (before as readonly Value[]).every(
        (item, index) => changedFields(item, others[index]).length === 0,
      )
    );
  }
  return before === after;
}
