/**
 * Header compression of HTTP/2 (RFC 7541), the receiving side: one decoder per connection, fed with every header block
 * in order. After the first calls core's headers are table indexes almost without exception. What we send needs no
 * compression state: it is a few constants, written as literals (`headerBlock`).
 */
import {
  HUFFMAN_LENGTHS,
  STATIC_TABLE,
  type HeaderField,
} from "./hpack-tables";

export class HpackError extends Error {}

/** What we announce, by saying nothing else. */
const MAX_TABLE_SIZE = 4096;

export class HpackDecoder {
  /** Newest first. */
  private readonly table: HeaderField[] = [];
  private tableSize = 0;
  private maxTableSize = MAX_TABLE_SIZE;
  private bytes: Uint8Array = new Uint8Array(0);
  private position = 0;

  /** The last value of each name is enough for us. */
  decode(block: Uint8Array): Map<string, string> {
    this.bytes = block;
    this.position = 0;
    const headers = new Map<string, string>();
    while (this.position < block.length) {
      const first = block[this.position]!;
      if (first >= 0x80) {
        const { name, value } = this.lookUp(this.integer(7));
        headers.set(name, value);
      } else if (first >= 0x40) {
        const field = this.literal(6);
        this.add(field);
        headers.set(field.name, field.value);
      } else if (first >= 0x20) this.resize(this.integer(5));
      else {
        const { name, value } = this.literal(4);
        headers.set(name, value);
      }
    }
    return headers;
  }

  private literal(prefix: number): HeaderField {
    const index = this.integer(prefix);
    const name = index === 0 ? this.string() : this.lookUp(index).name;
    return { name, value: this.string() };
  }

  private lookUp(index: number): HeaderField {
    const field =
      index <= STATIC_TABLE.length
        ? STATIC_TABLE[index - 1]
        : this.table[index - STATIC_TABLE.length - 1];
    if (field === undefined)
      throw new HpackError("an index outside of the tables");
    return field;
  }

  private add(field: HeaderField): void {
    this.tableSize += sizeOf(field);
    this.table.unshift(field);
    this.evict();
  }

  private resize(size: number): void {
    if (size > MAX_TABLE_SIZE)
      throw new HpackError("a table larger than announced");
    this.maxTableSize = size;
    this.evict();
  }

  private evict(): void {
    while (this.tableSize > this.maxTableSize)
      this.tableSize -= sizeOf(this.table.pop()!);
  }

  private byte(): number {
    const byte = this.bytes[this.position++];
    if (byte === undefined)
      throw new HpackError("a header block that ends too early");
    return byte;
  }

  private integer(prefix: number): number {
    const mask = (1 << prefix) - 1;
    let value = this.byte() & mask;
    if (value < mask) return value;
    for (let factor = 1; factor <= 128 ** 3; factor *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    throw new HpackError("an integer that is too large");
  }

  private string(): string {
    const huffman = (this.bytes[this.position] ?? 0) >= 0x80;
    const length = this.integer(7);
    const start = this.position;
    if (start + length > this.bytes.length)
      throw new HpackError("a string that ends too early");
    this.position = start + length;
    const bytes = this.bytes.subarray(start, start + length);
    return huffman
      ? decodeHuffman(bytes)
      : Buffer.from(bytes).toString("latin1");
  }
}

/** Headers as literals, which change no table. Names are lower-case; text is ASCII. */
export function headerBlock(fields: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [];
  for (const [name, value] of Object.entries(fields)) {
    parts.push(Buffer.from([0]), literalString(name), literalString(value));
  }
  return Buffer.concat(parts);
}

export function decodeHuffman(bytes: Uint8Array): string {
  let text = "";
  let node = huffmanTree();
  let padding = 0;
  let onlyOnes = true;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      const value = (byte >> bit) & 1;
      const next: HuffmanNode | number | undefined = node[value];
      if (next === undefined || next === END_OF_STRING)
        throw new HpackError("text that is not Huffman coded");
      if (typeof next === "number") {
        text += String.fromCharCode(next);
        node = huffmanTree();
        padding = 0;
        onlyOnes = true;
      } else {
        node = next;
        padding++;
        onlyOnes &&= value === 1;
      }
    }
  }
  if (padding > 7 || !onlyOnes)
    throw new HpackError("text with the wrong padding");
  return text;
}

function sizeOf({ name, value }: HeaderField): number {
  return name.length + value.length + 32;
}

function literalString(text: string): Buffer {
  const bytes = Buffer.from(text, "latin1");
  const length: number[] = [];
  if (bytes.length < 0x7f) length.push(bytes.length);
  else {
    length.push(0x7f);
    let rest = bytes.length - 0x7f;
    for (; rest >= 0x80; rest >>>= 7) length.push((rest & 0x7f) | 0x80);
    length.push(rest);
  }
  return Buffer.concat([Buffer.from(length), bytes]);
}

type HuffmanNode = [zero?: HuffmanNode | number, one?: HuffmanNode | number];
const END_OF_STRING = 256;
let tree: HuffmanNode | undefined;

function huffmanTree(): HuffmanNode {
  return (tree ??= buildTree());
}

/** Canonical: codes count upwards through the symbols, sorted by length and then by value. */
function buildTree(): HuffmanNode {
  const root: HuffmanNode = [];
  const symbols = HUFFMAN_LENGTHS.map((length, symbol) => ({ length, symbol }));
  symbols.sort((a, b) => a.length - b.length || a.symbol - b.symbol);
  let code = 0;
  let width = 0;
  for (const { length, symbol } of symbols) {
    code *= 2 ** (length - width);
    width = length;
    let node = root;
    for (let bit = length - 1; bit > 0; bit--) {
      node = (node[(code >>> bit) & 1] ??= []) as HuffmanNode;
    }
    node[code & 1] = symbol;
    code++;
  }
  return root;
}
