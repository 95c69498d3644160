import { equalInMeaning } from "../catalog";
import type { JsonObject } from "../model";

/** Whether two configurations of the type say the same, so that neither is a change of the other. */
export function sameConfig(
  type: string,
  left: JsonObject,
  right: JsonObject,
): boolean {
  return equalInMeaning(type, left, right);
}
