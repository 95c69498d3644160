import type { ObservedConnection } from "../model";
import type { Parent } from "./planned";

/** The connection of a link or an attachment as it is: nothing here plans it. */
export function observedParent(stored: ObservedConnection | undefined): Parent {
  if (stored === undefined) return { kind: "absent" };
  const { type, config, secretFields, platformId } = stored;
  return { kind: "observed", type, config, secretFields, platformId };
}
