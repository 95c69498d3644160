import { fieldOf, isList, isObject } from "../../../model";
import { type AirflowView, extraPath } from "./airflow-fields";

/**
 * Until 0.1 a key of ours in extra told the type generic and named its secret
 * keys. Real hooks refuse a connection for it, so it is written no more: it is
 * read once, shown as what it is, and goes with the next write.
 */
export const MARK = extraPath("patchbay");

/** Whether it was declared as generic by a version that wrote marks. */
export function isMarked(view: AirflowView): boolean {
  return secretKeysIn(view) !== undefined;
}

/** The keys of extra that marks name as secret. */
export function markedSecrets(
  views: readonly (AirflowView | undefined)[],
): ReadonlySet<string> {
  return new Set(views.flatMap((view) => (view && secretKeysIn(view)) ?? []));
}

function secretKeysIn(view: AirflowView): readonly string[] | undefined {
  const mark = view.get(MARK);
  if (mark === undefined || typeof mark === "symbol" || !isObject(mark))
    return undefined;
  const keys = fieldOf(mark, "secret_extra");
  return fieldOf(mark, "type") === "generic" && isList(keys)
    ? keys.map(String)
    : undefined;
}
