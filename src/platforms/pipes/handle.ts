import {
  type Diagnostic,
  errorDiagnostic,
  PatchbayError,
} from "../../diagnostics";

/** 1 to 39 characters: a lower case letter first, then letters, digits and single underscores, none at the end. */
const HANDLE = /^[a-z](?:[a-z0-9]|_(?=[a-z0-9])){0,38}$/;

/** Why Pipes cannot call a connection so, and a schema in a workspace neither. */
export function handleFaults(name: string): readonly Diagnostic[] {
  if (HANDLE.test(name)) return [];
  return [
    errorDiagnostic({
      code: "invalid_name",
      path: ["name"],
      detail: `${JSON.stringify(name)} cannot be the name of a connection on Turbot Pipes, where it also becomes the name of a schema: 1 to 39 lower case letters, digits and single underscores, a letter first, no underscore at the end. For example "aws_prod".`,
    }),
  ];
}

/** Rejects with `invalid_name` what Pipes cannot call a connection. */
export function requireHandle(name: string): void {
  const faults = handleFaults(name);
  if (faults.length > 0) throw new PatchbayError(faults);
}
