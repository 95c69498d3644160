import type { Diagnostic } from "../diagnostics";

/** Secrets have more than one argument: faults of the model's field, shown at the argument that is used. */
export function pointingAt(
  field: string,
  argument: string,
  faults: readonly Diagnostic[],
): readonly Diagnostic[] {
  return faults.map((fault) =>
    fault.path[0] === field
      ? { ...fault, path: [argument, ...fault.path.slice(1)] }
      : fault,
  );
}
