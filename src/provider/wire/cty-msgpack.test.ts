import { ctyEquals } from "./cty-equals";
import { decodeMsgpack, encodeMsgpack } from "./cty-msgpack";
import { Decimal } from "./cty-number";
import {
  BOOL,
  DYNAMIC,
  NUMBER,
  STRING,
  listOf,
  mapOf,
  objectOf,
  setOf,
  tupleOf,
  type CtyType,
} from "./cty-type";
import {
  Dynamic,
  UNKNOWN,
  Unknown,
  recordOf,
  type CtyValue,
} from "./cty-value";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytesOf = (text: string): Uint8Array =>
  Buffer.from(text.replaceAll(" ", ""), "hex");

test("no cut-off message decodes", () => {
  const type = objectOf({ a: STRING, b: listOf(NUMBER), c: DYNAMIC });
  const value = recordOf([
    ["a", "text"],
    ["b", [1, 70000, new Decimal("0.1")]],
    ["c", new Dynamic(mapOf(BOOL), recordOf([["k", true]]))],
  ]);
  const bytes = encodeMsgpack(type, value);
  for (let end = 0; end < bytes.length; end++) {
    expect(() => decodeMsgpack(type, bytes.subarray(0, end))).toThrow(
      "the msgpack data end too early",
    );
  }
});

test.each<[string, CtyType, CtyValue, string]>([
  ["null", STRING, null, "c0"],
  ["a bool", BOOL, true, "c3"],
  ["a short string", STRING, "abc", "a3 616263"],
  [
    "a string whose UTF-8 form is longer than its header was guessed for",
    STRING,
    "ä".repeat(20),
    "d9 28" + "c3a4".repeat(20),
  ],
  ["a small integer", NUMBER, 5, "a1 35"],
  ["a larger integer", NUMBER, 255, "a3 323535"],
  ["a negative integer", NUMBER, -33, "a3 2d3333"],
  ["2^53", NUMBER, 9007199254740992n, "b0 39303037313939323534373430393932"],
  [
    "the smallest int64",
    NUMBER,
    -9223372036854775808n,
    "b4 2d39323233333732303336383534373735383038",
  ],
  [
    "an integer beyond int64",
    NUMBER,
    12345678901234567890n,
    "b4" + Buffer.from("12345678901234567890").toString("hex"),
  ],
  ["an exact fraction", NUMBER, 0.5, "a3 302e35"],
  ["a float64 that no short text is", NUMBER, 0.1, "cb 3fb999999999999a"],
  ["a decimal", NUMBER, new Decimal("0.1"), "a3 302e31"],
  ["minus infinity", NUMBER, -Infinity, "cb fff0000000000000"],
  ["unknown", STRING, UNKNOWN, "d4 00 00"],
  [
    "a dynamic string",
    DYNAMIC,
    new Dynamic(STRING, "x"),
    "92 c408 22737472696e6722 a178",
  ],
  ["a dynamic null without a type", DYNAMIC, null, "c0"],
  [
    "a dynamic null with a type",
    DYNAMIC,
    new Dynamic(STRING, null),
    "92 c408 22737472696e6722 c0",
  ],
  ["an unknown of unknown type", DYNAMIC, UNKNOWN, "d4 00 00"],
  [
    "an unknown of known type",
    DYNAMIC,
    new Dynamic(BOOL, UNKNOWN),
    "92 c406 22626f6f6c22 d40000",
  ],
  [
    "an object, its names sorted",
    objectOf({ b: BOOL, a: BOOL }),
    recordOf([
      ["b", false],
      ["a", true],
    ]),
    "82 a161 c3 a162 c2",
  ],
  ["a set, sorted", setOf(STRING), ["a", "b"], "92 a161 a162"],
  [
    "a refined unknown",
    STRING,
    new Unknown({ isNull: false, stringPrefix: "abc-" }),
    "c8 0009 0c 82 01 c2 02 a4 6162632d",
  ],
])("%s has its bytes", (_, type, value, expected) => {
  expect(hex(encodeMsgpack(type, value))).toBe(expected.replaceAll(" ", ""));
  expect(ctyEquals(type, decodeMsgpack(type, bytesOf(expected)), value)).toBe(
    true,
  );
});

test.each<[string, CtyType, string, CtyValue]>([
  [
    "the type of a dynamic value as text",
    DYNAMIC,
    "92 a8 22737472696e6722 a178",
    new Dynamic(STRING, "x"),
  ],
  ["a number as float32", NUMBER, "ca 3fc00000", 1.5],
  ["a whole number as float64", NUMBER, "cb 4014000000000000", 5],
  [
    "a whole float64 beyond 2^53",
    NUMBER,
    "cb 46293e5939a08cea",
    1000000000000000019884624838656n,
  ],
  ["a uint64", NUMBER, "cf ffffffffffffffff", 18446744073709551615n],
  [
    "a number as text with an exponent",
    NUMBER,
    "a4 31653330",
    1000000000000000000000000000000n,
  ],
  [
    "an object in another order",
    objectOf({ a: BOOL, b: BOOL }),
    "82 a162 c2 a161 c3",
    recordOf([
      ["a", true],
      ["b", false],
    ]),
  ],
  ["equal elements of a set", setOf(NUMBER), "93 01 a131 02", [1, 2]],
  ["an ext code that nobody knows", STRING, "c7 03 63 010203", UNKNOWN],
  [
    "a refinement that nobody knows",
    STRING,
    "c7 05 0c 82 01 c2 63 c0",
    new Unknown({ isNull: false }),
  ],
  [
    "refined number bounds",
    NUMBER,
    "c7 06 0c 81 03 92 a1 35 c3",
    new Unknown({ numberLowerBound: { value: 5, inclusive: true } }),
  ],
  [
    "refined lengths",
    listOf(STRING),
    "c7 05 0c 82 05 01 06 03",
    new Unknown({ lengthLowerBound: 1, lengthUpperBound: 3 }),
  ],
])("%s is read", (_, type, bytes, expected) => {
  expect(decodeMsgpack(type, bytesOf(bytes))).toEqual(expected);
});

