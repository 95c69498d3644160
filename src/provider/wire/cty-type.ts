/**
 * Types of Terraform's value system (cty), and their JSON form: `"string"`, `["list",T]`, `["object",{name:T}]`, …
 * Types are immutable. Parsed types are shared: the same JSON text gives the same object, so that whatever is computed
 * per type (encoders, decoders, formatted text) is computed once. Nothing about values belongs here.
 */
import { CtyError } from "./cty-error";

export interface PrimitiveType {
  readonly kind: "string" | "number" | "bool" | "dynamic";
}
export interface CollectionType {
  readonly kind: "list" | "set" | "map";
  readonly element: CtyType;
}
export interface ObjectType {
  readonly kind: "object";
  readonly attributes: Readonly<Record<string, CtyType>>;
}
export interface TupleType {
  readonly kind: "tuple";
  readonly elements: readonly CtyType[];
}
export type CtyType = PrimitiveType | CollectionType | ObjectType | TupleType;

export const STRING: CtyType = Object.freeze({ kind: "string" });
export const NUMBER: CtyType = Object.freeze({ kind: "number" });
export const BOOL: CtyType = Object.freeze({ kind: "bool" });
/** A place whose type is decided by each value. */
export const DYNAMIC: CtyType = Object.freeze({ kind: "dynamic" });

export function listOf(element: CtyType): CollectionType {
  return { kind: "list", element };
}

export function setOf(element: CtyType): CollectionType {
  return { kind: "set", element };
}

export function mapOf(element: CtyType): CollectionType {
  return { kind: "map", element };
}

export function objectOf(
  attributes: Readonly<Record<string, CtyType>>,
): ObjectType {
  // No prototype, so that an attribute may be called `__proto__` or `constructor`.
  const copy = Object.create(null) as Record<string, CtyType>;
  for (const name of Object.keys(attributes)) copy[name] = attributes[name]!;
  return { kind: "object", attributes: copy };
}

export function tupleOf(elements: readonly CtyType[]): TupleType {
  return { kind: "tuple", elements };
}

/** Attribute names in the order in which core writes them. */
export function sortedNames(
  record: Readonly<Record<string, unknown>>,
): string[] {
  return Object.keys(record).sort();
}

export function typeEquals(a: CtyType, b: CtyType): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case "list":
    case "set":
    case "map":
      return typeEquals(a.element, (b as CollectionType).element);
    case "tuple": {
      const others = (b as TupleType).elements;
      return (
        a.elements.length === others.length &&
        a.elements.every((element, i) => typeEquals(element, others[i]!))
      );
    }
    case "object": {
      const others = (b as ObjectType).attributes;
      const names = Object.keys(a.attributes);
      return (
        names.length === Object.keys(others).length &&
        names.every(
          (name) =>
            Object.hasOwn(others, name) &&
            typeEquals(a.attributes[name]!, others[name]!),
        )
      );
    }
    default:
      return true;
  }
}

/** The JSON form, compact and with sorted attribute names: equal types give equal text. */
export function formatType(type: CtyType): string {
  let text = formatted.get(type);
  if (text === undefined) {
    text = format(type);
    formatted.set(type, text);
  }
  return text;
}

/**
 * The shared instance of an equal type. A type made anew for each value (see `impliedType`) finds its compiled
 * encoder through it.
 */
export function internType(type: CtyType): CtyType {
  return type.kind === "object" || type.kind === "tuple" || "element" in type
    ? parseType(formatType(type))
    : type;
}

/** @throws CtyError when the text is not the JSON form of a type. */
export function parseType(text: string): CtyType {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const type = parse(text);
  // Bounded: configurations may bring ever new object types. Starting again costs less than tracking their use.
  if (parsed.size >= CACHED_TYPES) parsed.clear();
  parsed.set(text, type);
  formatted.set(type, formatType(type));
  return type;
}

const CACHED_TYPES = 2048;
const parsed = new Map<string, CtyType>();
const formatted = new WeakMap<CtyType, string>();

function format(type: CtyType): string {
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
      return `["${type.kind}",${formatType(type.element)}]`;
    case "tuple":
      return `["tuple",[${type.elements.map(formatType).join(",")}]]`;
    case "object": {
      const { attributes } = type;
      const members = sortedNames(attributes).map(
        (name) => `${JSON.stringify(name)}:${formatType(attributes[name]!)}`,
      );
      return `["object",{${members.join(",")}}]`;
    }
    default:
      return `"${type.kind}"`;
  }
}

function parse(text: string): CtyType {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CtyError("a type is not valid JSON");
  }
  return fromJson(json);
}

function fromJson(json: unknown): CtyType {
  switch (json) {
    case "string":
      return STRING;
    case "number":
      return NUMBER;
    case "bool":
      return BOOL;
    case "dynamic":
      return DYNAMIC;
  }
  if (Array.isArray(json)) {
    const [kind, argument] = json as unknown[];
    if (
      (kind === "list" || kind === "set" || kind === "map") &&
      json.length === 2
    ) {
      return { kind, element: fromJson(argument) };
    }
    if (kind === "tuple" && json.length === 2 && Array.isArray(argument))
      return tupleOf(argument.map(fromJson));
    // A third element lists optional attributes; it matters to type constraints only.
    if (
      kind === "object" &&
      (json.length === 2 || json.length === 3) &&
      isRecord(argument)
    ) {
      const attributes = Object.create(null) as Record<string, CtyType>;
      for (const name of Object.keys(argument))
        attributes[name] = fromJson(argument[name]);
      return { kind: "object", attributes };
    }
  }
  throw new CtyError("a type is not one of Terraform's types");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
