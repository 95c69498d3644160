import { formatFieldPath } from "../model";
import { isPlainObject, type UserValue } from "./user-value";

/** In TypeScript null removes a field; HCL says that in an argument of its own, since null there means that nothing is given. */
export function removalsApart(
  overrides: UserValue,
  path: readonly string[] = [],
): {
  /** Undefined where nothing but nulls was given. */
  readonly given: UserValue;
  /** As paths. */
  readonly removed: readonly string[];
} {
  if (!isPlainObject(overrides) || Object.keys(overrides).length === 0)
    return { given: overrides, removed: [] };
  const removed: string[] = [];
  const given: [string, UserValue][] = [];
  for (const [field, value] of Object.entries(overrides)) {
    const at = [...path, field];
    const inner = removalsApart(value, at);
    if (value === null) removed.push(formatFieldPath(at));
    else if (inner.given !== undefined) given.push([field, inner.given]);
    removed.push(...inner.removed);
  }
  return {
    given: given.length === 0 ? undefined : Object.fromEntries(given),
    removed: removed.sort(),
  };
}
