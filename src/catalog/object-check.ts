import { type Diagnostic, errorDiagnostic } from "../diagnostics";
import { isList, isObject, KNOWN_AFTER_APPLY, type Value } from "../model";

/** Nothing where it is an object, not given, or not known until apply. The value is never shown. */
export function checkObject(
  value: Value | undefined,
  attribute: string,
): readonly Diagnostic[] {
  if (
    value === undefined ||
    value === null ||
    value === KNOWN_AFTER_APPLY ||
    isObject(value)
  )
    return [];
  const found = isList(value) ? "list" : typeof value;
  return [
    errorDiagnostic({
      code: "invalid_field",
      path: [attribute],
      detail: `${attribute} must be an object of fields, but is a ${found}.`,
    }),
  ];
}
