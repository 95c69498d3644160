/**
 * Frames of HTTP/2 (RFC 9113): their numbers, and how they are cut out of a stream of bytes and written into one.
 */
export const FrameType = {
  data: 0,
  headers: 1,
  priority: 2,
  rstStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

export const Flag = {
  endStream: 0x1,
  ack: 0x1,
  endHeaders: 0x4,
  padded: 0x8,
  priority: 0x20,
} as const;

export const Setting = { initialWindowSize: 4, maxFrameSize: 5 } as const;

export const Http2Code = {
  noError: 0,
  protocolError: 1,
  internalError: 2,
  flowControl: 3,
  frameSize: 6,
  compression: 9,
} as const;

/** The whole connection is at fault, and ends. */
export class Http2ConnectionError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

export const PREFACE = Buffer.from(
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "latin1",
);
export const FRAME_HEADER = 9;
export const MAX_FRAME_SIZE = 16384;
export const INITIAL_WINDOW = 65535;
export const MAX_WINDOW = 0x7fffffff;

export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

/** Cuts frames out of chunks as they come. The payloads are views of the chunks. */
export class FrameReader {
  private rest: Buffer | undefined;
  private prefaceSeen = false;

  constructor(private readonly onFrame: (frame: Frame) => void) {}

  /** @throws Http2ConnectionError */
  push(chunk: Buffer): void {
    const bytes =
      this.rest === undefined ? chunk : Buffer.concat([this.rest, chunk]);
    this.rest = undefined;
    let position = 0;
    if (!this.prefaceSeen) {
      if (bytes.length < PREFACE.length) return this.keep(bytes);
      if (!bytes.subarray(0, PREFACE.length).equals(PREFACE)) {
        throw new Http2ConnectionError(
          Http2Code.protocolError,
          "the client does not speak HTTP/2",
        );
      }
      this.prefaceSeen = true;
      position = PREFACE.length;
    }
    while (bytes.length - position >= FRAME_HEADER) {
      const length = bytes.readUIntBE(position, 3);
      if (length > MAX_FRAME_SIZE)
        throw new Http2ConnectionError(
          Http2Code.frameSize,
          "a frame is too long",
        );
      const end = position + FRAME_HEADER + length;
      if (end > bytes.length) break;
      const stream = bytes.readUInt32BE(position + 5) & MAX_WINDOW;
      const payload = bytes.subarray(position + FRAME_HEADER, end);
      this.onFrame({
        type: bytes[position + 3]!,
        flags: bytes[position + 4]!,
        stream,
        payload,
      });
      position = end;
    }
    if (position < bytes.length) this.keep(bytes.subarray(position));
  }

  private keep(bytes: Buffer): void {
    this.rest = bytes;
  }
}

/** Writes the header of a frame and returns where its payload begins. */
export function writeFrameHeader(
  target: Buffer,
  at: number,
  length: number,
  type: number,
  flags: number,
  stream: number,
): number {
  target[at] = length >>> 16;
  target[at + 1] = (length >>> 8) & 0xff;
  target[at + 2] = length & 0xff;
  target[at + 3] = type;
  target[at + 4] = flags;
  target[at + 5] = stream >>> 24;
  target[at + 6] = (stream >>> 16) & 0xff;
  target[at + 7] = (stream >>> 8) & 0xff;
  target[at + 8] = stream & 0xff;
  return at + FRAME_HEADER;
}

export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Uint8Array,
): Buffer {
  const bytes = Buffer.allocUnsafe(FRAME_HEADER + payload.length);
  bytes.set(
    payload,
    writeFrameHeader(bytes, 0, payload.length, type, flags, stream),
  );
  return bytes;
}

export function settingsFrame(
  settings: readonly (readonly [id: number, value: number])[],
): Buffer {
  const payload = Buffer.alloc(6 * settings.length);
  settings.forEach(([id, value], i) => {
    payload.writeUInt16BE(id, 6 * i);
    payload.writeUInt32BE(value, 6 * i + 2);
  });
  return frame(FrameType.settings, 0, 0, payload);
}

/** A frame whose payload is one 32-bit number: WINDOW_UPDATE, RST_STREAM. */
export function numberFrame(
  type: number,
  stream: number,
  value: number,
): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(value);
  return frame(type, 0, stream, payload);
}

/** The part of a DATA or HEADERS payload that is neither padding nor priority. */
export function withoutPadding({ type, flags, payload }: Frame): Buffer {
  let start = 0;
  let padding = 0;
  if (flags & Flag.padded) padding = payload[start++] ?? 0;
  if (type === FrameType.headers && flags & Flag.priority) start += 5;
  if (start + padding > payload.length) {
    throw new Http2ConnectionError(
      Http2Code.protocolError,
      "more padding than payload",
    );
  }
  return payload.subarray(start, payload.length - padding);
}
