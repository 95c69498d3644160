/**
 * The parts of MessagePack that Terraform uses, written to and read from a cursor. Knows nothing of cty types: what a
 * place may hold is decided by the callers. Integers and lengths take the shortest form, as core writes them.
 */
import type { ByteReader } from "./byte-reader";
import type { ByteWriter } from "./byte-writer";
import { CtyError } from "./cty-error";
import {
  numberFromBigInt,
  numberFromFloat,
  numberFromText,
  numberToText,
  type CtyNumber,
} from "./cty-number";

export function writeNil(writer: ByteWriter): void {
  writer.byte(0xc0);
}

export function writeBool(writer: ByteWriter, value: boolean): void {
  writer.byte(value ? 0xc3 : 0xc2);
}

export function writeText(writer: ByteWriter, value: string): void {
  // The header's size is guessed from the UTF-16 length and put right afterwards where the guess was wrong.
  const headroom = textHeaderSize(value.length);
  const size = writer.text(value, headroom);
  const actual = textHeaderSize(size);
  const { bytes, length: start } = writer;
  if (actual !== headroom) {
    bytes.copyWithin(start + actual, start + headroom, start + headroom + size);
    writeTextHeader(writer, start, size);
  } else if (size < 32) bytes[start] = 0xa0 | size;
  else writeTextHeader(writer, start, size);
  writer.length = start + actual + size;
}

export function writeBinary(writer: ByteWriter, value: Uint8Array): void {
  const { length } = value;
  if (length < 0x100) {
    writer.byte(0xc4);
    writer.byte(length);
  } else if (length < 0x10000) {
    writer.byte(0xc5);
    uint16(writer, length);
  } else {
    writer.byte(0xc6);
    uint32(writer, length);
  }
  writer.raw(value);
}

export function writeArrayLength(writer: ByteWriter, length: number): void {
  if (length < 16) writer.byte(0x90 | length);
  else if (length < 0x10000) {
    writer.byte(0xdc);
    uint16(writer, length);
  } else {
    writer.byte(0xdd);
    uint32(writer, length);
  }
}

export function writeMapLength(writer: ByteWriter, length: number): void {
  if (length < 16) writer.byte(0x80 | length);
  else if (length < 0x10000) {
    writer.byte(0xde);
    uint16(writer, length);
  } else {
    writer.byte(0xdf);
    uint32(writer, length);
  }
}

/** A small count, as an integer: the bounds of an unknown's length, which core reads as nothing else. */
export function writeCount(writer: ByteWriter, value: number): void {
  writeSafeInteger(writer, value);
}

/**
 * As decimal text, so that core has the number with all of its 512 bits, as it has one read from JSON. Up to Terraform
 * 1.15 core compares what it holds bit by bit: a number that came as an integer (64 bits) is a change in every plan
 * that only refreshes. A float64 that its shortest text is not exactly stays one.
 */
export function writeNumber(writer: ByteWriter, value: CtyNumber): void {
  if (typeof value === "number" && !Number.isInteger(value)) {
    if (Number.isNaN(value))
      throw new CtyError("NaN is not a number that Terraform can hold");
    if (
      !Number.isFinite(value) ||
      typeof numberFromText(numberToText(value)) !== "number"
    ) {
      writer.reserve(9);
      writer.byte(0xcb);
      writer.length = writer.bytes.writeDoubleBE(value, writer.length);
      return;
    }
  }
  writeText(writer, numberToText(value));
}

export function isNil(code: number): boolean {
  return code === 0xc0;
}

export function readBool(code: number): boolean {
  if (code === 0xc3) return true;
  if (code === 0xc2) return false;
  throw new CtyError("a bool is required");
}

export function isText(code: number): boolean {
  return (code >= 0xa0 && code <= 0xbf) || (code >= 0xd9 && code <= 0xdb);
}

export function readText(reader: ByteReader, code: number): string {
  if ((code & 0xe0) === 0xa0) return reader.text(code & 0x1f);
  if (code === 0xd9) return reader.text(reader.byte());
  if (code === 0xda)
    return reader.text(reader.bytes.readUInt16BE(reader.take(2)));
  if (code === 0xdb)
    return reader.text(reader.bytes.readUInt32BE(reader.take(4)));
  throw new CtyError("a string is required");
}

/** Text that core writes as binary: the JSON of a type. */
export function readBinaryOrText(reader: ByteReader, code: number): string {
  if (code === 0xc4) return reader.text(reader.byte());
  if (code === 0xc5)
    return reader.text(reader.bytes.readUInt16BE(reader.take(2)));
  if (code === 0xc6)
    return reader.text(reader.bytes.readUInt32BE(reader.take(4)));
  return readText(reader, code);
}

/** Any of the ways to write a number: integers and floats of all widths, decimal text. */
export function readNumber(reader: ByteReader, code: number): CtyNumber {
  if (code <= 0x7f) return code;
  if (code >= 0xe0) return code - 0x100;
  const { bytes } = reader;
  switch (code) {
    case 0xcc:
      return reader.byte();
    case 0xcd:
      return bytes.readUInt16BE(reader.take(2));
    case 0xce:
      return bytes.readUInt32BE(reader.take(4));
    case 0xcf:
      return numberFromBigInt(bytes.readBigUInt64BE(reader.take(8)));
    case 0xd0:
      return bytes.readInt8(reader.take(1));
    case 0xd1:
      return bytes.readInt16BE(reader.take(2));
    case 0xd2:
      return bytes.readInt32BE(reader.take(4));
    case 0xd3:
      return numberFromBigInt(bytes.readBigInt64BE(reader.take(8)));
    case 0xca:
      return numberFromFloat(bytes.readFloatBE(reader.take(4)));
    case 0xcb:
      return numberFromFloat(bytes.readDoubleBE(reader.take(8)));
  }
  if (isText(code)) return numberFromText(readText(reader, code));
  throw new CtyError("a number is required");
}

