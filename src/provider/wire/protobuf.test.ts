import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import fc from "fast-check";
import { NUMBER, STRING, listOf } from "./cty-type";
import { rpcCodecs } from "./message-table";
import {
  bool,
  bytes,
  decodeMessage,
  defineMessage,
  encodeMessage,
  int64,
  list,
  map,
  message,
  optional,
  text,
  words,
  type MessageCodec,
} from "./protobuf";

interface Sample {
  readonly name: string;
  readonly size: number;
  readonly flag: boolean;
  readonly data: Uint8Array;
  readonly kind: "first" | "second";
  readonly tags: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly inner?: Sample;
  readonly maybe?: string;
}
const sample: MessageCodec<Sample> = defineMessage({
  name: text(1),
  size: int64(2),
  flag: bool(3),
  data: bytes(4),
  kind: words(5, "first", "second"),
  tags: list(text(6)),
  labels: map(text(7)),
  inner: message(8, () => sample),
  maybe: optional(text(2000)),
});
const nothing: Sample = {
  name: "",
  size: 0,
  flag: false,
  data: new Uint8Array(0),
  kind: "first",
  tags: [],
  labels: {},
};

const arbitrarySample = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.record(
    {
      name: fc.string({ unit: "grapheme", maxLength: 200 }),
      size: fc.maxSafeInteger(),
      flag: fc.boolean(),
      data: fc.uint8Array({ maxLength: 300 }),
      kind: fc.constantFrom("first" as const, "second" as const),
      tags: fc.array(fc.string()),
      labels: fc.dictionary(
        fc.oneof(fc.string(), fc.constant("__proto__")),
        fc.string(),
      ),
      inner: fc.option(tie("sample"), { nil: undefined, maxDepth: 3 }),
      maybe: fc.option(fc.string(), { nil: undefined }),
    },
    { noNullPrototype: true },
  ),
})).sample;

test("any message comes back", () => {
  fc.assert(
    fc.property(arbitrarySample, (value) => {
      const decoded = decodeMessage(sample, encodeMessage(sample, value));
      expect(normalised(decoded)).toEqual(normalised(value));
    }),
  );
});

/** Bytes as plain arrays, absent members left out: what counts. */
function normalised(value: Sample): unknown {
  return {
    ...value,
    data: [...value.data],
    labels: Object.entries(value.labels),
    inner: value.inner && normalised(value.inner),
  };
}

test("it is read and written as by another implementation", () => {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.LengthDelimited).string("näme");
  writer.tag(2, WireType.Varint).int64(-5);
  writer.tag(3, WireType.Varint).bool(true);
  writer.tag(5, WireType.Varint).int32(1);
  writer.tag(6, WireType.LengthDelimited).string("a");
  writer.tag(6, WireType.LengthDelimited).string("");
  writer
    .tag(7, WireType.LengthDelimited)
    .fork()
    .tag(1, WireType.LengthDelimited)
    .string("k");
  writer.tag(2, WireType.LengthDelimited).string("v").join();
  writer
    .tag(8, WireType.LengthDelimited)
    .fork()
    .tag(2, WireType.Varint)
    .int64(2 ** 52)
    .join();
  const expected = writer.finish();
  const value: Sample = {
    ...nothing,
    name: "näme",
    size: -5,
    flag: true,
    kind: "second",
    tags: ["a", ""],
    labels: { k: "v" },
    inner: { ...nothing, size: 2 ** 52 },
  };
  expect(Buffer.from(encodeMessage(sample, value)).toString("hex")).toBe(
    Buffer.from(expected).toString("hex"),
  );
  expect(normalised(decodeMessage(sample, expected))).toEqual(
    normalised(value),
  );
});

