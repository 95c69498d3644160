import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import { isObject, type JsonObject } from "../../../model";
import { secretNames } from "./secret-names";

export const NATIVE_PREFIX = "pipes:";

/** What of a plugin's own fields stands in the wrong place. */
export function nativeFaults(config: JsonObject): readonly Diagnostic[] {
  return Object.entries(config).flatMap(([field, value]) =>
    secretNames.has(field) && !isObject(value)
      ? [
          errorDiagnostic({
            code: "secret_in_config",
            path: ["config", field],
            detail: `The field ${JSON.stringify(field)} is a secret on Turbot Pipes, which never gives it back. Move it from config to secrets or secrets_wo.`,
          }),
        ]
      : [],
  );
}
