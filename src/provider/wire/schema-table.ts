/**
 * The messages of schema-messages.ts as they are on the wire: the part of tfplugin6 that a provider declares.
 */
import {
  bool,
  ctyType,
  defineMessage,
  int64,
  list,
  map,
  message,
  text,
  words,
  type Field,
  type MessageCodec,
} from "./protobuf";
import type * as s from "./schema-messages";

type Codec<T> = MessageCodec<T>;
type ByName<T> = Readonly<Record<string, T>>;

const stringKind = (number: number): Field<s.StringKind> =>
  words(number, "plain", "markdown");

const schemaMessage: Codec<s.Schema> = defineMessage({
  version: int64(1),
  block: message(2, () => schemaBlock),
});
export const schema = (number: number): Field<s.Schema> =>
  message(number, () => schemaMessage);

const schemaBlock: Codec<s.SchemaBlock> = defineMessage({
  version: int64(1),
  attributes: list(message(2, () => schemaAttribute)),
  blockTypes: list(message(3, () => schemaNestedBlock)),
  description: text(4),
  descriptionKind: stringKind(5),
  deprecated: bool(6),
  deprecationMessage: text(7),
});

const schemaAttribute: Codec<s.SchemaAttribute> = defineMessage({
  name: text(1),
  type: ctyType(2),
  description: text(3),
  required: bool(4),
  optional: bool(5),
  computed: bool(6),
  sensitive: bool(7),
  descriptionKind: stringKind(8),
  deprecated: bool(9),
  nestedType: message(10, () => schemaObject),
  writeOnly: bool(11),
  deprecationMessage: text(12),
});

const schemaObject: Codec<s.SchemaObject> = defineMessage({
  attributes: list(message(1, () => schemaAttribute)),
  nesting: words(3, undefined, "single", "list", "set", "map"),
});

const schemaNestedBlock: Codec<s.SchemaNestedBlock> = defineMessage({
  typeName: text(1),
  block: message(2, () => schemaBlock),
  nesting: words(3, undefined, "single", "list", "set", "map", "group"),
  minItems: int64(4),
  maxItems: int64(5),
});

const parameter: Codec<s.FunctionParameter> = defineMessage({
  name: text(1),
  type: ctyType(2),
  allowNullValue: bool(3),
  allowUnknownValues: bool(4),
  description: text(5),
  descriptionKind: stringKind(6),
});
const functionReturn: Codec<s.FunctionReturn> = defineMessage({
  type: ctyType(1),
});
const functionDefinition: Codec<s.FunctionDefinition> = defineMessage({
  parameters: list(message(1, () => parameter)),
  variadicParameter: message(2, () => parameter),
  return: message(3, () => functionReturn),
  summary: text(4),
  description: text(5),
  descriptionKind: stringKind(6),
  deprecationMessage: text(7),
});
export const functions = (
  number: number,
): Field<Readonly<Record<string, s.FunctionDefinition>>> =>
  map(message(number, () => functionDefinition));

const identityAttribute: Codec<s.IdentityAttribute> = defineMessage({
  name: text(1),
  type: ctyType(2),
  requiredForImport: bool(3),
  optionalForImport: bool(4),
  description: text(5),
});
const identitySchema: Codec<s.ResourceIdentitySchema> = defineMessage({
  version: int64(1),
  identityAttributes: list(message(2, () => identityAttribute)),
});
export const identitySchemas = (
  number: number,
): Field<ByName<s.ResourceIdentitySchema>> =>
  map(message(number, () => identitySchema));
export const schemas = (number: number): Field<ByName<s.Schema>> =>
  map(schema(number));