test("fields of later protocol versions are skipped, whatever they hold", () => {
  const writer = new BinaryWriter();
  writer.tag(99, WireType.Varint).uint64("18446744073709551615");
  writer.tag(100, WireType.Bit64).fixed64(1);
  writer.tag(101, WireType.LengthDelimited).bytes(new Uint8Array(200));
  writer.tag(102, WireType.Bit32).fixed32(1);
  writer.tag(1, WireType.LengthDelimited).string("kept");
  expect(decodeMessage(sample, writer.finish()).name).toBe("kept");
});

test("what is absent reads as its default, and defaults are not written", () => {
  expect(normalised(decodeMessage(sample, new Uint8Array(0)))).toEqual(
    normalised(nothing),
  );
  expect(encodeMessage(sample, nothing)).toHaveLength(0);
});

test("a value that is present is written even when it is empty", () => {
  const { response } = rpcCodecs.ReadResource;
  expect([...encodeMessage(response, { newState: {} })]).toEqual([0x0a, 0]);
  expect([...encodeMessage(response, {})]).toEqual([]);
  const { request } = rpcCodecs.CloseEphemeralResource;
  expect(
    decodeMessage(request, encodeMessage(request, { typeName: "t" })).private,
  ).toBeUndefined();
  expect(
    decodeMessage(
      request,
      encodeMessage(request, { typeName: "t", private: Buffer.alloc(0) }),
    ).private,
  ).toHaveLength(0);
});

test.each([
  ["cut off in a text", [0x0a, 5, 0x61]],
  ["cut off in a tag", [0x80]],
  ["a varint without end", [0x10, ...Array.from({ length: 12 }, () => 0x80)]],
  [
    "a message longer than its field",
    [0x42, 3, 0x0a, 5, 0x61, 0x61, 0x61, 0x61, 0x61],
  ],
  ["a group", [0x0b]],
])("%s is refused", (_, data) => {
  expect(() => decodeMessage(sample, Uint8Array.from(data))).toThrow();
});

test("a schema goes out with its types as JSON and its enums as numbers", () => {
  const { response } = rpcCodecs.GetProviderSchema;
  const schema = {
    version: 2,
    block: {
      attributes: [
        { name: "tags", type: listOf(STRING), optional: true, writeOnly: true },
        {
          name: "size",
          nestedType: {
            nesting: "map" as const,
            attributes: [{ name: "n", type: NUMBER, required: true }],
          },
          computed: true,
        },
      ],
      blockTypes: [
        {
          typeName: "b",
          nesting: "group" as const,
          block: { descriptionKind: "markdown" as const },
        },
      ],
    },
  };
  const decoded = decodeMessage(
    response,
    encodeMessage(response, {
      provider: schema,
      resourceSchemas: { r: schema },
    }),
  );
  expect(decoded.resourceSchemas?.r).toEqual(decoded.provider);
  expect(decoded.provider).toMatchObject(schema);
});

test("the steps of a path keep their kind, also when they are empty or zero", () => {
  const { response } = rpcCodecs.PlanResourceChange;
  const steps = [
    { attributeName: "a" },
    { elementKeyString: "" },
    { elementKeyInt: 0 },
  ];
  const decoded = decodeMessage(
    response,
    encodeMessage(response, { requiresReplace: [{ steps }] }),
  );
  expect(decoded.requiresReplace?.[0]?.steps).toEqual(steps);
});

test.each([
  ["ValidateProviderConfig", 2],
  ["ValidateResourceConfig", 1],
  ["ConfigureProvider", 1],
  ["PlanResourceChange", 4],
  ["ApplyResourceChange", 3],
  ["ReadResource", 2],
] as const)("diagnostics of %s are field %i", (rpc, number) => {
  const diagnostics = [{ severity: "warning" as const, summary: "S" }];
  const reader = new BinaryReader(
    encodeMessage(rpcCodecs[rpc].response as MessageCodec<object>, {
      diagnostics,
    }),
  );
  expect(reader.tag()).toEqual([number, WireType.LengthDelimited]);
  expect([...reader.bytes()]).toEqual([0x08, 2, 0x12, 1, 0x53]);
});
