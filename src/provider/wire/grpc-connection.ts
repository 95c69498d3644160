/**
 * One HTTP/2 connection of a gRPC client that makes unary calls: reads requests, hands them to the dispatcher, writes
 * the replies. Directly over the socket rather than over node:http2 or grpc-js, because a plan makes five calls for
 * each resource, and what unary calls need of HTTP/2 is little: flow control, padding, continuation and header
 * compression are here; priorities and pushes are not used by gRPC.
 */
import type { Duplex } from "node:stream";
import {
  MESSAGE_HEADER,
  errorReply,
  message,
  replyHeaders,
  replyTrailers,
  wholeReply,
} from "./grpc-reply";
import { HpackDecoder, HpackError } from "./hpack";
import {
  Flag,
  FrameReader,
  FrameType,
  Http2Code,
  Http2ConnectionError,
  INITIAL_WINDOW,
  MAX_FRAME_SIZE,
  MAX_WINDOW,
  Setting,
  frame,
  numberFrame,
  settingsFrame,
  withoutPadding,
  type Frame,
} from "./http2-frames";
import { GrpcStatus, type Dispatcher, type RpcReply } from "./rpc-dispatcher";

export interface GrpcConnectionOptions {
  readonly socket: Duplex;
  readonly dispatcher: Dispatcher;
  /** A larger request is refused. */
  readonly maxMessageBytes: number;
}

interface Call {
  readonly id: number;
  readonly path: string;
  readonly controller: AbortController;
  readonly chunks: Buffer[];
  received: number;
  /** The client has said everything. */
  requestEnded: boolean;
  /** How many bytes of DATA the client takes. */
  window: number;
  /** DATA that the windows had no room for yet; the trailers follow it. */
  unsent?: Buffer;
}

const MAX_HEADER_BYTES = 64 * 1024;
/** How much is received before the client is told that there is room again. */
const ACKNOWLEDGE_BYTES = 1 << 28;

export class GrpcConnection {
  private readonly frames = new FrameReader((received) =>
    this.onFrame(received),
  );
  private readonly hpack = new HpackDecoder();
  private readonly calls = new Map<number, Call>();
  private readonly socket: Duplex;
  /** A header block that CONTINUATION frames go on with. */
  private headers:
    | { stream: number; endStream: boolean; parts: Buffer[]; size: number }
    | undefined;
  private outgoing: Buffer[] = [];
  private sendWindow = INITIAL_WINDOW;
  private initialCallWindow = INITIAL_WINDOW;
  private unacknowledged = 0;
  private lastStream = 0;
  private closed = false;

  constructor(private readonly options: GrpcConnectionOptions) {
    this.socket = options.socket;
    this.socket.on("data", (chunk: Buffer) => this.onData(chunk));
    this.socket.on("error", () => this.close());
    this.socket.on("close", () => this.close());
    this.send(settingsFrame([[Setting.initialWindowSize, MAX_WINDOW]]));
    this.send(
      numberFrame(FrameType.windowUpdate, 0, MAX_WINDOW - INITIAL_WINDOW),
    );
  }

  /** Ends the connection. Settles once what has been said is on its way. */
  end(): Promise<void> {
    this.flush();
    this.close();
    return new Promise((resolve) => {
      this.socket.once("close", resolve);
      this.socket.end(resolve);
    });
  }

  private onData(chunk: Buffer): void {
    if (this.closed) return;
    try {
      this.frames.push(chunk);
    } catch (error) {
      this.fail(error);
    }
  }

  private onFrame(received: Frame): void {
    if (this.closed) return;
    if (
      this.headers !== undefined &&
      received.type !== FrameType.continuation
    ) {
      throw protocolError("a header block is not continued");
    }
    switch (received.type) {
      case FrameType.data:
        return this.onDataFrame(received);
      case FrameType.headers:
        return this.onHeaders(
          received.stream,
          received.flags,
          withoutPadding(received),
        );
      case FrameType.continuation:
        return this.onContinuation(received);
      case FrameType.rstStream:
        return this.onReset(received.stream);
      case FrameType.settings:
        return this.onSettings(received);
      case FrameType.ping:
        if (!(received.flags & Flag.ack))
          this.send(frame(FrameType.ping, Flag.ack, 0, received.payload));
        return;
      case FrameType.windowUpdate:
        return this.onWindowUpdate(received);
      case FrameType.pushPromise:
        throw protocolError("a client cannot push");
      default: // PRIORITY, GOAWAY and what does not exist yet need no answer.
    }
  }

