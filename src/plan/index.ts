/**
 * Desired + observed + capabilities -> changes and diagnostics. Pure: no I/O,
 * no clock, no randomness. Carrying changes out is apply's business.
 */
export {
  type Action,
  actions,
  type Change,
  type ChangeOf,
  type ObjectKind,
  orderedSteps,
  type Step,
} from "./change";
export { changedFields, type FieldChange } from "./field-change";
export type { DesiredModel, ObservedModel } from "./models";
export { type CheckingPlatform } from "./check-desired";
export { sameConfig } from "./same-config";
export { type Plan, planChanges, type PlanOptions } from "./plan";
export { replacingPaths, type ReplacementFacts } from "./replacement";
