import type { ConnectionTypeSchema, FieldSchema, FieldSet } from "../catalog";

/** One field of a connection type, as a row of its documentation. */
export interface TypeField {
  /** Dotted where the field lies in an object. */
  readonly name: string;
  /** `string`, `integer`, `list of string`, `map of string`, `"a" | "b"` */
  readonly type: string;
  readonly required: boolean;
  readonly secret: boolean;
  readonly description: string;
}

/** The fields in the order of the schema, those of objects below them. */
export function fieldsOf(schema: ConnectionTypeSchema): readonly TypeField[] {
  return fieldsWithin(schema, { prefix: "", secret: false });
}

interface Place {
  readonly prefix: string;
  /** Whether what encloses the fields is a secret as a whole. */
  readonly secret: boolean;
}

function fieldsWithin(
  schema: FieldSchema,
  { prefix, secret }: Place,
): readonly TypeField[] {
  return Object.entries(schema.properties ?? {}).flatMap(([field, part]) => {
    const row: TypeField = {
      name: prefix + field,
      type: describeType(part),
      required: schema.required?.includes(field) ?? false,
      secret: secret || part.writeOnly === true,
      description: part.description ?? part.title ?? "",
    };
    return [
      row,
      ...fieldsWithin(part, { prefix: `${row.name}.`, secret: row.secret }),
    ];
  });
}

function describeType(schema: FieldSchema): string {
  if (schema.enum !== undefined)
    return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.type === "array")
    return `list of ${schema.items === undefined ? "any" : describeType(schema.items)}`;
  if (
    schema.type === "object" &&
    typeof schema.additionalProperties === "object"
  ) {
    return `map of ${describeType(schema.additionalProperties)}`;
  }
  return schema.type ?? "any";
}

/** What must be given together or instead of each other, one sentence each. */
export function fieldRules(schema: FieldSchema): readonly string[] {
  return [
    ...alternatives("Exactly one of these must be given", schema.oneOf),
    ...alternatives("At least one of these must be given", schema.anyOf),
    ...(schema.not?.anyOf ?? []).map(
      ({ required }) => `Not together: ${required.join(", ")}`,
    ),
    ...Object.entries(schema.dependentRequired ?? {}).map(
      ([field, needed]) => `With ${field} must be given: ${needed.join(", ")}`,
    ),
  ];
}

function alternatives(
  rule: string,
  sets: readonly FieldSet[] | undefined,
): readonly string[] {
  return sets === undefined
    ? []
    : [
        `${rule}: ${sets.map(({ required }) => required.join(" with ")).join("; ")}`,
      ];
}
