/**
 * The part of JSON Schema 2020-12 that connection types are written in. It is
 * kept regular on purpose: fields stand in `properties`, and what must be given
 * together or instead of each other is said over `required` only.
 */
export interface FieldSchema {
  readonly type?: FieldType;
  readonly title?: string;
  readonly description?: string;
  /** The field, with everything inside it, is a secret. */
  readonly writeOnly?: boolean;
  /** What the field is where it is not given: the two mean the same, so neither is a change of the other. Never filled in. */
  readonly default?: string | number | boolean;
  readonly examples?: readonly unknown[];

  readonly enum?: readonly (string | number)[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;

  readonly items?: FieldSchema;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;

  readonly properties?: { readonly [field: string]: FieldSchema };
  /** Of the fields that `properties` does not name; false refuses them. */
  readonly additionalProperties?: boolean | FieldSchema;
  readonly propertyNames?: FieldSchema;

  readonly required?: readonly string[];
  /** Field → the fields that must be given with it. */
  readonly dependentRequired?: { readonly [field: string]: readonly string[] };
  /** Exactly one of these sets of fields must be given. */
  readonly oneOf?: readonly FieldSet[];
  /** At least one of these sets of fields must be given. */
  readonly anyOf?: readonly FieldSet[];
  /** None of these sets of fields may be given together. */
  readonly not?: { readonly anyOf: readonly FieldSet[] };
}

export type FieldType =
  "string" | "integer" | "number" | "boolean" | "object" | "array";

/** Fields that are given together, and what they are for people. */
export interface FieldSet {
  readonly title?: string;
  readonly required: readonly string[];
}

/** The schema of a whole connection type: one object over config and secrets. */
export interface ConnectionTypeSchema extends FieldSchema {
  readonly $schema: string;
  readonly $id: string;
  readonly title: string;
  readonly description: string;
  readonly type: "object";
  readonly properties: { readonly [field: string]: FieldSchema };
}

/** The schema of one field of an object: its own, that of a map's values, or none. */
export function schemaOfField(
  schema: FieldSchema | undefined,
  field: string,
): FieldSchema | undefined {
  if (
    schema?.properties !== undefined &&
    Object.hasOwn(schema.properties, field)
  ) {
    return schema.properties[field];
  }
  return typeof schema?.additionalProperties === "object"
    ? schema.additionalProperties
    : undefined;
}

/** A field whose members have any names. */
export function isMap(schema: FieldSchema | undefined): boolean {
  return (
    schema?.type === "object" &&
    schema.properties === undefined &&
    schema.additionalProperties !== false
  );
}
