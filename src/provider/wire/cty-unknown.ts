/**
 * Unknown values in msgpack: an extension value. Type 0 says nothing more; type 12 carries refinements, a msgpack map
 * with small integers as keys. A refinement that we cannot say or read is left out, which is always safe: it only
 * narrows what the value may become.
 */
import type { ByteReader } from "./byte-reader";
import type { ByteWriter } from "./byte-writer";
import { CtyError } from "./cty-error";
import type { CtyType } from "./cty-type";
import {
  UNKNOWN,
  Unknown,
  type NumberBound,
  type Refinements,
} from "./cty-value";
import {
  isNil,
  readArrayLength,
  readBool,
  readInteger,
  readMapLength,
  readNumber,
  readText,
  skipValue,
  writeArrayLength,
  writeBool,
  writeMapLength,
  writeCount,
  writeNumber,
  writeText,
} from "./msgpack";

export function writeUnknown(
  writer: ByteWriter,
  type: CtyType,
  { refinements }: Unknown,
): void {
  if (
    refinements !== undefined &&
    type.kind !== "dynamic" &&
    writeRefined(writer, type, refinements)
  )
    return;
  writer.byte(0xd4);
  writer.byte(0);
  writer.byte(0);
}

/** Whether a msgpack code begins an extension value; all of them mean "unknown". */
export function isExtension(code: number): boolean {
  return code >= 0xc7 && code <= 0xd8 && (code <= 0xc9 || code >= 0xd4);
}

/** Reads the rest of an extension value whose code has been read. */
export function readUnknown(reader: ByteReader, code: number): Unknown {
  const length = extensionLength(reader, code);
  const type = reader.byte();
  const end = reader.take(length) + length;
  if (type !== REFINED) return UNKNOWN;
  if (length > MAX_BODY)
    throw new CtyError("the refinements of an unknown value are too long");
  reader.position = end - length;
  const refinements = readRefinements(reader);
  if (reader.position !== end)
    throw new CtyError("the refinements of an unknown value are malformed");
  return Object.keys(refinements).length === 0
    ? UNKNOWN
    : new Unknown(refinements);
}

const REFINED = 12;
const MAX_BODY = 1024;
/** Core cuts longer prefixes itself. */
const MAX_PREFIX_BYTES = 256;
const Key = {
  isNull: 1,
  prefix: 2,
  lowerBound: 3,
  upperBound: 4,
  lengthLower: 5,
  lengthUpper: 6,
} as const;

function writeRefined(
  writer: ByteWriter,
  type: CtyType,
  refinements: Refinements,
): boolean {
  const {
    isNull,
    stringPrefix,
    numberLowerBound,
    numberUpperBound,
    lengthLowerBound,
    lengthUpperBound,
  } = refinements;
  const members: [key: number, write: () => void][] = [];
  if (isNull !== undefined)
    members.push([Key.isNull, () => writeBool(writer, isNull)]);
  if (
    type.kind === "string" &&
    stringPrefix !== undefined &&
    stringPrefix !== ""
  ) {
    members.push([
      Key.prefix,
      () => writeText(writer, shortened(stringPrefix)),
    ]);
  }
  if (type.kind === "number") {
    if (numberLowerBound)
      members.push([
        Key.lowerBound,
        () => writeBound(writer, numberLowerBound),
      ]);
    if (numberUpperBound)
      members.push([
        Key.upperBound,
        () => writeBound(writer, numberUpperBound),
      ]);
  }
  if (type.kind === "list" || type.kind === "set" || type.kind === "map") {
    if (lengthLowerBound !== undefined)
      members.push([
        Key.lengthLower,
        () => writeCount(writer, lengthLowerBound),
      ]);
    if (lengthUpperBound !== undefined)
      members.push([
        Key.lengthUpper,
        () => writeCount(writer, lengthUpperBound),
      ]);
  }
  if (members.length === 0) return false;
  const start = writer.length;
  writer.byte(0xc8); // ext 16: room for any length
  writer.byte(0);
  writer.byte(0);
  writer.byte(REFINED);
  const body = writer.length;
  writeMapLength(writer, members.length);
  for (const [key, write] of members) {
    writer.byte(key);
    write();
  }
  const length = writer.length - body;
  if (length > MAX_BODY) {
    writer.length = start;
    return false;
  }
  writer.bytes.writeUInt16BE(length, start + 1);
  return true;
}

function writeBound(writer: ByteWriter, bound: NumberBound): void {
  writeArrayLength(writer, 2);
  writeNumber(writer, bound.value);
  writeBool(writer, bound.inclusive);
}

function shortened(prefix: string): string {
  let bytes = 0;
  let text = "";
  for (const character of prefix) {
    bytes += Buffer.byteLength(character);
    if (bytes > MAX_PREFIX_BYTES) break;
    text += character;
  }
  return text;
}

function readRefinements(reader: ByteReader): Refinements {
  const refinements: { -readonly [K in keyof Refinements]: Refinements[K] } =
    {};
  const count = readMapLength(reader, reader.byte());
  for (let i = 0; i < count; i++) {
    const key = readInteger(reader);
    if (key === Key.isNull) refinements.isNull = readBool(reader.byte());
    else if (key === Key.prefix)
      refinements.stringPrefix = readText(reader, reader.byte());
    else if (key === Key.lowerBound)
      refinements.numberLowerBound = readBound(reader);
    else if (key === Key.upperBound)
      refinements.numberUpperBound = readBound(reader);
    else if (key === Key.lengthLower)
      refinements.lengthLowerBound = readInteger(reader);
    else if (key === Key.lengthUpper)
      refinements.lengthUpperBound = readInteger(reader);
    else skipValue(reader);
  }
  return refinements;
}

/** A bound that is null or unknown says nothing. */
function readBound(reader: ByteReader): NumberBound | undefined {
  if (readArrayLength(reader, reader.byte()) !== 2)
    throw new CtyError("a number bound needs two parts");
  const code = reader.byte();
  if (isNil(code) || isExtension(code)) {
    reader.position--;
    skipValue(reader);
    skipValue(reader);
    return undefined;
  }
  return {
    value: readNumber(reader, code),
    inclusive: readBool(reader.byte()),
  };
}

function extensionLength(reader: ByteReader, code: number): number {
  if (code >= 0xd4) return 1 << (code - 0xd4);
  const { bytes } = reader;
  if (code === 0xc7) return reader.byte();
  return code === 0xc8
    ? bytes.readUInt16BE(reader.take(2))
    : bytes.readUInt32BE(reader.take(4));
}
