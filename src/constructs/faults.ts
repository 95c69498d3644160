import { Annotations } from "./framework";
import type { IConstruct } from "constructs";
import { type Diagnostic, formatDiagnostic } from "../diagnostics";

/** Checks the construct at synthesis; cdktf reports what all constructs of a stack find at once, each with its path. Warnings become annotations. */
export function addFaults(
  construct: IConstruct,
  check: () => readonly Diagnostic[],
): void {
  const warned = new Set<string>();
  construct.node.addValidation({
    validate: () =>
      check().flatMap((diagnostic) => {
        const text = formatDiagnostic(diagnostic);
        if (diagnostic.severity === "error") return [text];
        // An app may be synthesised several times.
        if (!warned.has(text)) Annotations.of(construct).addWarning(text);
        warned.add(text);
        return [];
      }),
  });
}
