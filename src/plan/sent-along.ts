import { type Diagnostic, warningDiagnostic } from "../diagnostics";
import { isObject } from "../model";
import { type StoredSecrets, storedSecretsElsewhere } from "./destination";
import type { FieldChange } from "./field-change";

export interface SecretsOnTheWay extends StoredSecrets {
  /** The platform, where it takes the plain fields and the secrets as a whole. @default it does not */
  readonly asAWhole?: string | undefined;
  readonly fields: readonly FieldChange[];
}

/** What an update in place does to secrets by the way: those that go elsewhere as they are, and those that are sent. */
export function onTheWayWarnings(
  options: SecretsOnTheWay,
): readonly Diagnostic[] {
  return [...storedSecretsElsewhere(options), ...sentAlongWarning(options)];
}

/** Said where an unchanged version lets one expect that nothing is sent, and something is. */
function sentAlongWarning(options: SecretsOnTheWay): readonly Diagnostic[] {
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
