import { secretNameOf, soundingSecrets } from "../catalog";
import {
  type Diagnostic,
  errorDiagnostic,
  warningDiagnostic,
} from "../diagnostics";
import {
  hasFeature,
  isKnown,
  isObject,
  type JsonObject,
  objectOf,
  parseConnectionTypeName,
  type PlatformRules,
  type Value,
  valueAt,
} from "../model";
import type { Rules } from "./rules";

export interface FieldsToListenTo {
  /** The connection's; undefined as long as it is not known. */
  readonly type: string | undefined;
  readonly argument: "config" | "overrides";
  readonly value: Value;
  /** Where such secrets belong: `secrets_wo`. */
  readonly secretsArgument: string;
}

/**
 * A warning for each plain field that sounds like a secret. For where nobody
 * sees what is there already: what has been plain stays so.
 */
export function soundingWarnings(
  fields: FieldsToListenTo,
): readonly Diagnostic[] {
  // Before the platform is known, nobody says which fields of its own types are plain.
  if (parseConnectionTypeName(fields.type ?? "").kind === "native") return [];
  return sounding(fields, undefined).map(({ path, detail }) =>
    warningDiagnostic({ code: "secret_in_config", path, detail }),
  );
}

/**
 * An error for each plain field that sounds like a secret and is new: what is
 * plain in `before` stays so, which only a warning says. Where the platform has
 * no place for it among the secrets, nothing is refused either.
 */
export function newlySounding(
  fields: FieldsToListenTo,
  before: Value,
  rules: Rules | undefined,
): readonly Diagnostic[] {
  const isCatalogue =
    parseConnectionTypeName(fields.type ?? "").kind === "catalogue";
  return sounding(fields, rules)
    .filter(
      ({ path: [, ...inner], name }) =>
        (valueAt(before, inner) ?? null) === null &&
        !(
          isCatalogue &&
          name.startsWith("secret_extra.") &&
          rules !== undefined &&
          !hasFeature(rules, "extra")
        ),
    )
    .map(({ path, detail }) =>
      errorDiagnostic({ code: "secret_in_config", path, detail }),
    );
}

interface Sounding {
  readonly path: readonly string[];
  /** As it would be called among the secrets. */
  readonly name: string;
  readonly detail: string;
}

function sounding(
  { type, argument, value, secretsArgument }: FieldsToListenTo,
  rules: Pick<PlatformRules, "isPlainField"> | undefined,
): readonly Sounding[] {
  if (type === undefined || !isObject(value)) return [];
  return soundingSecrets(
    type,
    knownParts(value),
    (field) => rules?.isPlainField?.(type, field) === true,
  ).map((inner) => {
    const name = secretNameOf(type, inner);
    const field = inner.at(-1) ?? "";
    const home = inner.length > 1 ? ` of ${inner.slice(0, -1).join(".")}` : "";
    return {
      path: [argument, ...inner],
      name,
      detail: `${JSON.stringify(field)}${home} sounds like a secret, and ${argument} is shown in plans and kept in the state. Move it to ${name.split(".").slice(0, -1).join(".") || name}, in ${secretsArgument}.`,
    };
  });
}

/** What is not known yet makes no sound. */
function knownParts(value: Value): JsonObject {
  if (!isObject(value)) return objectOf([]);
  return objectOf(
    Object.entries(value).flatMap(([field, part]) =>
      isKnown(part)
        ? [[field, part] as const]
        : isObject(part)
          ? [[field, knownParts(part)] as const]
          : [],
    ),
  ) as JsonObject;
}
