import type { Diagnostic, DiagnosticPath } from "../diagnostics";
import { effective, fieldOf, isObject, objectOf, type Value } from "../model";
import { combineFields } from "./combined-fields";
import type { ConnectionType } from "./connection-type";
import type { Fault } from "./fault";
import { faultDiagnostic } from "./fault-diagnostic";
import { hostFaults } from "./host-faults";
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
export type OverrideSecretsPath =
  | "override_secrets"
  | "override_secrets_wo"
  /** In code. */
  | "overrideSecrets";

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
  /** What the door calls the place for secrets, where it has one only. @default Terraform's two arguments */
  readonly secretHint?: string | undefined;
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
  const places = placesOfOverrides(overrideSecretsPath, options.secretHint);
  const misplaced = [
    ...checkPlacement({ type, value: overrides, side: "plain", places }),
    ...checkPlacement({ type, value: overrideSecrets, side: "secret", places }),
  ];
  const patches: Patches = { type, overrides, overrideSecrets };
  const faults = effectiveFaults({ ...options, ...patches }).flatMap((fault) =>
    faultOfLink(patches, fault),
  );
  return [
    ...misplaced,
    ...faults.map((fault) => faultDiagnostic(type, places, fault)),
  ];
}

interface Patches {
  readonly type: ConnectionType;
  readonly overrides: Value;
  readonly overrideSecrets: Value;
}

/** What is wrong with the configuration that the deployment would see. */
function effectiveFaults(
  options: Omit<CheckOverridesOptions, "type"> & Patches,
): readonly Fault[] {
  const { type, config, secrets, overrides, overrideSecrets } = options;
  const parent = (value: Value | undefined) =>
    normalizeFields(type.name, value ?? objectOf([]));
  const fields = combineFields({
    schema: type.schema,
    config: effective(parent(config), overrides),
    secrets: effective(parent(secrets), overrideSecrets),
    secretsComplete: false,
  });
  const errors = ruleErrors(type, fields);
  const hosts = hostFaults(type.schema, fields);
  if (errors.length === 0) return hosts;
  const values = [...hosts, ...valueFaults(type.schema, fields, errors)];
  return config === undefined
    ? values
    : [...values, ...presenceFaults(type.schema, fields)];
}

/** The fault as the link's own, or none where it is owed to the connection and not to the overrides. */
function faultOfLink(patches: Patches, fault: Fault): readonly Fault[] {
  const stated = (path: DiagnosticPath) =>
    statedValue(
      isSecretPath(patches.type.schema, path)
        ? patches.overrideSecrets
        : patches.overrides,
      path,
    );
  const isStated = (path: DiagnosticPath) => stated(path) !== undefined;
  switch (fault.kind) {
    case "value":
      return isStated(fault.path) ? [fault] : [];
    case "missing": {
      const parent = fault.path.slice(0, -1);
      const isOwed =
        isStated(fault.path) ||
        (fault.because !== undefined && isStated([...parent, fault.because])) ||
        (parent.length > 0 && isStated(parent));
      return isOwed ? [{ ...fault, removed: stated(fault.path) === null }] : [];
    }
    case "no_alternative": {
      const fields = fault.sets.flatMap((set) => set.required);
      return fields.some((field) => isStated([...fault.path, field]))
        ? [fault]
        : [];
    }
    case "conflict": {
      const isOwn = (field: string) => isStated([...fault.path, field]);
      const own = fault.fields.filter(isOwn);
      const others = fault.fields.filter((field) => !isOwn(field));
      return own.length === 0
        ? []
        : [{ ...fault, fields: [...others, ...own] }];
    }
  }
}

/** What the patch says about this path: the value there, or that of what it replaces or removes around it; undefined for nothing. */
function statedValue(patch: Value, path: DiagnosticPath): Value | undefined {
  let part: Value | undefined = patch;
  for (const step of path) {
    if (!isObject(part)) return part;
    part = fieldOf(part, String(step));
  }
  return part;
}
