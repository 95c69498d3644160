import { nearestName } from "../diagnostics";
import type { Value } from "../model";
import type { FieldSchema, FieldType } from "./field-schema";

const typeNames: Readonly<Record<FieldType, string>> = {
  string: "a string",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
};

const formatNames: Readonly<Record<string, string>> = {
  uri: "a complete URL",
  hostname: "a host name",
  email: "an e-mail address",
  ipv4: "an IPv4 address",
  ipv6: "an IPv6 address",
};

/** What a rule of a schema asks for, to follow "must": `be a whole number from 1 to 65535`. */
export function requirement(
  keyword: string,
  schema: FieldSchema,
  value: Value,
): string {
  switch (keyword) {
    case "type":
      return `be ${schema.type === undefined ? "of another type" : typeNames[schema.type]}${rangeOf(schema)}`;
    case "minimum":
    case "maximum":
      return `be ${schema.type === "integer" ? typeNames.integer : typeNames.number}${rangeOf(schema)}`;
    case "enum":
      return `be one of ${listOf(schema.enum ?? [])}${nearestOf(schema.enum ?? [], value)}`;
    case "minLength":
      return schema.minLength === 1
        ? "not be empty"
        : `have at least ${schema.minLength} characters`;
    case "maxLength":
      return `have at most ${schema.maxLength} characters`;
    case "format":
      return `be ${formatNames[schema.format ?? ""] ?? `of the format ${schema.format}`}${exampleOf(schema)}`;
    case "pattern":
      return exampleOf(schema) === ""
        ? `match the pattern ${schema.pattern}`
        : `look${exampleOf(schema)}`;
    case "minItems":
      return schema.minItems === 1
        ? "not be empty"
        : `have at least ${schema.minItems} items`;
    case "uniqueItems":
      return "not hold the same item twice";
    default:
      return `satisfy the rule "${keyword}" of the type's schema`;
  }
}

function rangeOf({ minimum, maximum }: FieldSchema): string {
  if (minimum !== undefined && maximum !== undefined)
    return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return maximum === undefined ? "" : ` of at most ${maximum}`;
}

function exampleOf({ examples, writeOnly }: FieldSchema): string {
  const example = examples?.[0];
  return example === undefined || writeOnly === true
    ? ""
    : ` like ${JSON.stringify(example)}`;
}

function listOf(values: readonly (string | number)[]): string {
  return values.map((value) => JSON.stringify(value)).join(", ");
}

function nearestOf(values: readonly (string | number)[], value: Value): string {
  if (typeof value !== "string") return "";
  const nearest = nearestName(value, values.map(String));
  return nearest === undefined ? "" : ` (did you mean "${nearest}"?)`;
}