  private onHeaders(stream: number, flags: number, block: Buffer): void {
    if (stream === 0) throw protocolError("headers outside of a stream");
    const endStream = (flags & Flag.endStream) !== 0;
    if (flags & Flag.endHeaders) this.onHeaderBlock(stream, endStream, block);
    else
      this.headers = { stream, endStream, parts: [block], size: block.length };
  }

  private onContinuation({ stream, flags, payload }: Frame): void {
    const { headers } = this;
    if (headers?.stream !== stream)
      throw protocolError("a continuation of nothing");
    headers.parts.push(payload);
    headers.size += payload.length;
    if (headers.size > MAX_HEADER_BYTES)
      throw protocolError("too many headers");
    if (!(flags & Flag.endHeaders)) return;
    this.headers = undefined;
    this.onHeaderBlock(stream, headers.endStream, Buffer.concat(headers.parts));
  }

  private onHeaderBlock(
    stream: number,
    endStream: boolean,
    block: Buffer,
  ): void {
    // Always decoded: the tables must stay in step.
    const fields = this.hpack.decode(block);
    const known = this.calls.get(stream);
    if (known !== undefined) {
      if (endStream) this.onRequestEnd(known);
      return;
    }
    if (stream <= this.lastStream) return; // trailers of a call that has been answered
    if (stream % 2 === 0)
      throw protocolError("a client's streams have odd numbers");
    this.lastStream = stream;
    const call: Call = {
      id: stream,
      path: fields.get(":path") ?? "",
      controller: new AbortController(),
      chunks: [],
      received: 0,
      requestEnded: false,
      window: this.initialCallWindow,
    };
    this.calls.set(stream, call);
    if (endStream) this.onRequestEnd(call);
    // go-plugin opens streaming calls that we do not have, and does not end them.
    else if (!this.options.dispatcher.has(call.path))
      void this.answer(call, new Uint8Array(0));
  }

  private onDataFrame(received: Frame): void {
    this.acknowledge(received.payload.length);
    const call = this.calls.get(received.stream);
    if (call === undefined || call.requestEnded) return; // already answered
    const data = withoutPadding(received);
    call.received += data.length;
    if (call.received > this.options.maxMessageBytes + MESSAGE_HEADER) {
      this.reply(call, {
        status: GrpcStatus.resourceExhausted,
        message: "The request is too large.",
      });
      return;
    }
    if (data.length > 0) call.chunks.push(data);
    if (received.flags & Flag.endStream) this.onRequestEnd(call);
  }

  private onRequestEnd(call: Call): void {
    call.requestEnded = true;
    const body =
      call.chunks.length === 1 ? call.chunks[0]! : Buffer.concat(call.chunks);
    const complete =
      body.length >= MESSAGE_HEADER &&
      body.readUInt32BE(1) === body.length - MESSAGE_HEADER;
    if (!complete) {
      this.reply(call, {
        status: GrpcStatus.internal,
        message: "The call does not hold exactly one message.",
      });
    } else if (body[0] !== 0) {
      this.reply(call, {
        status: GrpcStatus.unimplemented,
        message: "Compressed messages are not supported.",
      });
    } else void this.answer(call, body.subarray(MESSAGE_HEADER));
  }

  private async answer(call: Call, request: Uint8Array): Promise<void> {
    this.reply(
      call,
      await this.options.dispatcher.dispatch(
        call.path,
        request,
        call.controller,
      ),
    );
  }

  private reply(call: Call, reply: RpcReply): void {
    if (this.closed || this.calls.get(call.id) !== call) return;
    if (reply.body === undefined) {
      this.send(errorReply(call.id, reply));
      this.finish(call);
      return;
    }
    const size = MESSAGE_HEADER + reply.body.length;
    if (
      size <= MAX_FRAME_SIZE &&
      size <= this.sendWindow &&
      size <= call.window
    ) {
      this.sendWindow -= size;
      this.send(wholeReply(call.id, reply.body));
      this.finish(call);
      return;
    }
    this.send(replyHeaders(call.id));
    call.unsent = message(reply.body);
    this.sendMore(call);
  }

