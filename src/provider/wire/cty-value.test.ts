import { ctyEquals } from "./cty-equals";
import { Decimal } from "./cty-number";
import {
  DYNAMIC,
  NUMBER,
  STRING,
  formatType,
  listOf,
  objectOf,
  setOf,
  type CtyType,
} from "./cty-type";
import {
  Dynamic,
  UNKNOWN,
  Unknown,
  impliedType,
  containsUnknown,
  recordOf,
  toDynamic,
  type CtyValue,
} from "./cty-value";

test("plain data have the type that HCL gives to a literal", () => {
  const value = {
    list: ["a", 1, true, null],
    nested: { later: UNKNOWN, typed: new Dynamic(STRING, "x") },
  };
  expect(formatType(impliedType(value))).toBe(
    '["object",{"list":["tuple",["string","number","bool","dynamic"]],"nested":["object",{"later":"dynamic","typed":"dynamic"}]}]',
  );
});

test("what has no type of its own is not wrapped", () => {
  expect(toDynamic(null)).toBeNull();
  expect(toDynamic(UNKNOWN)).toBe(UNKNOWN);
  expect(toDynamic("x")).toEqual(new Dynamic(STRING, "x"));
});

test.each<[string, CtyType | undefined, CtyValue, CtyValue]>([
  ["numbers in different forms", NUMBER, 0.1, new Decimal("0.1")],
  ["sets in another order", setOf(STRING), ["a", "b"], ["b", "a"]],
  [
    "sets inside objects",
    objectOf({ s: setOf(NUMBER) }),
    { s: [1, 2] },
    { s: [2, 1] },
  ],
  [
    "sets inside dynamic values",
    DYNAMIC,
    new Dynamic(setOf(NUMBER), [1, 2]),
    new Dynamic(setOf(NUMBER), [2, 1]),
  ],
  [
    "records with and without prototype",
    undefined,
    { a: null },
    recordOf([["a", null]]),
  ],
  [
    "unknowns that say the same",
    STRING,
    new Unknown({ isNull: false }),
    new Unknown({ isNull: false }),
  ],
])("equal are %s", (_, type, a, b) => {
  expect(ctyEquals(type, a, b)).toBe(true);
});

test.each<[string, CtyType | undefined, CtyValue, CtyValue]>([
  ["a number and its text", undefined, 1, "1"],
  [
    "big numbers that a float64 would mix up",
    NUMBER,
    12345678901234567890n,
    12345678901234567891n,
  ],
  ["lists in another order", listOf(STRING), ["a", "b"], ["b", "a"]],
  ["sets of different size", setOf(STRING), ["a"], ["a", "b"]],
  [
    "dynamic values of different type",
    DYNAMIC,
    new Dynamic(STRING, null),
    new Dynamic(NUMBER, null),
  ],
  ["an unknown and null", STRING, UNKNOWN, null],
  [
    "a refined unknown and one that is not",
    STRING,
    UNKNOWN,
    new Unknown({ isNull: false }),
  ],
  ["a record and an array", undefined, {}, []],
  ["a record and a decimal", undefined, { text: "0.1" }, new Decimal("0.1")],
  [
    "records with other keys",
    undefined,
    { a: null },
    recordOf([["__proto__", null]]),
  ],
])("not equal are %s", (_, type, a, b) => {
  expect(ctyEquals(type, a, b)).toBe(false);
  expect(ctyEquals(type, b, a)).toBe(false);
});

test("an unknown is found at any depth", () => {
  expect(containsUnknown([{ a: new Dynamic(DYNAMIC, [UNKNOWN]) }])).toBe(true);
  expect(
    containsUnknown([
      { a: new Dynamic(STRING, "x"), b: new Decimal("0.1"), c: 1n },
    ]),
  ).toBe(false);
});
