import {
  plainPathsOf,
  secretNameOf,
  soundingSecrets,
  spelledAs,
} from "../catalog";
import {
  type JsonObject,
  type KnownAs,
  type ObservedConnection,
  type ObservedLink,
  type PlatformRules,
  valueAt,
} from "../model";
import { isDeclared, isNamed } from "./connection/platform-fields";
import { withoutPaths } from "./connection/without-paths";

/**
 * A connection that was read, as it is declared or remembered. What was sent as
 * a secret and what sounds like one is named among the secrets, never shown;
 * only what is known to be declared as a plain field stays one. What the platform
 * has filled in by itself is left out.
 */
export function shownConnection(
  read: ObservedConnection,
  known: KnownAs | undefined,
  rules: PlatformRules | undefined,
): ObservedConnection {
  const { stored } = read;
  const shown =
    stored === undefined || rules?.shown === undefined
      ? read
      : { ...read, ...rules.shown(stored, known) };
  const { type } = shown;
  const hidden = hideSecrets(type, shown.config, known, rules);
  return {
    ...shown,
    config: inKnownOrder(
      withoutPaths(
        hidden.config,
        (known?.platformFields ?? []).filter(
          (path) => !isDeclared(known!.config, path),
        ),
      ),
      type,
      known,
      rules,
    ),
    secretFields: withNames(shown.secretFields, hidden.names),
  };
}

/** A set that holds what is known keeps the order in which it is known. */
function inKnownOrder(
  config: JsonObject,
  type: string,
  known: KnownAs | undefined,
  rules: PlatformRules | undefined,
): JsonObject {
  const sets = rules?.setFields?.(type) ?? [];
  return sets.length === 0 || known?.type !== type
    ? config
    : (spelledAs(type, config, known.config, { sets }) as JsonObject);
}

/** The same of a link; the type that is known is its connection's. */
export function shownLink(
  read: ObservedLink,
  known: KnownAs,
  rules: PlatformRules | undefined,
): ObservedLink {
  const { stored } = read;
  const shown =
    stored === undefined || rules?.shownLink === undefined
      ? read
      : { ...read, ...rules.shownLink(stored, known) };
  const hidden = hideSecrets(known.type ?? "", shown.overrides, known, rules);
  return {
    ...shown,
    overrides: hidden.config,
    overrideSecretFields: withNames(shown.overrideSecretFields, hidden.names),
  };
}

/** What is not known to be plain and sounds like a secret, and what is known to be one, leaves the plain fields. */
function hideSecrets(
  type: string,
  config: JsonObject,
  known: KnownAs | undefined,
  rules: PlatformRules | undefined,
): { readonly config: JsonObject; readonly names: readonly string[] } {
  const names = new Set<string>();
  const hidden = new Set<string>();
  for (const name of known?.secretFields ?? [])
    for (const path of plainPathsOf(type, name))
      // A plain field of the same name, of a platform that keeps the two apart, is none.
      if (isNamed(config, path) && !(known && isNamed(known.config, path))) {
        hidden.add(path);
        names.add(name);
      }
  for (const path of soundingSecrets(
    type,
    config,
    (field) => rules?.isPlainField?.(type, field) === true,
  )) {
    const isDeclaredPlain = (valueAt(known?.config, path) ?? null) !== null;
    if (hidden.has(path.join(".")) || isDeclaredPlain) continue;
    hidden.add(path.join("."));
    names.add(secretNameOf(type, path));
  }
  return hidden.size === 0
    ? { config, names: [] }
    : { config: withoutPaths(config, [...hidden]), names: [...names] };
}

/** Where the platform does not tell which secrets are set, those that are seen are not all. */
function withNames(
  told: readonly string[] | undefined,
  seen: readonly string[],
): readonly string[] | undefined {
  return told === undefined || seen.length === 0
    ? told
    : [...new Set([...told, ...seen])].sort();
}
