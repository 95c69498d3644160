import { type Diagnostic, warningDiagnostic } from "../diagnostics";
import { isObject } from "../model";
import type { FieldChange } from "./field-change";
import type { PlannedSecrets, SecretsFacts } from "./secrets";

/** Said where an unchanged version lets one expect that nothing is sent, and something is. */
export function sentAlongWarning(options: {
  /** The object, for people: `The connection acme/warehouse`. */
  readonly what: string;
  /** The platform, where it takes the plain fields and the secrets as a whole. @default it does not */
  readonly asAWhole: string | undefined;
  readonly facts: SecretsFacts;
  readonly secrets: PlannedSecrets;
  readonly fields: readonly FieldChange[];
  readonly argument: string;
}): readonly Diagnostic[] {
  const { what, asAWhole, facts, secrets, fields, argument } = options;
  const { declared, version, memory, before } = facts;
  if (
    before === undefined ||
    before.revision === 0 ||
    !memory.wereSent ||
    typeof version !== "string" ||
    version !== memory.version ||
    !isObject(declared) ||
    Object.keys(declared).length === 0
  )
    return [];
  const isWritten = fields.some(({ path: [name] }) => name === "config");
  const why =
    secrets.send === true && facts.goesElsewhere === true
      ? `${what} goes to another place or another way, so its secrets go with it`
      : asAWhole !== undefined && isWritten
        ? `${asAWhole} takes the fields and the secrets of a connection as a whole, so they are sent with this change`
        : undefined;
  if (why === undefined) return [];
  return [
    warningDiagnostic({
      code: "secrets_sent_along",
      path: [argument],
      detail: `${why}, as ${argument} gives them now, although their version (${version}) is unchanged.`,
    }),
  ];
}
