import type { IConstruct } from "constructs";
import { type Diagnostic, formatDiagnostic } from "../diagnostics";

/** Checks the construct at synthesis; cdktf reports what all constructs of a stack find at once, each with its path. */
export function addFaults(
  construct: IConstruct,
  check: () => readonly Diagnostic[],
): void {
  construct.node.addValidation({
    validate: () => check().map(formatDiagnostic),
  });
}
