import { type Diagnostic, errorDiagnostic } from "../../diagnostics";
import type { CtyRecord, Schema } from "../wire";

/** Core lets a value for a computed attribute and a null for a required one pass; we do not. */
export function checkComputedOnly(
  config: CtyRecord,
  schema: Schema,
): readonly Diagnostic[] {
  return (schema.block.attributes ?? []).flatMap((attribute) => {
    const given = (config[attribute.name] ?? null) !== null;
    if (attribute.required === true && !given) {
      return [
        errorDiagnostic({
          code: "missing_argument",
          path: [attribute.name],
          detail: `${attribute.name} is required, but the expression gives null. Give it a value.`,
        }),
      ];
    }
    if (attribute.computed === true && attribute.optional !== true && given) {
      return [
        errorDiagnostic({
          code: "conflicting_arguments",
          path: [attribute.name],
          detail: `${attribute.name} is decided by the provider and cannot be set. Remove it.`,
        }),
      ];
    }
    return [];
  });
}
