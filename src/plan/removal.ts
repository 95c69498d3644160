import { KNOWN_AFTER_APPLY } from "../model";
import type { Before } from "./before";
import { protectionFaults } from "./connection/plan-connection";
import type { PlannedRemoval } from "./planned";

/** That the object goes, and what stands against it. */
export function planRemoval(before: Before): PlannedRemoval {
  return {
    kind: before.kind,
    id: before.id ?? KNOWN_AFTER_APPLY,
    action: "delete",
    before,
    declared: undefined,
    fields: [],
    replacing: [],
    diagnostics: before.kind === "connection" ? protectionFaults(before) : [],
  };
}
