import { type FieldSchema, schemaOfField } from "./field-schema";
import { tryFindConnectionType } from "./registry";

/** Where a field may be given: only in config, only in the secrets, or (an object that holds both) in either. */
export type FieldKind = "plain" | "secret" | "mixed";

const kinds = new WeakMap<FieldSchema, FieldKind>();

/** The kind of a field that is not itself inside a secret one. */
export function fieldKind(schema: FieldSchema): FieldKind {
  let kind = kinds.get(schema);
  if (kind === undefined) {
    kind = kindOf(schema);
    kinds.set(schema, kind);
  }
  return kind;
}

function kindOf(schema: FieldSchema): FieldKind {
  if (schema.writeOnly === true) return "secret";
  const parts = Object.values(schema.properties ?? {});
  return parts.some((part) => fieldKind(part) !== "plain") ? "mixed" : "plain";
}

/** Whether the field at this path, or one that it lies in, is a secret of the type. Native types: never. */
export function isSecretField(
  type: string,
  path: readonly (string | number)[],
): boolean {
  return isSecretPath(tryFindConnectionType(type)?.schema, path);
}

/** The same by schema. */
export function isSecretPath(
  schema: FieldSchema | undefined,
  path: readonly (string | number)[],
): boolean {
  let part = schema;
  for (const step of path) {
    part = typeof step === "number" ? part?.items : schemaOfField(part, step);
    if (part?.writeOnly === true) return true;
  }
  return false;
}

/** The dotted paths of the type's secret fields, sorted: `["password", "private_key"]`. Native types: none. */
export function secretFieldsOfType(type: string): readonly string[] {
  const schema = tryFindConnectionType(type)?.schema;
  return schema === undefined ? [] : [...secretPaths(schema, "")].sort();
}

function* secretPaths(schema: FieldSchema, prefix: string): Generator<string> {
  for (const [field, part] of Object.entries(schema.properties ?? {})) {
    if (part.writeOnly === true) yield prefix + field;
    else yield* secretPaths(part, `${prefix}${field}.`);
  }
}
