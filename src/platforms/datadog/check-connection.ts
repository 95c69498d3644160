import { type Diagnostic, hasErrors, PatchbayError } from "../../diagnostics";
import { type Connection, requireOwner } from "../../model";
import { checkAccess, type LockoutSettings } from "./access";
import { datadogIdentity } from "./capabilities";
import type { DeclaredFields, TypeTranslation } from "./types/type-translation";
import { translationOf } from "./types/types";

/** A declaration in which Datadog finds no fault by itself, and its type's translation. */
export interface CheckedConnection {
  readonly translation: TypeTranslation;
  readonly fields: DeclaredFields;
}

/** Everything that Datadog cannot hold of a declaration, or would not show again. */
export function checkConnection(
  connection: Connection,
  settings: LockoutSettings,
): readonly Diagnostic[] {
  const translation = translationOf(connection.type);
  return [
    ...requireOwner(datadogIdentity, connection.owner, ["owner"]),
    ...(translation.ok
      ? translation.value.check(fieldsOf(connection))
      : translation.diagnostics),
    ...checkAccess(connection.access, settings),
  ];
}

/** Rejects with everything that `checkConnection` finds. */
export function requireChecked(
  connection: Connection,
  settings: LockoutSettings,
): CheckedConnection {
  const faults = checkConnection(connection, settings);
  const translation = translationOf(connection.type);
  if (hasErrors(faults) || !translation.ok)
    throw new PatchbayError(
      faults.filter(({ severity }) => severity === "error"),
    );
  return { translation: translation.value, fields: fieldsOf(connection) };
}

function fieldsOf({ config, secrets }: Connection): DeclaredFields {
  return { config, secrets: secrets?.reveal() };
}
