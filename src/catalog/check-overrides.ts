import type { Diagnostic, DiagnosticPath } from "../diagnostics";
import {
  effective,
  fieldOf,
  isObject,
  KNOWN_AFTER_APPLY,
  objectOf,
  type Value,
} from "../model";
import { combineFields } from "./combined-fields";
import type { ConnectionType } from "./connection-type";
import type { Fault } from "./fault";
import { faultDiagnostic } from "./fault-diagnostic";
import { normalizeFields } from "./normalize";
import { checkObject } from "./object-check";
import { checkPlacement } from "./placement";
import { placesOfOverrides } from "./places";
import { presenceFaults } from "./presence";
import { tryFindConnectionType } from "./registry";
import { isSecretPath } from "./secret-fields";
import { ruleErrors } from "./validator";
import { valueFaults } from "./value-faults";

/** The attribute that holds the overridden secrets of a declaration. */
export type OverrideSecretsPath = "override_secrets" | "override_secrets_wo";

export interface CheckOverridesOptions {
  /** The connection's type. */
  readonly type: string;
  /** The connection's config. Undefined: not known; then each override is checked by itself only. */
  readonly config: Value | undefined;
  /** The connection's secrets, if they are known; those that are not given may exist all the same. */
  readonly secrets?: Value;
  /** A JSON Merge Patch over config. */
  readonly overrides: Value | undefined;
  /** A JSON Merge Patch over the secrets. */
  readonly overrideSecrets: Value | undefined;
  /** Where diagnostics about overridden secrets point to. */
  readonly overrideSecretsPath: OverrideSecretsPath;
}

/**
 * Everything that a link's overrides make wrong; paths begin with `overrides`
 * or the path of the overridden secrets. The effective configuration must
 * satisfy the type's schema; what is wrong with the connection itself is not
 * repeated here.
 */
export function checkOverrides(
  options: CheckOverridesOptions,
): readonly Diagnostic[] {
  const { overrideSecretsPath } = options;
  const noObjects = [
    ...checkObject(options.overrides, "overrides"),
    ...checkObject(options.overrideSecrets, overrideSecretsPath),
  ];
  const type = tryFindConnectionType(options.type);
  if (type === undefined || noObjects.length > 0) return noObjects;

  const patch = (value: Value | undefined) =>
    normalizeFields(type.name, value ?? objectOf([]), { keepNulls: true });
  const overrides = patch(options.overrides);
  const overrideSecrets = patch(options.overrideSecrets);
  const places = placesOfOverrides(overrideSecretsPath);
  const misplaced = [
    ...checkPlacement({ type, value: overrides, side: "plain", places }),
    ...checkPlacement({ type, value: overrideSecrets, side: "secret", places }),
  ];
  const faults = effectiveFaults(type, {
    ...options,
    overrides,
    overrideSecrets,
  }).filter((fault) => comesFrom({ type, overrides, overrideSecrets }, fault));
  return [
    ...misplaced,
    ...faults.map((fault) => faultDiagnostic(type, places, fault)),
  ];
}

interface Patches {
  readonly overrides: Value;
  readonly overrideSecrets: Value;
}

/** What is wrong with the configuration that the deployment would see. */
function effectiveFaults(
  type: ConnectionType,
  {
    config,
    secrets,
    overrides,
    overrideSecrets,
  }: CheckOverridesOptions & Patches,
): readonly Fault[] {
  const parent = (value: Value | undefined) =>
    normalizeFields(type.name, value ?? objectOf([]));
  const fields = combineFields({
    schema: type.schema,
    config: effective(parent(config), overrides),
    secrets: effective(parent(secrets), overrideSecrets),
    secretsComplete: false,
  });
  const errors = ruleErrors(type, fields);
  if (errors.length === 0) return [];
  const values = valueFaults(type.schema, fields, errors);
  return config === undefined
    ? values
    : [...values, ...presenceFaults(type.schema, fields)];
}

/** Whether a fault is owed to the overrides rather than to the connection. */
function comesFrom(
  { type, ...patches }: Patches & { readonly type: ConnectionType },
  fault: Fault,
): boolean {
  const isSet = (path: DiagnosticPath) =>
    sets(
      isSecretPath(type.schema, path)
        ? patches.overrideSecrets
        : patches.overrides,
      path,
    );
  switch (fault.kind) {
    case "value":
      return isSet(fault.path);
    case "missing": {
      const parent = fault.path.slice(0, -1);
      const { because } = fault;
      return (
        isSet(fault.path) ||
        (because !== undefined && isSet([...parent, because])) ||
        (parent.length > 0 && isSet(parent))
      );
    }
    case "no_alternative":
      return fault.sets.some((set) =>
        set.required.some((field) => isSet([...fault.path, field])),
      );
    case "conflict":
      return fault.fields.some((field) => isSet([...fault.path, field]));
  }
}

/** Whether the patch says something about this path: sets it, removes it, or replaces what it lies in. */
function sets(patch: Value, path: DiagnosticPath): boolean {
  let part: Value | undefined = patch;
  for (const step of path) {
    if (part === undefined) return false;
    if (part === KNOWN_AFTER_APPLY || !isObject(part)) return true;
    part = fieldOf(part, String(step));
  }
  return part !== undefined;
}
