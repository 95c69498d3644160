/**
 * The wire format of Protocol Buffers: varints, tags, length-delimited parts. Knows no message.
 */
import type { ByteReader } from "./byte-reader";
import type { ByteWriter } from "./byte-writer";

export const WireType = {
  varint: 0,
  fixed64: 1,
  lengthDelimited: 2,
  fixed32: 5,
} as const;

/** A whole number of at most 53 bits; a negative one takes ten bytes, as int64 does. */
export function writeVarint(writer: ByteWriter, value: number): void {
  if (value < 0)
    return writeBigVarint(writer, BigInt.asUintN(64, BigInt(value)));
  while (value >= 0x80) {
    writer.byte((value % 0x80) | 0x80);
    value = Math.floor(value / 0x80);
  }
  writer.byte(value);
}

function writeBigVarint(writer: ByteWriter, value: bigint): void {
  for (; value >= 0x80n; value >>= 7n)
    writer.byte(Number(value & 0x7fn) | 0x80);
  writer.byte(Number(value));
}

/** A tag, a length, an enum or an int64 within ±(2^53-1). */
export function readVarint(reader: ByteReader): number {
  let byte = reader.byte();
  if (byte < 0x80) return byte;
  let value = byte & 0x7f;
  for (let factor = 0x80; factor <= 0x80 ** 6; factor *= 0x80) {
    byte = reader.byte();
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return value;
  }
  return readLongVarint(reader, BigInt(value));
}

function readLongVarint(reader: ByteReader, start: bigint): number {
  let value = start;
  for (let shift = 49n; shift < 70n; shift += 7n) {
    const byte = reader.byte();
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return Number(BigInt.asIntN(64, value));
  }
  throw new RangeError("a varint is longer than ten bytes");
}

/** Writes the length of what `write` writes, then that. */
export function writeLengthDelimited(
  writer: ByteWriter,
  write: () => void,
): void {
  writer.byte(0);
  const start = writer.length;
  write();
  const length = writer.length - start;
  if (length < 0x80) {
    writer.bytes[start - 1] = length;
    return;
  }
  // One byte was left for the length and it needs more: make room.
  const width = varintWidth(length);
  writer.reserve(width - 1);
  writer.bytes.copyWithin(start - 1 + width, start, start + length);
  writer.length = start - 1;
  writeVarint(writer, length);
  writer.length += length;
}

function varintWidth(value: number): number {
  let width = 1;
  for (; value >= 0x80; value = Math.floor(value / 0x80)) width++;
  return width;
}

export function skipField(reader: ByteReader, wireType: number): void {
  switch (wireType) {
    case WireType.varint:
      readVarint(reader);
      return;
    case WireType.fixed64:
      reader.take(8);
      return;
    case WireType.lengthDelimited:
      reader.take(readVarint(reader));
      return;
    case WireType.fixed32:
      reader.take(4);
      return;
    default:
      throw new RangeError("a field of a kind that proto3 does not have");
  }
}
