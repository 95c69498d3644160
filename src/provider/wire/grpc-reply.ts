/**
 * What a gRPC reply looks like in frames: headers, one message, trailers that hold the status. A header block of ours is
 * a constant, because it changes no compression table.
 */
import { headerBlock } from "./hpack";
import {
  FRAME_HEADER,
  Flag,
  FrameType,
  frame,
  writeFrameHeader,
} from "./http2-frames";

/** A flag (compressed or not) and the length stand before every message. */
export const MESSAGE_HEADER = 5;

const HEADERS = headerBlock({
  ":status": "200",
  "content-type": "application/grpc",
});
const OK_TRAILERS = headerBlock({ "grpc-status": "0" });
const LAST = Flag.endHeaders | Flag.endStream;

export function replyHeaders(stream: number): Buffer {
  return frame(FrameType.headers, Flag.endHeaders, stream, HEADERS);
}

export function replyTrailers(stream: number): Buffer {
  return frame(FrameType.headers, LAST, stream, OK_TRAILERS);
}

/** The payload of DATA frames. */
export function message(body: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(MESSAGE_HEADER + body.length);
  writeMessage(bytes, 0, body);
  return bytes;
}

/** All of a reply whose message fits into one frame, in one piece. */
export function wholeReply(stream: number, body: Uint8Array): Buffer {
  const size = MESSAGE_HEADER + body.length;
  const bytes = Buffer.allocUnsafe(
    3 * FRAME_HEADER + HEADERS.length + size + OK_TRAILERS.length,
  );
  let at = writeFrameHeader(
    bytes,
    0,
    HEADERS.length,
    FrameType.headers,
    Flag.endHeaders,
    stream,
  );
  bytes.set(HEADERS, at);
  at = writeFrameHeader(
    bytes,
    at + HEADERS.length,
    size,
    FrameType.data,
    0,
    stream,
  );
  at = writeMessage(bytes, at, body);
  at = writeFrameHeader(
    bytes,
    at,
    OK_TRAILERS.length,
    FrameType.headers,
    LAST,
    stream,
  );
  bytes.set(OK_TRAILERS, at);
  return bytes;
}

/** A status other than OK: headers and trailers in one. */
export function errorReply(
  stream: number,
  error: { readonly status: number; readonly message: string },
): Buffer {
  const status = headerBlock({
    "grpc-status": String(error.status),
    "grpc-message": encodeURIComponent(error.message).replaceAll("%20", " "),
  });
  return frame(
    FrameType.headers,
    LAST,
    stream,
    Buffer.concat([HEADERS, status]),
  );
}

function writeMessage(target: Buffer, at: number, body: Uint8Array): number {
  target[at] = 0; // not compressed
  target.writeUInt32BE(body.length, at + 1);
  target.set(body, at + MESSAGE_HEADER);
  return at + MESSAGE_HEADER + body.length;
}
