import type { Diagnostic } from "../diagnostics";
import { objectOf, type Value } from "../model";
import { combineFields } from "./combined-fields";
import { faultDiagnostic } from "./fault-diagnostic";
import { hostFaults } from "./host-faults";
import { normalizeFields } from "./normalize";
import { checkObject } from "./object-check";
import { checkPlacement } from "./placement";
import { placesOfFields } from "./places";
import { presenceFaults } from "./presence";
import { tryFindConnectionType } from "./registry";
import { ruleErrors } from "./validator";
import { valueFaults } from "./value-faults";

/** The attribute that holds the secrets of a declaration. */
export type SecretsPath = "secrets" | "secrets_wo";

export interface CheckFieldsOptions {
  /** A type of the catalogue, or a native one. */
  readonly type: string;
  /** The plain fields; undefined and null are the same as no fields. */
  readonly config: Value | undefined;
  readonly secrets: Value | undefined;
  /** Where diagnostics about secrets point to. */
  readonly secretsPath: SecretsPath;
  /** What the door calls the place for secrets, where it has one only. @default Terraform's two arguments */
  readonly secretHint?: string | undefined;
  /** Whether `secrets` are all that there are. If not, no secret is missed. */
  readonly secretsComplete: boolean;
}

/**
 * Everything that is wrong with a connection's fields; paths begin with
 * `config` or the secrets path. What is not known until apply counts as right.
 * Of native types, and of types that do not exist (`checkConnectionType` says
 * so), only the two objects are checked.
 */
export function checkFields(
  options: CheckFieldsOptions,
): readonly Diagnostic[] {
  const { secretsPath, secretsComplete } = options;
  const noObjects = [
    ...checkObject(options.config, "config"),
    ...checkObject(options.secrets, secretsPath),
  ];
  const type = tryFindConnectionType(options.type);
  if (type === undefined || noObjects.length > 0) return noObjects;

  const config = normalizeFields(type.name, options.config ?? objectOf([]));
  const secrets = normalizeFields(type.name, options.secrets ?? objectOf([]));
  const places = placesOfFields(secretsPath, options.secretHint);
  const misplaced = [
    ...checkPlacement({ type, value: config, side: "plain", places }),
    ...checkPlacement({ type, value: secrets, side: "secret", places }),
  ];
  const fields = combineFields({
    schema: type.schema,
    config,
    secrets,
    secretsComplete,
  });
  const errors = ruleErrors(type, fields);
  const faults = [
    ...hostFaults(type.schema, fields),
    ...(errors.length === 0
      ? []
      : [
          ...valueFaults(type.schema, fields, errors),
          ...presenceFaults(type.schema, fields),
        ]),
  ];
  return [
    ...misplaced,
    ...faults.map((fault) => faultDiagnostic(type, places, fault)),
  ];
}
