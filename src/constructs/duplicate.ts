import type { IConstruct } from "constructs";
import { type Diagnostic, errorDiagnostic } from "../diagnostics";
import type { StackRegistry } from "./stack-registry";

/** The fault of declaring something that is declared already; names both constructs. */
export function duplicateFaults<T extends IConstruct>(
  registry: StackRegistry<T>,
  element: T,
  what: string,
): readonly Diagnostic[] {
  const [first] = registry.earlierTwins(element);
  if (first === undefined) return [];
  return [
    errorDiagnostic({
      code: "duplicate_name",
      path: ["name"],
      detail: `${what} is declared by "${first.node.path}" and again by "${element.node.path}". Remove one of them, or give it another name.`,
    }),
  ];
}