export function readInteger(reader: ByteReader): number {
  const value = readNumber(reader, reader.byte());
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw new CtyError("an integer is required");
}

export function readArrayLength(reader: ByteReader, code: number): number {
  if ((code & 0xf0) === 0x90) return code & 0x0f;
  if (code === 0xdc) return reader.bytes.readUInt16BE(reader.take(2));
  if (code === 0xdd) return reader.bytes.readUInt32BE(reader.take(4));
  throw new CtyError("an array is required");
}

export function readMapLength(reader: ByteReader, code: number): number {
  if ((code & 0xf0) === 0x80) return code & 0x0f;
  if (code === 0xde) return reader.bytes.readUInt16BE(reader.take(2));
  if (code === 0xdf) return reader.bytes.readUInt32BE(reader.take(4));
  throw new CtyError("a map is required");
}

/** Moves past one value of any kind. */
export function skipValue(reader: ByteReader): void {
  const code = reader.byte();
  if (
    code <= 0x7f ||
    code >= 0xe0 ||
    code === 0xc0 ||
    code === 0xc2 ||
    code === 0xc3
  )
    return;
  if (isText(code)) return void readText(reader, code);
  if ((code & 0xf0) === 0x90 || code === 0xdc || code === 0xdd)
    return skipValues(reader, readArrayLength(reader, code));
  if ((code & 0xf0) === 0x80 || code === 0xde || code === 0xdf) {
    return skipValues(reader, 2 * readMapLength(reader, code));
  }
  if (code >= 0xc4 && code <= 0xc6) return void readBinaryOrText(reader, code);
  if (code >= 0xc7 && code <= 0xc9) {
    const width = 1 << (code - 0xc7);
    return void reader.take(
      1 + reader.bytes.readUIntBE(reader.take(width), width),
    );
  }
  if (code >= 0xd4 && code <= 0xd8)
    return void reader.take(1 + (1 << (code - 0xd4)));
  const width = WIDTHS[code];
  if (width === undefined) throw new CtyError("not a msgpack value");
  reader.take(width);
}

/** The numbers, by code. */
const WIDTHS: Readonly<Record<number, number>> = {
  0xca: 4,
  0xcb: 8,
  0xcc: 1,
  0xcd: 2,
  0xce: 4,
  0xcf: 8,
  0xd0: 1,
  0xd1: 2,
  0xd2: 4,
  0xd3: 8,
};

function skipValues(reader: ByteReader, count: number): void {
  for (let i = 0; i < count; i++) skipValue(reader);
}

function textHeaderSize(length: number): number {
  if (length < 32) return 1;
  if (length < 0x100) return 2;
  return length < 0x10000 ? 3 : 5;
}

function writeTextHeader(writer: ByteWriter, at: number, size: number): void {
  const { bytes } = writer;
  if (size < 32) bytes[at] = 0xa0 | size;
  else if (size < 0x100) {
    bytes[at] = 0xd9;
    bytes[at + 1] = size;
  } else if (size < 0x10000) {
    bytes[at] = 0xda;
    bytes.writeUInt16BE(size, at + 1);
  } else {
    bytes[at] = 0xdb;
    bytes.writeUInt32BE(size, at + 1);
  }
}

function writeSafeInteger(writer: ByteWriter, value: number): void {
  if (value >= 0) {
    if (value < 0x80) writer.byte(value + 0);
    else if (value < 0x100) {
      writer.byte(0xcc);
      writer.byte(value);
    } else if (value < 0x10000) {
      writer.byte(0xcd);
      uint16(writer, value);
    } else if (value < 0x100000000) {
      writer.byte(0xce);
      uint32(writer, value);
    } else {
      writer.byte(0xcf);
      uint32(writer, Math.floor(value / 0x100000000));
      uint32(writer, value % 0x100000000);
    }
  } else if (value >= -0x20) writer.byte(0x100 + value);
  else if (value >= -0x80) {
    writer.byte(0xd0);
    writer.byte(0x100 + value);
  } else if (value >= -0x8000) {
    writer.byte(0xd1);
    uint16(writer, 0x10000 + value);
  } else if (value >= -0x80000000) {
    writer.byte(0xd2);
    uint32(writer, 0x100000000 + value);
  } else {
    writer.byte(0xd3);
    writer.reserve(8);
    writer.length = writer.bytes.writeBigInt64BE(BigInt(value), writer.length);
  }
}

function uint16(writer: ByteWriter, value: number): void {
  writer.reserve(2);
  writer.length = writer.bytes.writeUInt16BE(value, writer.length);
}

function uint32(writer: ByteWriter, value: number): void {
  writer.reserve(4);
  writer.length = writer.bytes.writeUInt32BE(value, writer.length);
}
