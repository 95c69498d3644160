import type { DiagnosticPath } from "../diagnostics";
import type { Action } from "./planned";
import type { PlannedSecrets } from "./secrets";

/** What is done to an object that is declared. */
export function actionOf(facts: {
  readonly before: object | undefined;
  readonly replacing: readonly DiagnosticPath[];
  readonly changed: boolean;
  /** @default it has none */
  readonly secrets?: PlannedSecrets;
}): Exclude<Action, "delete"> {
  if (facts.before === undefined) return "create";
  if (facts.replacing.length > 0) return "replace";
  const sent = facts.secrets !== undefined && facts.secrets.send !== false;
  return facts.changed || sent ? "update" : "none";
}
