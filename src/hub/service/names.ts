import {
  type Diagnostic,
  type DiagnosticPath,
  errorDiagnostic,
} from "../../diagnostics";
import { checkName } from "../../model";

/** The model's rules for names, and one of the hub's own: a name is a part of an address. */
export function checkHubName(
  name: string,
  path: DiagnosticPath,
): readonly Diagnostic[] {
  if (name !== "." && name !== "..") return checkName(name, path);
  return [
    errorDiagnostic({
      code: "invalid_name",
      path,
      detail: `The name ${JSON.stringify(name)} cannot be a part of an address. Choose another name.`,
    }),
  ];
}
