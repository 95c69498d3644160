import {
  checkFields,
  checkOverrides,
  type ConnectionType,
  type FieldSchema,
  tryFindConnectionType,
} from "../../catalog";
import {
  isObject,
  type JsonObject,
  type JsonValue,
  objectOf,
} from "../../model";
import {
  type CodeObject,
  type CodeValue,
  holdsNull,
  isCodeObject,
} from "./code-value";
import type { DeclaredConnection } from "./declarations";

/** `amazon-s3` is `AmazonS3Connection`. As the generator of the constructs names them; a test holds both together. */
export function constructNameOf(type: string): string {
  const words = type.split("-");
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")}Connection`;
}

/** `base_url` is `baseUrl`, likewise. */
export function propNameOf(field: string): string {
  return field.replace(/_+([a-z0-9])/g, (_match, letter: string) =>
    letter.toUpperCase(),
  );
}

/**
 * The type whose construct can say all that the connection and its links say;
 * undefined where only the general construct can.
 */
export function typedConstructFor(
  connection: DeclaredConnection,
): ConnectionType | undefined {
  const type = tryFindConnectionType(connection.type);
  const config = connection.config as JsonObject;
  // A typed construct always says a config; one that says none differs from it.
  if (type === undefined || Object.keys(config).length === 0) return undefined;
  const faults = checkFields({
    type: type.name,
    config,
    secrets: undefined,
    secretsPath: "secrets_wo",
    secretsComplete: false,
  });
  if (faults.length > 0 || holdsNull(config)) return undefined;
  if (!hasRequiredSecrets(type.schema, connection.secrets)) return undefined;
  const linksFit = connection.links.every(({ overrides }) =>
    overridesFit(type, config, overrides as JsonObject),
  );
  return linksFit ? type : undefined;
}

function hasRequiredSecrets(
  schema: FieldSchema,
  secrets: CodeObject | undefined,
): boolean {
  return (schema.required ?? [])
    .filter((field) => schema.properties?.[field]?.writeOnly === true)
    .every((field) => secrets !== undefined && Object.hasOwn(secrets, field));
}

/** The typed overrides know nulls and parts of objects at the first level only. */
function overridesFit(
  type: ConnectionType,
  config: JsonObject,
  overrides: JsonObject,
): boolean {
  const faults = checkOverrides({
    type: type.name,
    config,
    overrides,
    overrideSecrets: undefined,
    overrideSecretsPath: "override_secrets_wo",
  });
  return (
    faults.length === 0 &&
    Object.entries(overrides).every(
      ([field, value]: [string, JsonValue]) =>
        value === null ||
        (!holdsNull(value) &&
          !(
            isObject(value) &&
            type.schema.properties[field]?.properties !== undefined
          )),
    )
  );
}

/** Plain and secret fields of a typed construct in one, by the names of its props. */
export function propsOf(
  schema: FieldSchema,
  plain: CodeObject,
  secrets: CodeObject = {},
): CodeObject {
  return renamed(schema, merged(plain, secrets)) as CodeObject;
}

function merged(left: CodeObject, right: CodeObject): CodeObject {
  return objectOf([
    ...Object.entries(left).map(([field, value]): [string, CodeValue] => {
      const other = Object.hasOwn(right, field) ? right[field] : undefined;
      return [
        field,
        other !== undefined && isCodeObject(other) && isCodeObject(value)
          ? merged(value, other)
          : value,
      ];
    }),
    ...Object.entries(right).filter(([field]) => !Object.hasOwn(left, field)),
  ]);
}

/** Fields that the schema names are props; keys of maps stay as they are. */
function renamed(schema: FieldSchema | undefined, value: CodeValue): CodeValue {
  if (Array.isArray(value))
    return (value as readonly CodeValue[]).map((item) =>
      renamed(schema?.items, item),
    );
  const properties = schema?.properties;
  if (properties === undefined || !isCodeObject(value)) return value;
  return objectOf(
    Object.entries(value).map(([field, part]) =>
      Object.hasOwn(properties, field)
        ? [propNameOf(field), renamed(properties[field], part)]
        : [field, part],
    ),
  );
}
