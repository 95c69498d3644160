import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { Duplex } from "node:stream";
import { HpackDecoder, HpackError, decodeHuffman, headerBlock } from "./hpack";
import { HUFFMAN_LENGTHS, STATIC_TABLE } from "./hpack-tables";
import { FrameReader, FrameType, Flag } from "./http2-frames";

const hex = (text: string): Buffer =>
  Buffer.from(text.replaceAll(" ", ""), "hex");

test("the Huffman code is complete: no bit pattern is left over", () => {
  expect(HUFFMAN_LENGTHS).toHaveLength(257);
  expect(HUFFMAN_LENGTHS.reduce((sum, length) => sum + 2 ** -length, 0)).toBe(
    1,
  );
});

test.each([
  ["f1e3c2e5f23a6ba0ab90f4ff", "www.example.com"],
  ["a8eb10649cbf", "no-cache"],
  [
    "d07abe941054d444a8200595040b8166e082a62d1bff",
    "Mon, 21 Oct 2013 20:13:21 GMT",
  ],
])("%s is %s (examples of RFC 7541)", (code, text) => {
  expect(decodeHuffman(hex(code))).toBe(text);
});

test("the static table has 61 entries", () => {
  expect(STATIC_TABLE).toHaveLength(61);
  expect(STATIC_TABLE[60]).toEqual({ name: "www-authenticate", value: "" });
  expect(STATIC_TABLE[15]).toEqual({
    name: "accept-encoding",
    value: "gzip, deflate",
  });
});

test("three requests in a row are read with one table (RFC 7541, C.4)", () => {
  const decoder = new HpackDecoder();
  expect(
    decoder.decode(hex("8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff")),
  ).toEqual(
    new Map([
      [":method", "GET"],
      [":scheme", "http"],
      [":path", "/"],
      [":authority", "www.example.com"],
    ]),
  );
  expect(
    decoder.decode(hex("8286 84be 5886 a8eb 1064 9cbf")).get("cache-control"),
  ).toBe("no-cache");
  const third = decoder.decode(
    hex("8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"),
  );
  expect(third.get("custom-key")).toBe("custom-value");
  expect(third.get(":authority")).toBe("www.example.com");
});

test("what we write is read as it was", () => {
  const fields = {
    "grpc-status": "13",
    "grpc-message": "x".repeat(300),
    empty: "",
  };
  expect(
    Object.fromEntries(new HpackDecoder().decode(headerBlock(fields))),
  ).toEqual(fields);
});

test("old entries leave the table when it is full", () => {
  const decoder = new HpackDecoder();
  const long = Buffer.concat([
    hex("40 01 61 7f a1 1e"),
    Buffer.alloc(4000, "x"),
  ]); // 4,000 bytes under the name a
  expect(decoder.decode(long).get("a")).toHaveLength(4000);
  expect(decoder.decode(hex("be")).get("a")).toHaveLength(4000);
  decoder.decode(
    Buffer.concat([hex("40 01 62 7f a1 1e"), Buffer.alloc(4000, "x")]),
  );
  expect(decoder.decode(hex("be")).has("b")).toBe(true);
  expect(() => decoder.decode(hex("bf"))).toThrow(HpackError);
});

test.each([
  ["index 0", "80"],
  ["an index beyond the tables", "be"],
  ["a string that is cut off", "40 05 61"],
  ["an integer without end", "ff ffffffffffff"],
  ["a table that is too large", "3f e2 1f 3f ff ff 7f"],
  ["wrong padding", "40 81 18 00"],
])("%s is an error", (_, block) => {
  expect(() => new HpackDecoder().decode(hex(block))).toThrow(HpackError);
});

test("headers with every printable character, as Node's own HTTP/2 client writes them", async () => {
  const printable = Array.from({ length: 94 }, (_, i) =>
    String.fromCharCode(33 + i),
  );
  const sent = Object.fromEntries(
    printable.map((character, i) => [`x-${i}`, character.repeat(40)]),
  );
  const blocks = headerBlocksOf((request) =>
    request({ ":path": "/p", ...sent }),
  );
  const fields = new HpackDecoder().decode(await blocks);
  for (const [name, value] of Object.entries(sent))
    expect(fields.get(name)).toBe(value);
});

/** The first header block that Node's client sends. */
async function headerBlocksOf(
  use: (request: (headers: Record<string, string>) => unknown) => void,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  const wire = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, done) => (frames.push(chunk), done()),
  });
  const frames = new FrameReader(({ type, flags, payload }) => {
    if (type !== FrameType.headers && type !== FrameType.continuation) return;
    parts.push(flags & Flag.priority ? payload.subarray(5) : payload);
    if (flags & Flag.endHeaders) wire.emit("block");
  });
  const client = connectHttp2("http://localhost", {
    createConnection: () => wire,
  });
  client.on("error", () => undefined);
  const block = once(wire, "block");
  use((headers) => client.request(headers).on("error", () => undefined));
  await block;
  client.destroy();
  return Buffer.concat(parts);
}
