/**
 * Protocol Buffers for messages that are described as data (see message-table.ts): a field is its number and what it
 * holds. A message is compiled on first use. Unknown fields are skipped and default values not written; a message that
 * is present is written even when it is empty.
 */
import { ByteReader } from "./byte-reader";
import { writeBytes, type ByteWriter } from "./byte-writer";
import { formatType, parseType, type CtyType } from "./cty-type";
import {
  WireType,
  readVarint,
  skipField,
  writeLengthDelimited,
  writeVarint,
} from "./protobuf-wire";

/** What a field holds; `T` is how TypeScript sees it. */
export interface Field<T> {
  readonly number: number;
  readonly wireType: number;
  /** What it reads as when it is absent. */
  readonly initial: () => T | undefined;
  /** Whether a given value need not be written. */
  readonly isDefault: (value: T) => boolean;
  readonly write: (writer: ByteWriter, tag: number, value: T) => void;
  /** `before` is what the message holds so far: repeated fields come piece by piece. */
  readonly read: (reader: ByteReader, before: T) => T;
}

export interface MessageCodec<T> {
  readonly write: (writer: ByteWriter, message: T) => void;
  /** Reads up to `end`, a position of the reader. */
  readonly read: (reader: ByteReader, end: number) => T;
}

type AllKeys<T> = T extends unknown ? keyof T : never;
type Member<T, K> = T extends unknown
  ? K extends keyof T
    ? T[K]
    : never
  : never;
/** One field for each member of the TypeScript type, no more and no less. */
export type FieldsOf<T> = {
  readonly [K in AllKeys<T>]-?: Field<Exclude<Member<T, K>, undefined>>;
};

export function encodeMessage<T>(
  codec: MessageCodec<T>,
  message: T,
): Uint8Array {
  return writeBytes((writer) => codec.write(writer, message));
}

/** @throws RangeError or TruncatedError when the bytes are not such a message. */
export function decodeMessage<T>(codec: MessageCodec<T>, bytes: Uint8Array): T {
  return codec.read(new ByteReader(bytes), bytes.length);
}

export function defineMessage<T>(fields: FieldsOf<T>): MessageCodec<T> {
  let compiled: MessageCodec<T> | undefined;
  const codec = (): MessageCodec<T> =>
    (compiled ??= compile<T>(fields as Readonly<Record<string, AnyField>>));
  return {
    write: (writer, message) => codec().write(writer, message),
    read: (reader, end) => codec().read(reader, end),
  };
}

export function text(number: number): Field<string> {
  return scalar(number, WireType.lengthDelimited, "", writeText, (reader) =>
    reader.text(readVarint(reader)),
  );
}

export function bool(number: number): Field<boolean> {
  return scalar(
    number,
    WireType.varint,
    false,
    (writer, value) => writer.byte(value ? 1 : 0),
    (reader) => readVarint(reader) !== 0,
  );
}

/** An int64 within ±(2^53-1). */
export function int64(number: number): Field<number> {
  return scalar(number, WireType.varint, 0, writeVarint, readVarint);
}

export function bytes(number: number): Field<Uint8Array> {
  return {
    ...scalar(
      number,
      WireType.lengthDelimited,
      NO_BYTES,
      writeByteString,
      (reader) => reader.slice(readVarint(reader)),
    ),
    isDefault: (value) => value.length === 0,
  };
}

/** A cty type: bytes that hold its JSON form. */
export function ctyType(number: number): Field<CtyType> {
  return optional(
    scalar<CtyType>(
      number,
      WireType.lengthDelimited,
      undefined as never,
      (writer, value) => writeText(writer, formatType(value)),
      (reader) => parseType(reader.text(readVarint(reader))),
    ),
  );
}

/** An enum as words; the place of a word is its number. `undefined` stands where a number is never sent. */
export function words<const W extends string>(
  number: number,
  ...list: readonly (W | undefined)[]
): Field<W> {
  return scalar(
    number,
    WireType.varint,
    list[0] as W,
    (writer, word) => writeVarint(writer, Math.max(0, list.indexOf(word))),
    (reader) => list[readVarint(reader)] ?? (list[0] as W),
  );
}

