import { isList, isObject, type JsonObject, type JsonValue } from "../model";
import { type FieldSchema, isMap, schemaOfField } from "./field-schema";
import { tryFindConnectionType } from "./registry";
import { soundingPaths, soundsSecret } from "./sounds-secret";

const PREFIX = "secret_";

/**
 * The dotted name that a plain field has where it is kept among the secrets:
 * `headers.X-Key` is `secret_headers.X-Key`, and `extra.token` of a type of the
 * catalogue `secret_extra.token`. Native types have the same names on both sides.
 */
export function secretNameOf(type: string, path: readonly string[]): string {
  const [field = "", ...rest] = path;
  const fields = tryFindConnectionType(type)?.schema.properties;
  if (fields === undefined || rest.length === 0) return path.join(".");
  const twin = PREFIX + field;
  return [Object.hasOwn(fields, twin) ? twin : "secret_extra", ...rest].join(
    ".",
  );
}

/** The dotted paths in config under which a platform may show the secret of that name in clear. */
export function plainPathsOf(type: string, name: string): readonly string[] {
  const fields = tryFindConnectionType(type)?.schema.properties;
  if (!name.startsWith(PREFIX)) return [name];
  // A type of the catalogue may be shown as the platform's own by now.
  if (fields === undefined) return [name, name.slice(PREFIX.length)];
  const [field = "", ...rest] = name.split(".");
  const plain = field.slice(PREFIX.length);
  const homes = Object.keys(fields).filter(
    (other) =>
      other === plain ||
      (field === "secret_extra" &&
        isMap(fields[other]) &&
        !Object.hasOwn(fields, PREFIX + other)),
  );
  return [name, ...homes.map((home) => [home, ...rest].join("."))];
}

/**
 * The paths in config of what sounds like a secret. What the type's schema
 * describes is what the schema says, unless its value is surely one; everything
 * in maps and in fields that no schema describes is judged by name and value.
 */
export function soundingSecrets(
  type: string,
  config: JsonObject,
  isPlainField: (field: string) => boolean = () => false,
): readonly (readonly string[])[] {
  const schema = tryFindConnectionType(type)?.schema;
  return schema === undefined
    ? soundingPaths(config).filter(
        ([field = "", ...inner]) =>
          inner.length > 0 ||
          !isPlainField(field) ||
          soundingIn(config[field]!, plainText, [field]).length > 0,
      )
    : Object.entries(config).flatMap(([field, value]) =>
        soundingIn(value, schemaOfField(schema, field), [field]),
      );
}

/** A field that is described, so that its name says nothing. */
const plainText: FieldSchema = { type: "string" };

function soundingIn(
  value: JsonValue,
  schema: FieldSchema | undefined,
  path: readonly string[],
): readonly (readonly string[])[] {
  if (isObject(value) && (schema === undefined || isMap(schema)))
    return soundingPaths(value).map((inner) => [...path, ...inner]);
  if (isObject(value))
    return Object.entries(value).flatMap(([field, part]) =>
      soundingIn(part, schemaOfField(schema, field), [...path, field]),
    );
  const parts = isList(value) ? value : [value];
  // By value alone: the name is the schema's.
  return parts.some((part) => soundsSecret("value", part)) ? [path] : [];
}
