import { decodeJson } from "./cty-json";
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
import { Dynamic, recordOf, type CtyValue } from "./cty-value";

test.each<[string, CtyType, string, CtyValue]>([
  [
    "an integer beyond 2^53",
    NUMBER,
    "12345678901234567890",
    12345678901234567890n,
  ],
  ["one tenth", NUMBER, "0.1", new Decimal("0.1")],
  ["an exact fraction", NUMBER, "0.5", 0.5],
  ["a number with an exponent", NUMBER, "-1.5E-7", new Decimal("-0.00000015")],
  ["a number that is written as text", NUMBER, '"12"', 12],
  ["a number where a string belongs", STRING, "0.10", "0.1"],
  ["a bool that is written as text", BOOL, '"true"', true],
  ["null", listOf(STRING), "null", null],
  ["escapes", STRING, '"a\\n\\u00e4\\"\\\\"', 'a\nä"\\'],
  ["white space", listOf(BOOL), " [ true ,\n false\t] ", [true, false]],
  ["a set", setOf(NUMBER), "[2, 1, 2.0]", [2, 1]],
  ["a tuple", tupleOf([STRING, NUMBER]), '["a", 1]', ["a", 1]],
  ["a map", mapOf(STRING), '{"k":"v"}', recordOf([["k", "v"]])],
  [
    "a dynamic value",
    DYNAMIC,
    '{"value":{"a":1},"type":["object",{"a":"number"}]}',
    new Dynamic(objectOf({ a: NUMBER }), recordOf([["a", 1]])),
  ],
  [
    "a dynamic null",
    DYNAMIC,
    '{"value":null,"type":"string"}',
    new Dynamic(STRING, null),
  ],
])("%s is read exactly", (_, type, json, expected) => {
  expect(decodeJson(type, json)).toEqual(expected);
  expect(decodeJson(type, Buffer.from(json))).toEqual(expected);
});

test("a key __proto__ is a key like any other", () => {
  const value = decodeJson(mapOf(STRING), '{"__proto__":"x"}');
  expect(Object.keys(value as object)).toEqual(["__proto__"]);
});

const type = objectOf({ name: STRING, size: NUMBER });

test("leniently, what is missing is null and what is too much is dropped", () => {
  expect(
    decodeJson(listOf(type), '[{"name":"a","old":true}]', { lenient: true }),
  ).toEqual([
    recordOf([
      ["name", "a"],
      ["size", null],
    ]),
  ]);
});

test.each([
  ["a missing attribute", '{"name":"a"}', "size: the attribute is missing"],
  [
    "an unknown attribute",
    '{"name":"a","size":1,"old":true}',
    "old: the type has no such attribute",
  ],
  ["a wrong type", '{"name":[],"size":1}', "name: a string is required"],
  ["text that is no number", '{"name":"a","size":"b"}', "size: not a number"],
])("%s is an error that names the place", (_, json, message) => {
  expect(() => decodeJson(type, json)).toThrow(message);
});

test.each(["12345678901234567890", '["object",{"a":1}]', '"text"', "{}"])(
  "a dynamic value of the type %s is an error",
  (typeJson) => {
    const json = `{"value":1,"type":${typeJson}}`;
    expect(() => decodeJson(objectOf({ a: DYNAMIC }), `{"a":${json}}`)).toThrow(
      "a: a type is not one of Terraform's types",
    );
  },
);

test.each([
  "",
  "{",
  '{"a"',
  '{"a":1,}',
  "[1 2]",
  "01",
  "1.",
  "+1",
  "nul",
  '"a',
  '"\u0001"',
  '"\\x"',
  "1 2",
  "NaN",
])("%j is not JSON, and the message does not repeat it", (json) => {
  expect(() => decodeJson(DYNAMIC, json)).toThrow(/^not valid JSON$/);
});

test("nesting without end is an error, not a crash", () => {
  expect(() => decodeJson(DYNAMIC, "[".repeat(100_000))).toThrow(
    "nested too deeply",
  );
});
