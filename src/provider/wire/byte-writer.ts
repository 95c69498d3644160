/**
 * A growing buffer for the binary codecs (msgpack, protobuf). Writing is the hot path of every RPC, so short ASCII text
 * is copied by hand (a call into native code costs more than the copy) and one writer is used again and again.
 */
export class ByteWriter {
  bytes: Buffer;
  length = 0;

  constructor(capacity = 4096) {
    this.bytes = Buffer.allocUnsafeSlow(capacity);
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    const wanted = this.length + count;
    if (wanted <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(
      Math.max(wanted, this.bytes.length * 2),
    );
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = value;
  }

  raw(source: Uint8Array): void {
    const { length } = source;
    this.reserve(length);
    const { bytes, length: start } = this;
    if (length > MAX_BY_HAND) bytes.set(source, start);
    else for (let i = 0; i < length; i++) bytes[start + i] = source[i]!;
    this.length = start + length;
  }

  /**
   * Writes text as UTF-8, `headroom` bytes ahead of the end, and returns how many bytes it took. The caller fills in
   * the header, whose size depends on that; there is room for a header that turns out up to 4 bytes longer.
   */
  text(value: string, headroom: number): number {
    const { length } = value;
    this.reserve(headroom + 4 + length * 3);
    const { bytes } = this;
    const start = this.length + headroom;
    if (length > MAX_BY_HAND) return bytes.write(value, start, "utf8");
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code > 0x7f) return bytes.write(value, start, "utf8");
      bytes[start + i] = code;
    }
    return length;
  }

  /** What was written from `from` on, as a copy of its own. */
  copy(from = 0): Uint8Array {
    const copy = Buffer.allocUnsafe(this.length - from);
    this.bytes.copy(copy, 0, from, this.length);
    return copy;
  }
}

/**
 * Runs one encoding with a shared writer, and hands the written bytes back as a copy. Encodings may nest: each starts
 * where the outer one stands, and leaves the writer as it found it.
 */
export function writeBytes(write: (writer: ByteWriter) => void): Uint8Array {
  const start = shared.length;
  try {
    write(shared);
    return shared.copy(start);
  } finally {
    shared.length = start;
    // One giant message must not hold its memory for the life of the process.
    if (start === 0 && shared.bytes.length > KEPT_CAPACITY)
      shared = new ByteWriter();
  }
}

const MAX_BY_HAND = 40;
const KEPT_CAPACITY = 1 << 20;
let shared = new ByteWriter(64 * 1024);
