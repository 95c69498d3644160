import {
  fieldOf,
  isObject,
  KNOWN_AFTER_APPLY,
  objectOf,
  type Value,
  type ValueObject,
} from "../model";
import type { FieldSchema } from "./field-schema";
import { fieldKind } from "./secret-fields";

export interface CombineOptions {
  readonly schema: FieldSchema;
  readonly config: Value;
  readonly secrets: Value;
  /** Whether secrets that are not given are not there; otherwise they may be. */
  readonly secretsComplete: boolean;
}

/**
 * Config and secrets as the one object that the schema describes. Each field
 * comes from where it belongs; one that was given on the wrong side counts as
 * given, with a value that is not looked at. Fields that the schema does not
 * name are left out. Both faults are reported by the placement check.
 */
export function combineFields(options: CombineOptions): ValueObject {
  const entries: [string, Value][] = [];
  for (const [field, schema] of Object.entries(
    options.schema.properties ?? {},
  )) {
    const value = combinedField(field, schema, options);
    if (value !== undefined) entries.push([field, value]);
  }
  return objectOf(entries);
}

function combinedField(
  field: string,
  schema: FieldSchema,
  options: CombineOptions,
): Value | undefined {
  const { config, secrets, secretsComplete } = options;
  const inConfig = fieldIn(config, field);
  const inSecrets = fieldIn(secrets, field);
  const plain =
    inConfig ?? (config === KNOWN_AFTER_APPLY ? KNOWN_AFTER_APPLY : undefined);
  const secretMayExist = secrets === KNOWN_AFTER_APPLY || !secretsComplete;
  const secret = inSecrets ?? (secretMayExist ? KNOWN_AFTER_APPLY : undefined);
  switch (fieldKind(schema)) {
    case "plain":
      return plain ?? misplaced(inSecrets);
    case "secret":
      return secret ?? misplaced(inConfig);
    case "mixed":
      if (!isObject(plain) && !isObject(secret)) return plain ?? secret;
      if (
        plain !== undefined &&
        plain !== KNOWN_AFTER_APPLY &&
        !isObject(plain)
      )
        return plain;
      return combineFields({
        schema,
        config: plain ?? objectOf([]),
        secrets: secret ?? objectOf([]),
        secretsComplete,
      });
  }
}

function misplaced(value: Value | undefined): Value | undefined {
  return value === undefined ? undefined : KNOWN_AFTER_APPLY;
}

function fieldIn(value: Value, field: string): Value | undefined {
  return isObject(value) ? fieldOf(value, field) : undefined;
}
