import { type Diagnostic, warningDiagnostic } from "../../diagnostics";
import { KNOWN_AFTER_APPLY, type Value } from "../../model";
import type { ConnectionBefore } from "../before";
import type { OrLater } from "../declared";
import type { FieldChange } from "../field-change";
import type { Rules } from "../rules";
import type { PlannedSecrets } from "../secrets";

/**
 * A warning where an update may take away secrets that are not declared, and so
 * cannot be sent along: set by hand, or by whoever made the connection.
 */
export function lostSecretsWarning(change: {
  readonly id: OrLater<string>;
  readonly before: ConnectionBefore;
  readonly fields: readonly FieldChange[];
  readonly declaredSecrets: Value;
  readonly secrets: PlannedSecrets;
  readonly secretsArgument: string;
  readonly rules: Rules;
}): readonly Diagnostic[] {
  const { id, before, fields, declaredSecrets, secrets, rules } = change;
  const { title, capabilities } = rules;
  if (
    capabilities.secretsWithEveryUpdate !== true ||
    declaredSecrets !== null ||
    secrets.send !== false ||
    !fields.some(({ path: [argument] }) => argument === "config")
  )
    return [];
  const names = before.secrets.fields ?? [];
  const which =
    names.length > 0
      ? `the secrets ${names.join(", ")}, which are not declared here`
      : "secrets that are not declared here, and it does not tell whether there are any";
  const connection = id === KNOWN_AFTER_APPLY ? "the connection" : id;
  return [
    warningDiagnostic({
      code: "secret_would_be_lost",
      path: ["config"],
      detail: `${title} takes the configuration of ${connection} as a whole, so this change may take away ${which}. Declare them in ${change.secretsArgument}, so that they are sent along; or declare that there are none: ${change.secretsArgument} = {}.`,
    }),
  ];
}