/** The codec comes as a function, because messages may hold each other. */
export function message<T>(
  number: number,
  codec: () => MessageCodec<T>,
): Field<T> {
  return optional(
    scalar<T>(
      number,
      WireType.lengthDelimited,
      undefined as never,
      (writer, value) =>
        writeLengthDelimited(writer, () => codec().write(writer, value)),
      (reader) => {
        const length = readVarint(reader);
        return codec().read(reader, reader.position + length);
      },
    ),
  );
}

/** The same field with presence of its own: empty is told from absent. */
export function optional<T>(field: Field<T>): Field<T> {
  return { ...field, initial: () => undefined, isDefault: () => false };
}

/** As many of that field as there are. */
export function list<T>(field: Field<T>): Field<readonly T[]> {
  return {
    number: field.number,
    wireType: field.wireType,
    initial: () => [],
    isDefault: (values) => values.length === 0,
    write: (writer, tag, values) => {
      for (const value of values) field.write(writer, tag, value);
    },
    read: (reader, before) => {
      (before as T[]).push(field.read(reader, undefined as T));
      return before;
    },
  };
}

/** A map with text keys; the field holds its values, and its number is the map's. */
export function map<T>(value: Field<T>): Field<Readonly<Record<string, T>>> {
  const entry = defineMessage<{ key: string; value?: T }>({
    key: text(1),
    value: { ...value, number: 2 },
  } as never);
  return {
    number: value.number,
    wireType: WireType.lengthDelimited,
    initial: () => Object.create(null) as Record<string, T>,
    isDefault: () => false,
    write: (writer, tag, record) => {
      for (const key of Object.keys(record)) {
        writeVarint(writer, tag);
        writeLengthDelimited(writer, () =>
          entry.write(writer, { key, value: record[key]! }),
        );
      }
    },
    read: (reader, before) => {
      const length = readVarint(reader);
      const { key, value: member } = entry.read(
        reader,
        reader.position + length,
      );
      if (member !== undefined) (before as Record<string, T>)[key] = member;
      return before;
    },
  };
}

const NO_BYTES = new Uint8Array(0);

function scalar<T>(
  number: number,
  wireType: number,
  absent: T,
  write: (writer: ByteWriter, value: T) => void,
  read: (reader: ByteReader) => T,
): Field<T> {
  return {
    number,
    wireType,
    initial: () => absent,
    isDefault: (value) => value === absent,
    write: (writer, tag, value) => {
      writeVarint(writer, tag);
      write(writer, value);
    },
    read,
  };
}

function writeText(writer: ByteWriter, value: string): void {
  writeLengthDelimited(writer, () => {
    writer.length += writer.text(value, 0);
  });
}

function writeByteString(writer: ByteWriter, value: Uint8Array): void {
  writeVarint(writer, value.length);
  writer.raw(value);
}

type AnyField = Field<unknown>;

function compile<T>(
  fields: Readonly<Record<string, AnyField>>,
): MessageCodec<T> {
  const members = Object.entries(fields).map(([name, field]) => ({
    name,
    field,
    tag: (field.number << 3) | field.wireType,
  }));
  const byTag = new Map(members.map((member) => [member.tag, member]));
  return {
    write: (writer, message) => {
      for (const { name, field, tag } of members) {
        const value = (message as Record<string, unknown>)[name];
        if (value !== undefined && !field.isDefault(value))
          field.write(writer, tag, value);
      }
    },
    read: (reader, end) => {
      const record: Record<string, unknown> = {};
      for (const { name, field } of members) record[name] = field.initial();
      while (reader.position < end) {
        const tag = readVarint(reader);
        const member = byTag.get(tag);
        if (member === undefined) skipField(reader, tag & 7);
        else
          record[member.name] = member.field.read(reader, record[member.name]);
      }
      if (reader.position !== end)
        throw new RangeError("a field is longer than its message");
      return record as T;
    },
  };
}