test("two unknown elements of a set stay two", () => {
  expect(decodeMsgpack(setOf(STRING), bytesOf("92 d40000 d40000"))).toEqual([
    UNKNOWN,
    UNKNOWN,
  ]);
});

test("a set is written the same whatever the order of its elements", () => {
  const type = setOf(objectOf({ a: NUMBER }));
  const one = recordOf([["a", 1]]);
  const two = recordOf([["a", new Decimal("0.2")]]);
  expect(hex(encodeMsgpack(type, [one, two, one]))).toBe(
    hex(encodeMsgpack(type, [two, one])),
  );
});

test("a key __proto__ is a key like any other", () => {
  const value = decodeMsgpack(
    mapOf(STRING),
    bytesOf("81 a9 5f5f70726f746f5f5f a178"),
  );
  expect(Object.keys(value as object)).toEqual(["__proto__"]);
  expect(hex(encodeMsgpack(mapOf(STRING), value))).toBe(
    "81a95f5f70726f746f5f5fa178",
  );
});

const nested = objectOf({ list: listOf(objectOf({ name: STRING })) });

test.each<[string, CtyType, CtyValue, string]>([
  ["NaN", NUMBER, NaN, "NaN is not a number that Terraform can hold"],
  [
    "a wrong type",
    nested,
    recordOf([["list", [recordOf([["name", 5]])]]]),
    "list[0].name: a string is required",
  ],
  [
    "a missing attribute",
    nested,
    recordOf([["list", [recordOf([])]]]),
    "list[0].name: the attribute is missing",
  ],
  [
    "an attribute too many",
    objectOf({}),
    recordOf([["no such", null]]),
    '["no such"]: the type has no such attribute',
  ],
  [
    "a tuple of wrong length",
    tupleOf([STRING]),
    [],
    "a tuple of 1 elements is required, not 0",
  ],
  [
    "a plain value in a dynamic place",
    DYNAMIC,
    "x",
    "a dynamic value with its type is required",
  ],
  [
    "a Date in an object",
    objectOf({ at: BOOL }),
    recordOf([["at", new Date(0) as never]]),
    "at: a bool is required",
  ],
])("%s is not written", (_, type, value, message) => {
  expect(() => encodeMsgpack(type, value)).toThrow(message);
});

test.each<[string, CtyType, string, string]>([
  ["NaN", NUMBER, "cb 7ff8000000000000", "NaN is not a number"],
  [
    "an unknown attribute",
    objectOf({ a: BOOL }),
    "81 a162 c3",
    "b: the type has no such attribute",
  ],
  [
    "an attribute given twice",
    objectOf({ a: BOOL, b: BOOL }),
    "82 a162 c3 a162 c3",
    "a: the attribute is missing",
  ],
  [
    "a missing attribute",
    objectOf({ a: BOOL, b: BOOL }),
    "81 a161 c3",
    "b: the attribute is missing",
  ],
  [
    "a tuple of wrong length",
    tupleOf([STRING]),
    "90",
    "a tuple of 1 elements is required, not 0",
  ],
  [
    "bytes after the value",
    STRING,
    "c0 c0",
    "there is more than one msgpack value",
  ],
  ["a wrong type", listOf(STRING), "91 c3", "[0]: a string is required"],
  [
    "a refinement body over 1024 bytes",
    STRING,
    "c8 0401 0c" + "00".repeat(1025),
    "too long",
  ],
  [
    "a refinement body that is too short",
    STRING,
    "c7 01 0c 82 01 c2 02 a0",
    "malformed",
  ],
  ["text that is no number", NUMBER, "a1 78", "not a number"],
  [
    "a type that is no JSON",
    DYNAMIC,
    "92 a1 78 c0",
    "a type is not valid JSON",
  ],
])("%s is refused", (_, type, bytes, message) => {
  expect(() => decodeMsgpack(type, bytesOf(bytes))).toThrow(message);
});

test("a prefix longer than core keeps is shortened between two characters", () => {
  const bytes = encodeMsgpack(
    STRING,
    new Unknown({ stringPrefix: "ä".repeat(1000) }),
  );
  expect(decodeMsgpack(STRING, bytes)).toEqual(
    new Unknown({ stringPrefix: "ä".repeat(128) }),
  );
});

test("a refinement that does not fit the type is left out", () => {
  expect(hex(encodeMsgpack(NUMBER, new Unknown({ stringPrefix: "x" })))).toBe(
    "d40000",
  );
  expect(hex(encodeMsgpack(DYNAMIC, new Unknown({ isNull: false })))).toBe(
    "d40000",
  );
});
