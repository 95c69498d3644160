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
  if (isJsonText(value)) {
    const example = attribute.includes("ecret") ? "password" : "host";
    return [
      errorDiagnostic({
        code: "invalid_field",
        path: [attribute],
        detail: `${attribute} must be an object of fields, but is a text that holds JSON: write { ${example} = … } without jsonencode().`,
      }),
    ];
  }
  const found = isList(value) ? "list" : typeof value;
  return [
    errorDiagnostic({
      code: "invalid_field",
      path: [attribute],
      detail: `${attribute} must be an object of fields, but is a ${found}.`,
    }),
  ];
}

/** What jsonencode() makes of an object, or a file of JSON that was read. */
function isJsonText(value: Value): boolean {
  if (typeof value !== "string" || !value.trimStart().startsWith("{"))
    return false;
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}
