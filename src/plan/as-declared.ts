import {
  equalValues,
  formatOwner,
  isObject,
  KNOWN_AFTER_APPLY,
  leafPaths,
  type Link,
  type ObservedConnection,
  type ObservedDeployment,
  type ObservedLink,
  type PlatformRules,
  type ObservedWorkspace,
  type Value,
} from "../model";
import { connectionChanges } from "./connection/connection-fields";
import {
  inWordsOf,
  refreshedConnection,
} from "./connection/refreshed-connection";
import { normalizedSecrets } from "./connection/to-connection";
import type { DeclaredConnection, DeclaredInventory } from "./declared";
import {
  changedFields,
  type FieldChange,
  type PlainChange,
} from "./field-change";
import { nothingRemembered } from "./secrets";

/**
 * The plain fields in which what is there differs from what is declared, as far
 * as the platform shows it; what is known after apply only does not. An access
 * list is not looked at: not every platform shows it, and taking the connection
 * over sets it.
 */
export function connectionDifferences(
  declared: DeclaredConnection,
  stored: ObservedConnection,
  rules: Pick<PlatformRules, "setFields"> | undefined,
): readonly PlainChange[] {
  const before = refreshedConnection(
    inWordsOf(declared, nothingRemembered),
    stored,
    nothingRemembered,
  );
  return plainChanges(
    connectionChanges(declared, formatOwner(stored.owner), {
      before,
      memory: nothingRemembered,
      sets: rules?.setFields?.(stored.type),
    }),
  ).filter(({ path: [argument] }) => shownEverywhere.has(argument!));
}

/**
 * Whether what is there is, as far as the platform shows, what is declared, so
 * that it can only be what a lost create of ours has made. Secrets are compared
 * by which are set.
 */
export function connectionIsAsDeclared(
  declared: DeclaredConnection,
  stored: ObservedConnection,
  rules: Pick<PlatformRules, "setFields"> | undefined,
): boolean {
  return (
    connectionDifferences(declared, stored, rules).length === 0 &&
    sameNames(
      normalizedSecrets(declared.secrets, stored.type),
      stored.secretFields,
    )
  );
}

const shownEverywhere = new Set<string | number>([
  "type",
  "description",
  "config",
  "parent",
  "auto_link",
  "auto_link_except",
]);

/** The overrides in which a link that is there differs from what is declared. */
export function linkDifferences(
  overrides: Value,
  stored: ObservedLink,
): readonly PlainChange[] {
  return plainChanges(
    changedFields(stored.overrides, overrides, ["overrides"]),
  );
}

/** A deployment of the name may be in another workspace; of a workspace the name is all that there is. */
export function inventoryDifferences(
  { workspace }: DeclaredInventory,
  stored: ObservedWorkspace | ObservedDeployment,
): readonly PlainChange[] {
  return "workspace" in stored
    ? plainChanges(changedFields(stored.workspace, workspace, ["workspace"]))
    : [];
}

function plainChanges(changes: readonly FieldChange[]): readonly PlainChange[] {
  return changes.filter(
    (change): change is PlainChange =>
      change.kind === "plain" && change.after !== KNOWN_AFTER_APPLY,
  );
}

/** The same of a link. */
export function linkIsAsDeclared(wanted: Link, stored: ObservedLink): boolean {
  return (
    equalValues(wanted.overrides, stored.overrides) &&
    sameNames(
      wanted.overrideSecrets?.reveal() ?? null,
      stored.overrideSecretFields,
    )
  );
}

function sameNames(
  declared: Value,
  stored: readonly string[] | undefined,
): boolean {
  return (
    stored === undefined ||
    equalValues(isObject(declared) ? leafPaths(declared) : [], stored)
  );
}