  /** Sends as much of a long reply as the windows take. */
  private sendMore(call: Call): void {
    let unsent = call.unsent;
    if (unsent === undefined) return;
    while (unsent.length > 0) {
      const size = Math.min(
        unsent.length,
        MAX_FRAME_SIZE,
        this.sendWindow,
        call.window,
      );
      if (size <= 0) {
        call.unsent = unsent;
        return;
      }
      this.send(frame(FrameType.data, 0, call.id, unsent.subarray(0, size)));
      this.sendWindow -= size;
      call.window -= size;
      unsent = unsent.subarray(size);
    }
    this.send(replyTrailers(call.id));
    this.finish(call);
  }

  /** The call has been answered; a client that still has something to say need not. */
  private finish(call: Call): void {
    this.calls.delete(call.id);
    if (!call.requestEnded)
      this.send(numberFrame(FrameType.rstStream, call.id, Http2Code.noError));
  }

  private onReset(stream: number): void {
    const call = this.calls.get(stream);
    if (call === undefined) return;
    this.calls.delete(stream);
    call.controller.abort();
  }

  private onSettings({ flags, payload }: Frame): void {
    if (flags & Flag.ack) return;
    for (let at = 0; at + 6 <= payload.length; at += 6) {
      if (payload.readUInt16BE(at) !== Setting.initialWindowSize) continue;
      const size = payload.readUInt32BE(at + 2);
      if (size > MAX_WINDOW)
        throw new Http2ConnectionError(
          Http2Code.flowControl,
          "a window is too large",
        );
      for (const call of this.calls.values())
        call.window += size - this.initialCallWindow;
      this.initialCallWindow = size;
    }
    this.send(frame(FrameType.settings, Flag.ack, 0, new Uint8Array(0)));
    this.sendWaiting();
  }

  private onWindowUpdate({ stream, payload }: Frame): void {
    const increment = payload.readUInt32BE(0) & MAX_WINDOW;
    if (stream !== 0) {
      const call = this.calls.get(stream);
      if (call === undefined) return;
      call.window += increment;
      this.sendMore(call);
      return;
    }
    this.sendWindow += increment;
    if (this.sendWindow > MAX_WINDOW)
      throw new Http2ConnectionError(
        Http2Code.flowControl,
        "a window is too large",
      );
    this.sendWaiting();
  }

  private sendWaiting(): void {
    for (const call of this.calls.values()) this.sendMore(call);
  }

  private acknowledge(bytes: number): void {
    this.unacknowledged += bytes;
    if (this.unacknowledged < ACKNOWLEDGE_BYTES) return;
    this.send(numberFrame(FrameType.windowUpdate, 0, this.unacknowledged));
    this.unacknowledged = 0;
  }

  /** What is sent in one turn of the event loop leaves in one piece. */
  private send(bytes: Buffer): void {
    if (this.closed) return;
    if (this.outgoing.push(bytes) === 1) process.nextTick(() => this.flush());
  }

  private flush(): void {
    const { outgoing } = this;
    if (this.closed || outgoing.length === 0) return;
    this.outgoing = [];
    this.socket.write(
      outgoing.length === 1 ? outgoing[0] : Buffer.concat(outgoing),
    );
  }

  private fail(error: unknown): void {
    const payload = Buffer.alloc(8);
    payload.writeUInt32BE(this.lastStream, 0);
    payload.writeUInt32BE(codeOf(error), 4);
    this.send(frame(FrameType.goAway, 0, 0, payload));
    void this.end();
  }

  private close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const { controller } of this.calls.values()) controller.abort();
    this.calls.clear();
  }
}

function protocolError(message: string): Http2ConnectionError {
  return new Http2ConnectionError(Http2Code.protocolError, message);
}

function codeOf(error: unknown): number {
  if (error instanceof Http2ConnectionError) return error.code;
  return error instanceof HpackError
    ? Http2Code.compression
    : Http2Code.internalError;
}
