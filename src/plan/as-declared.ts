import {
  equalValues,
  formatOwner,
  isObject,
  leafPaths,
  type Link,
  type ObservedConnection,
  type ObservedLink,
  type PlatformRules,
  type Value,
} from "../model";
import { connectionChanges } from "./connection/connection-fields";
import {
  inWordsOf,
  refreshedConnection,
} from "./connection/refreshed-connection";
import { normalizedSecrets } from "./connection/to-connection";
import type { DeclaredConnection } from "./declared";
import { nothingRemembered } from "./secrets";

/**
 * Whether what is there is, as far as the platform shows, what is declared, so
 * that it can only be what an interrupted create of ours has made. Secrets are
 * compared by which are set. An access list is not looked at: not every platform
 * shows it, and taking the connection over sets it.
 */
export function connectionIsAsDeclared(
  declared: DeclaredConnection,
  stored: ObservedConnection,
  rules?: Pick<PlatformRules, "setFields">,
): boolean {
  const before = refreshedConnection(
    inWordsOf(declared, nothingRemembered),
    stored,
    nothingRemembered,
  );
  const differing = connectionChanges(declared, formatOwner(stored.owner), {
    before,
    memory: nothingRemembered,
    sets: rules?.setFields?.(stored.type),
  }).filter(({ path: [argument] }) => shownEverywhere.has(argument!));
  return (
    differing.length === 0 &&
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
