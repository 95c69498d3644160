/**
 * The few kinds of ASN.1 DER that a certificate is made of. Each function gives the bytes of one whole element.
 */
export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return element(0x30, ...parts);
}

export function set(...parts: readonly Uint8Array[]): Buffer {
  return element(0x31, ...parts);
}

/** A positive integer, given as its big-endian bytes. */
export function positiveInteger(bytes: Uint8Array): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const digits = bytes.subarray(start);
  return element(
    0x02,
    digits[0]! >= 0x80 ? Buffer.from([0]) : Buffer.alloc(0),
    digits,
  );
}

export function boolean(value: boolean): Buffer {
  return element(0x01, Buffer.from([value ? 0xff : 0]));
}

export function utf8String(text: string): Buffer {
  return element(0x0c, Buffer.from(text, "utf8"));
}

export function octetString(...parts: readonly Uint8Array[]): Buffer {
  return element(0x04, ...parts);
}

export function bitString(bytes: Uint8Array, unusedBits = 0): Buffer {
  return element(0x03, Buffer.from([unusedBits]), bytes);
}

/** A dotted object identifier, `1.2.840.10045.4.3.2`. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (let arc of rest) {
    const groups = [arc & 0x7f];
    while ((arc >>>= 7) > 0) groups.unshift((arc & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return element(0x06, Buffer.from(bytes));
}

/** UTCTime until 2049, GeneralizedTime from then on, as X.509 wants it. */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, "");
  return date.getUTCFullYear() < 2050
    ? element(0x17, Buffer.from(digits.slice(2), "ascii"))
    : element(0x18, Buffer.from(digits, "ascii"));
}

/** `[tag] EXPLICIT`: a constructed element of the context's own. */
export function explicit(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  return element(0xa0 | tag, ...parts);
}

/** `[tag] IMPLICIT` of a primitive. */
export function implicit(tag: number, bytes: Uint8Array): Buffer {
  return element(0x80 | tag, bytes);
}

function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const header =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(header), content]);
}
