/**
 * A cursor over received bytes for the binary codecs (msgpack, protobuf). Reading past the end is an error of the
 * codec, never an undefined byte.
 */
export class ByteReader {
  readonly bytes: Buffer;
  position = 0;

  constructor(source: Uint8Array) {
    this.bytes = Buffer.from(
      source.buffer,
      source.byteOffset,
      source.byteLength,
    );
  }

  byte(): number {
    if (this.position >= this.bytes.length) throw new TruncatedError();
    return this.bytes[this.position++]!;
  }

  /** Moves on by `count` bytes and returns where they start. */
  take(count: number): number {
    const start = this.position;
    if (count > this.bytes.length - start) throw new TruncatedError();
    this.position = start + count;
    return start;
  }

  /** The next `count` bytes, not copied. */
  slice(count: number): Uint8Array {
    const start = this.take(count);
    return this.bytes.subarray(start, start + count);
  }

  /** The next `count` bytes as UTF-8. */
  text(count: number): string {
    const start = this.take(count);
    const { bytes } = this;
    if (count > MAX_BY_HAND)
      return bytes.toString("utf8", start, start + count);
    let value = "";
    for (let i = start; i < start + count; i++) {
      const code = bytes[i]!;
      if (code > 0x7f) return bytes.toString("utf8", start, start + count);
      value += String.fromCharCode(code);
    }
    return value;
  }

  /** Moves past `expected` if it comes next. */
  skipIf(expected: Uint8Array): boolean {
    const { bytes, position } = this;
    const { length } = expected;
    if (length > bytes.length - position) return false;
    for (let i = 0; i < length; i++)
      if (bytes[position + i] !== expected[i]) return false;
    this.position = position + length;
    return true;
  }
}

export class TruncatedError extends Error {
  constructor() {
    super("the message ends too early");
    this.name = "TruncatedError";
  }
}

/** Short ASCII text is put together by hand: a call into native code costs more. */
const MAX_BY_HAND = 16;
