/**
 * One encoder per type, made once: `encoderOf(type)` gives a function that writes a value of that type. Attribute names
 * are kept as ready bytes. A value that does not fit its type is an error that names the place.
 */
import { writeBytes, type ByteWriter } from "./byte-writer";
import { CtyError, withStep } from "./cty-error";
import { ctyKey } from "./cty-equals";
import { isCtyNumber } from "./cty-number";
import {
  formatType,
  internType,
  sortedNames,
  type CtyType,
  type ObjectType,
  type TupleType,
} from "./cty-type";
import { writeUnknown } from "./cty-unknown";
import {
  Dynamic,
  Unknown,
  containsUnknown,
  isRecord,
  type CtyRecord,
  type CtyValue,
} from "./cty-value";
import {
  writeArrayLength,
  writeBinary,
  writeBool,
  writeMapLength,
  writeNil,
  writeNumber,
  writeText,
} from "./msgpack";

export type Encoder = (writer: ByteWriter, value: CtyValue) => void;

export function encoderOf(type: CtyType): Encoder {
  let encoder = encoders.get(type);
  if (encoder === undefined) {
    encoder = makeEncoder(type);
    encoders.set(type, encoder);
  }
  return encoder;
}

const encoders = new WeakMap<CtyType, Encoder>();

function makeEncoder(type: CtyType): Encoder {
  if (type.kind === "dynamic") return encodeDynamic;
  const encodeKnown = makeKnownEncoder(type);
  return (writer, value) => {
    if (value === null) writeNil(writer);
    else if (value instanceof Unknown) writeUnknown(writer, type, value);
    else encodeKnown(writer, value);
  };
}

function makeKnownEncoder(type: CtyType): Encoder {
  switch (type.kind) {
    case "string":
      return (writer, value) => {
        if (typeof value !== "string")
          throw new CtyError("a string is required");
        writeText(writer, value);
      };
    case "bool":
      return (writer, value) => {
        if (typeof value !== "boolean")
          throw new CtyError("a bool is required");
        writeBool(writer, value);
      };
    case "number":
      return (writer, value) => {
        if (!isCtyNumber(value)) throw new CtyError("a number is required");
        writeNumber(writer, value);
      };
    case "list":
      return makeListEncoder(type.element);
    case "set":
      return makeSetEncoder(type.element);
    case "map":
      return makeMapEncoder(type.element);
    case "tuple":
      return makeTupleEncoder(type);
    case "object":
      return makeObjectEncoder(type);
    case "dynamic":
      return encodeDynamic;
  }
}

function makeListEncoder(elementType: CtyType): Encoder {
  const encodeElement = encoderOf(elementType);
  return (writer, value) => {
    if (!Array.isArray(value)) throw new CtyError("a list is required");
    const elements = value as readonly CtyValue[];
    writeArrayLength(writer, elements.length);
    let i = 0;
    try {
      for (; i < elements.length; i++) encodeElement(writer, elements[i]!);
    } catch (error) {
      throw withStep(error, i);
    }
  };
}

/** A set has no order: it is written in one that depends on its elements only, each of them once. */
function makeSetEncoder(elementType: CtyType): Encoder {
  const encodeElements = makeListEncoder(elementType);
  return (writer, value) => {
    if (!Array.isArray(value)) throw new CtyError("a set is required");
    encodeElements(
      writer,
      sortedSet(elementType, value as readonly CtyValue[]),
    );
  };
}

function sortedSet(
  elementType: CtyType,
  elements: readonly CtyValue[],
): readonly CtyValue[] {
  if (elements.length < 2) return elements;
  const keyed = elements.map((element) => ({
    element,
    key: ctyKey(elementType, element),
  }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed
    .filter(
      ({ element, key }, i) =>
        i === 0 || key !== keyed[i - 1]!.key || containsUnknown(element),
    )
    .map(({ element }) => element);
}

function makeMapEncoder(elementType: CtyType): Encoder {
  const encodeElement = encoderOf(elementType);
  return (writer, value) => {
    if (!isRecord(value)) throw new CtyError("a map is required");
    const keys = sortedNames(value);
    writeMapLength(writer, keys.length);
    for (const key of keys) {
      writeText(writer, key);
      try {
        encodeElement(writer, value[key]!);
      } catch (error) {
        throw withStep(error, key);
      }
    }
  };
}

function makeTupleEncoder({ elements: types }: TupleType): Encoder {
  const encode = types.map(encoderOf);
  return (writer, value) => {
    if (!Array.isArray(value)) throw new CtyError("a tuple is required");
    const elements = value as readonly CtyValue[];
    if (elements.length !== encode.length) {
      throw new CtyError(
        `a tuple of ${encode.length} elements is required, not ${elements.length}`,
      );
    }
    writeArrayLength(writer, encode.length);
    let i = 0;
    try {
      for (; i < encode.length; i++) encode[i]!(writer, elements[i]!);
    } catch (error) {
      throw withStep(error, i);
    }
  };
}

function makeObjectEncoder({ attributes }: ObjectType): Encoder {
  const names = sortedNames(attributes);
  const count = names.length;
  const keys = names.map(keyBytes);
  const encode = names.map((name) => encoderOf(attributes[name]!));
  return (writer, value) => {
    if (!isRecord(value)) throw new CtyError("an object is required");
    writeMapLength(writer, count);
    let i = 0;
    try {
      for (; i < count; i++) {
        const member = value[names[i]!];
        if (member === undefined)
          throw new CtyError("the attribute is missing");
        writer.raw(keys[i]!);
        encode[i]!(writer, member);
      }
    } catch (error) {
      throw withStep(error, names[i]!);
    }
    rejectOthers(value, attributes, count);
  };
}

function rejectOthers(
  value: CtyRecord,
  attributes: ObjectType["attributes"],
  count: number,
): void {
  let others = -count;
  for (const _ in value) others++;
  if (others === 0) return;
  const other =
    Object.keys(value).find((name) => !Object.hasOwn(attributes, name)) ?? "";
  throw new CtyError("the type has no such attribute", [other]);
}

/** An attribute name as it is written. */
export function keyBytes(name: string): Uint8Array {
  return writeBytes((writer) => writeText(writer, name));
}

interface DynamicEncoder {
  readonly header: Uint8Array;
  readonly encode: Encoder;
}
const dynamicEncoders = new WeakMap<CtyType, DynamicEncoder>();

function encodeDynamic(writer: ByteWriter, value: CtyValue): void {
  if (value === null) return writeNil(writer);
  if (value instanceof Unknown)
    return writeUnknown(writer, { kind: "dynamic" }, value);
  if (!(value instanceof Dynamic))
    throw new CtyError("a dynamic value with its type is required");
  if (value.type.kind === "dynamic") return encodeDynamic(writer, value.value);
  const { header, encode } = dynamicEncoderOf(value.type);
  writer.raw(header);
  encode(writer, value.value);
}

function dynamicEncoderOf(type: CtyType): DynamicEncoder {
  const interned = dynamicEncoders.has(type) ? type : internType(type);
  let encoder = dynamicEncoders.get(interned);
  if (encoder === undefined) {
    const header = writeBytes((writer) => {
      writeArrayLength(writer, 2);
      writeBinary(writer, Buffer.from(formatType(interned), "utf8"));
    });
    encoder = { header, encode: encoderOf(interned) };
    dynamicEncoders.set(interned, encoder);
  }
  return encoder;
}
