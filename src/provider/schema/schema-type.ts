import {
  type CtyRecord,
  type CtyType,
  type CtyValue,
  listOf,
  mapOf,
  objectOf,
  recordOf,
  type Schema,
  type SchemaAttribute,
  setOf,
} from "../wire";

/** The object type that values of a schema have: one attribute per attribute. Computed once per schema. */
export function schemaType(schema: Schema): CtyType {
  let type = types.get(schema);
  if (type === undefined) {
    type = attributesType(schema.block.attributes ?? []);
    types.set(schema, type);
  }
  return type;
}

const types = new WeakMap<Schema, CtyType>();

function attributesType(attributes: readonly SchemaAttribute[]): CtyType {
  return objectOf(
    Object.fromEntries(
      attributes.map((attribute) => [attribute.name, attributeType(attribute)]),
    ),
  );
}

function attributeType(attribute: SchemaAttribute): CtyType {
  const { type, nestedType } = attribute;
  if (type !== undefined) return type;
  if (nestedType === undefined)
    throw new Error(`attribute ${attribute.name} has no type`);
  const object = attributesType(nestedType.attributes);
  return wrappers[nestedType.nesting](object);
}

const wrappers: Readonly<
  Record<"single" | "list" | "set" | "map", (object: CtyType) => CtyType>
> = {
  single: (object) => object,
  list: listOf,
  set: setOf,
  map: mapOf,
};

/** A value of the schema: the given attributes, null for all others. */
export function recordOfSchema(
  schema: Schema,
  given: Readonly<Record<string, CtyValue>>,
): CtyRecord {
  return recordOf(
    (schema.block.attributes ?? []).map(({ name }) => [
      name,
      Object.hasOwn(given, name) ? given[name]! : null,
    ]),
  );
}
