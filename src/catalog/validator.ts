import type { Value } from "../model";
import type { ConnectionType } from "./connection-type";
import type { FieldSchema } from "./field-schema";
import { validators } from "./validators.generated";

/** One rule of a schema that a value breaks, with the value and the schema that holds the rule, as ajv tells it. */
export interface RuleError {
  readonly keyword: string;
  /** JSON pointer to the value. */
  readonly instancePath: string;
  readonly params: object;
  /** Where it is the name of a field that breaks the rule. */
  readonly propertyName?: string;
  readonly parentSchema: FieldSchema;
  readonly data: Value;
}

/** Compiled by ajv when the catalogue is generated, so that no process loads ajv; in `errors` is what the last call found. */
interface Validator {
  (fields: Value): boolean;
  readonly errors?: readonly RuleError[] | null;
}

/** Every rule of the type's schema that the fields break. */
export function ruleErrors(
  type: ConnectionType,
  fields: Value,
): readonly RuleError[] {
  const validate = (validators as Readonly<Record<string, Validator>>)[
    type.name
  ]!;
  return validate(fields) ? [] : [...(validate.errors ?? [])];
}
