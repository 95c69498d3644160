/**
 * One decoder per type, made once: `decoderOf(type)` gives a function that reads a value of that type. Core writes the
 * attributes of an object in sorted order, so each is first looked for where it is expected, by its bytes.
 */
import type { ByteReader } from "./byte-reader";
import { CtyError, withStep } from "./cty-error";
import { ctyKey } from "./cty-equals";
import { keyBytes } from "./cty-msgpack-encoder";
import {
  parseType,
  sortedNames,
  type CtyType,
  type ObjectType,
  type TupleType,
} from "./cty-type";
import { isExtension, readUnknown } from "./cty-unknown";
import {
  Dynamic,
  containsUnknown,
  type CtyRecord,
  type CtyValue,
} from "./cty-value";
import {
  isNil,
  readArrayLength,
  readBinaryOrText,
  readBool,
  readMapLength,
  readNumber,
  readText,
} from "./msgpack";

export type Decoder = (reader: ByteReader) => CtyValue;
type KnownDecoder = (reader: ByteReader, code: number) => CtyValue;

export function decoderOf(type: CtyType): Decoder {
  let decoder = decoders.get(type);
  if (decoder === undefined) {
    const decodeKnown = makeDecoder(type);
    decoder = (reader) => {
      const code = reader.byte();
      if (isNil(code)) return null;
      return isExtension(code)
        ? readUnknown(reader, code)
        : decodeKnown(reader, code);
    };
    decoders.set(type, decoder);
  }
  return decoder;
}

const decoders = new WeakMap<CtyType, Decoder>();

function makeDecoder(type: CtyType): KnownDecoder {
  switch (type.kind) {
    case "string":
      return readText;
    case "bool":
      return (_reader, code) => readBool(code);
    case "number":
      return readNumber;
    case "dynamic":
      return decodeDynamic;
    case "list":
      return makeListDecoder(type.element);
    case "set":
      return makeSetDecoder(type.element);
    case "map":
      return makeMapDecoder(type.element);
    case "tuple":
      return makeTupleDecoder(type);
    case "object":
      return makeObjectDecoder(type);
  }
}

function decodeDynamic(reader: ByteReader, code: number): CtyValue {
  if (readArrayLength(reader, code) !== 2)
    throw new CtyError("a dynamic value needs a type and a value");
  const type = parseType(readBinaryOrText(reader, reader.byte()));
  const value = decoderOf(type)(reader);
  return type.kind === "dynamic" ? value : new Dynamic(type, value);
}

function makeListDecoder(
  elementType: CtyType,
): (reader: ByteReader, code: number) => CtyValue[] {
  const decodeElement = decoderOf(elementType);
  return (reader, code) => {
    const count = readArrayLength(reader, code);
    const elements: CtyValue[] = [];
    try {
      for (let i = 0; i < count; i++) elements.push(decodeElement(reader));
    } catch (error) {
      throw withStep(error, elements.length);
    }
    return elements;
  };
}

/** Equal elements are one; those not wholly known may still turn out to be different. */
function makeSetDecoder(elementType: CtyType): KnownDecoder {
  const decodeElements = makeListDecoder(elementType);
  return (reader, code) => {
    const elements = decodeElements(reader, code);
    if (elements.length < 2) return elements;
    const seen = new Set<string>();
    return elements.filter((element) => {
      if (containsUnknown(element)) return true;
      const key = ctyKey(elementType, element);
      return seen.size < seen.add(key).size;
    });
  };
}

function makeMapDecoder(elementType: CtyType): KnownDecoder {
  const decodeElement = decoderOf(elementType);
  return (reader, code) => {
    const count = readMapLength(reader, code);
    const record = Object.create(null) as Record<string, CtyValue>;
    for (let i = 0; i < count; i++) {
      const key = readText(reader, reader.byte());
      try {
        record[key] = decodeElement(reader);
      } catch (error) {
        throw withStep(error, key);
      }
    }
    return record;
  };
}

function makeTupleDecoder({ elements: types }: TupleType): KnownDecoder {
  const decode = types.map(decoderOf);
  return (reader, code) => {
    const count = readArrayLength(reader, code);
    if (count !== decode.length) {
      throw new CtyError(
        `a tuple of ${decode.length} elements is required, not ${count}`,
      );
    }
    const elements: CtyValue[] = [];
    try {
      for (const decodeElement of decode) elements.push(decodeElement(reader));
    } catch (error) {
      throw withStep(error, elements.length);
    }
    return elements;
  };
}

function makeObjectDecoder({ attributes }: ObjectType): KnownDecoder {
  const names = sortedNames(attributes);
  const keys = names.map(keyBytes);
  const decode = names.map((name) => decoderOf(attributes[name]!));
  const positions = new Map(names.map((name, i) => [name, i]));
  return (reader, code) => {
    const count = readMapLength(reader, code);
    const record = Object.create(null) as Record<string, CtyValue>;
    let inOrder = count === names.length;
    for (let i = 0; i < count; i++) {
      let at = i;
      if (i >= names.length || !reader.skipIf(keys[i]!)) {
        const name = readText(reader, reader.byte());
        const found = positions.get(name);
        if (found === undefined)
          throw new CtyError("the type has no such attribute", [name]);
        if (record[name] !== undefined)
          throw new CtyError("the attribute is given twice", [name]);
        at = found;
        inOrder = false;
      }
      try {
        record[names[at]!] = decode[at]!(reader);
      } catch (error) {
        throw withStep(error, names[at]!);
      }
    }
    if (!inOrder) rejectMissing(record, names);
    return record;
  };
}

function rejectMissing(record: CtyRecord, names: readonly string[]): void {
  const name = names.find((candidate) => record[candidate] === undefined);
  if (name !== undefined)
    throw new CtyError("the attribute is missing", [name]);
}
