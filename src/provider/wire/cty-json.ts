/**
 * Values as JSON, the form of the state file (RawState). It cannot express unknown values; a dynamic value is
 * `{"value":…,"type":…}`. Read only: what we answer is always MessagePack.
 */
import { CtyError, withStep } from "./cty-error";
import { ctyKey } from "./cty-equals";
import {
  isCtyNumber,
  numberFromText,
  numberToText,
  type CtyNumber,
} from "./cty-number";
import { parseType, type CtyType, type ObjectType } from "./cty-type";
import { Dynamic, type CtyValue } from "./cty-value";
import {
  parseExactJson,
  type ExactJson,
  type ExactJsonObject,
} from "./exact-json";

export interface DecodeJsonOptions {
  /**
   * State written under the same schema version, maybe by a release with a few attributes more or less: a missing
   * attribute is null, one that the type does not have is dropped.
   * @default false
   */
  readonly lenient?: boolean;
}

/** @throws CtyError naming the place where the JSON does not fit the type. */
export function decodeJson(
  type: CtyType,
  json: string | Uint8Array,
  options: DecodeJsonOptions = {},
): CtyValue {
  const text =
    typeof json === "string"
      ? json
      : Buffer.from(json.buffer, json.byteOffset, json.length).toString();
  return decode(type, parseExactJson(text), options.lenient ?? false);
}

function decode(type: CtyType, json: ExactJson, lenient: boolean): CtyValue {
  if (json === null) return null;
  switch (type.kind) {
    case "string":
      return toText(json);
    case "number":
      return toNumber(json);
    case "bool":
      return toBool(json);
    case "dynamic":
      return toDynamicValue(json, lenient);
    case "list":
      return elementsOf(json).map((element, i) =>
        decodeAt(i, type.element, element, lenient),
      );
    case "set":
      return unique(
        type,
        elementsOf(json).map((element, i) =>
          decodeAt(i, type.element, element, lenient),
        ),
      );
    case "tuple": {
      const elements = elementsOf(json);
      const { length } = type.elements;
      if (elements.length !== length) {
        throw new CtyError(
          `a tuple of ${length} elements is required, not ${elements.length}`,
        );
      }
      return elements.map((element, i) =>
        decodeAt(i, type.elements[i]!, element, lenient),
      );
    }
    case "map": {
      const members = membersOf(json);
      const record = Object.create(null) as Record<string, CtyValue>;
      for (const key in members)
        record[key] = decodeAt(key, type.element, members[key]!, lenient);
      return record;
    }
    case "object":
      return toObject(type, membersOf(json), lenient);
  }
}

function toObject(
  { attributes }: ObjectType,
  members: ExactJsonObject,
  lenient: boolean,
): CtyValue {
  const record = Object.create(null) as Record<string, CtyValue>;
  for (const name of Object.keys(attributes)) {
    const member = members[name];
    if (member === undefined && !lenient)
      throw new CtyError("the attribute is missing", [name]);
    record[name] =
      member === undefined
        ? null
        : decodeAt(name, attributes[name]!, member, lenient);
  }
  if (!lenient) {
    for (const name in members) {
      if (!Object.hasOwn(attributes, name))
        throw new CtyError("the type has no such attribute", [name]);
    }
  }
  return record;
}

function decodeAt(
  step: string | number,
  type: CtyType,
  json: ExactJson,
  lenient: boolean,
): CtyValue {
  try {
    return decode(type, json, lenient);
  } catch (error) {
    throw withStep(error, step);
  }
}

/** Where the type is exact, so is the value inside: leniency is about our own schema only. */
function toDynamicValue(json: ExactJson, lenient: boolean): CtyValue {
  const { type: typeJson, value } = membersOf(json);
  if (typeJson === undefined || value === undefined)
    throw new CtyError("a dynamic value needs a type and a value");
  const type = parseType(JSON.stringify(typeJson, numbersAsText));
  const decoded = decodeAt(
    "value",
    type,
    value,
    lenient && type.kind === "dynamic",
  );
  return type.kind === "dynamic" ? decoded : new Dynamic(type, decoded);
}

/** No type has numbers in it, and a large one is a bigint, which JSON.stringify throws on. */
function numbersAsText(_name: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

function unique(
  type: CtyType,
  elements: readonly CtyValue[],
): readonly CtyValue[] {
  const element = type.kind === "set" ? type.element : undefined;
  return [
    ...new Map(
      elements.map((value) => [ctyKey(element, value), value]),
    ).values(),
  ];
}

// Between the primitives, core converts what can be converted; older state may need it.

function toText(json: ExactJson): string {
  if (typeof json === "string") return json;
  if (isCtyNumber(json)) return numberToText(json);
  if (typeof json === "boolean") return String(json);
  throw new CtyError("a string is required");
}

function toNumber(json: ExactJson): CtyNumber {
  if (isCtyNumber(json)) return json;
  if (typeof json === "string") return numberFromText(json);
  throw new CtyError("a number is required");
}

function toBool(json: ExactJson): boolean {
  if (typeof json === "boolean") return json;
  if (json === "true" || json === "1") return true;
  if (json === "false" || json === "0") return false;
  throw new CtyError("a bool is required");
}

function elementsOf(json: ExactJson): readonly ExactJson[] {
  if (Array.isArray(json)) return json as readonly ExactJson[];
  throw new CtyError("an array is required");
}

function membersOf(json: ExactJson): ExactJsonObject {
  if (
    typeof json === "object" &&
    json !== null &&
    !Array.isArray(json) &&
    !isCtyNumber(json)
  ) {
    return json as ExactJsonObject;
  }
  throw new CtyError("an object is required");
}
