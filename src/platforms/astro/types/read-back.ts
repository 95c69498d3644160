import { equalInMeaning } from "../../../catalog";
import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import {
  equalValues,
  fieldOf,
  isObject,
  type JsonObject,
  type JsonValue,
  leafPaths,
  objectOf,
} from "../../../model";
import type { AstroType, DecodedFields } from "./astro-type";

/**
 * Faults of fields that Astro would not show again as they are declared, so that
 * every plan would find them different. Undefined secrets are not looked at.
 */
export function readBackFaults(options: {
  readonly type: AstroType;
  readonly declared: {
    readonly config: JsonObject;
    readonly secrets: JsonObject | undefined;
  };
  readonly shown: DecodedFields;
  readonly isOverride: boolean;
}): readonly Diagnostic[] {
  const { type, declared, shown, isOverride } = options;
  const { config, secrets } = declared;
  const unread = secrets === undefined ? (type.besideSecrets ?? []) : [];
  const [plainAt, secretAt] = isOverride
    ? ["overrides", "override_secrets"]
    : ["config", "secrets"];
  const names = new Set([...Object.keys(config), ...Object.keys(shown.config)]);
  const plain = [...names]
    .filter(
      (name) =>
        !unread.includes(name) &&
        !equalInMeaning(
          type.name,
          only(config, name),
          only(shown.config, name),
          {
            keepNulls: isOverride,
          },
        ),
    )
    .flatMap((name) =>
      differences(fieldOf(config, name), fieldOf(shown.config, name), [
        plainAt,
        name,
      ]),
    );
  const declaredSecrets = leafPaths(secrets ?? objectOf([]));
  const secret = Object.entries(secrets ?? {})
    .filter(
      ([name]) =>
        !equalValues(
          declaredSecrets.filter((path) => isOf(name, path)),
          shown.secretFields.filter((path) => isOf(name, path)),
        ),
    )
    .map(([name, value]) => {
      const others = shown.secretFields.filter(
        (path) => !declaredSecrets.includes(path),
      );
      return others.length === 0
        ? notKept([secretAt, name], value)
        : takenFor([secretAt, name], others);
    });
  return [...plain, ...secret];
}

function isOf(field: string, path: string): boolean {
  return path === field || path.startsWith(`${field}.`);
}

/** Down to the members that differ. */
function differences(
  declared: JsonValue | undefined,
  shown: JsonValue | undefined,
  path: readonly string[],
): readonly Diagnostic[] {
  if (isObject(declared) && isObject(shown)) {
    const names = new Set([...Object.keys(declared), ...Object.keys(shown)]);
    return [...names].flatMap((name) =>
      equalValues(fieldOf(declared, name), fieldOf(shown, name))
        ? []
        : differences(fieldOf(declared, name), fieldOf(shown, name), [
            ...path,
            name,
          ]),
    );
  }
  return [notKept(path, declared)];
}

function notKept(
  path: readonly string[],
  declared: JsonValue | undefined,
): Diagnostic {
  const [at = "", ...names] = path;
  const name = names.join(".");
  const isEmpty =
    declared === "" ||
    (isObject(declared) && Object.keys(declared).length === 0);
  return errorDiagnostic({
    code: "unsupported",
    path,
    detail: !isEmpty
      ? `Astro would show ${name} otherwise than it is declared, so that every plan would differ. Use a native type (astro:TYPE), or remove it.`
      : at === "overrides" && declared === ""
        ? `To Astro, an empty ${name} is none. Write ${name} = null where the deployment is to do without it, or else remove it.`
        : `To Astro, an empty ${name} is the same as none. Remove it.`,
  });
}

/** Two secrets share a place, and others decide which of them it is. */
function takenFor(
  path: readonly string[],
  others: readonly string[],
): Diagnostic {
  const name = path.slice(1).join(".");
  return errorDiagnostic({
    code: "unsupported",
    path,
    detail: `With the secrets that the connection has on Astro, ${name} would be taken for ${others.join(", ")}, which is kept in the same place. Take away the secret that ${others.join(", ")} belongs to, with null, or remove ${name}.`,
  });
}

function only(object: JsonObject, name: string): JsonObject {
  return objectOf(Object.entries(object).filter(([field]) => field === name));
}
