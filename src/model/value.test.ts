import fc from "fast-check";
import {
  canonicalJson,
  equalValues,
  fieldOf,
  isKnown,
  type JsonValue,
  KNOWN_AFTER_APPLY,
  leafPaths,
  objectOf,
  type Value,
} from "./value";

const parse = (text: string) => JSON.parse(text) as JsonValue;
const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>;

/** The same value with the fields of every object in reverse. */
function reversed(value: JsonValue): JsonValue {
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return objectOf(
    Object.entries(value)
      .reverse()
      .map(([field, part]) => [field, reversed(part as JsonValue)]),
  );
}

test("equal values have equal canonical text, whatever the order of their fields", () => {
  fc.assert(
    fc.property(json, json, (left, right) => {
      expect(canonicalJson(reversed(left))).toBe(canonicalJson(left));
      expect(equalValues(left, reversed(left))).toBe(true);
      expect(equalValues(left, right)).toBe(
        canonicalJson(left) === canonicalJson(right),
      );
      expect(equalValues(parse(canonicalJson(left)), left)).toBe(true);
    }),
  );
});

test.each<[left: Value | undefined, right: Value | undefined, equal: boolean]>([
  [KNOWN_AFTER_APPLY, KNOWN_AFTER_APPLY, true],
  [{ a: KNOWN_AFTER_APPLY }, { a: 1 }, false],
  [[], {}, false],
  [null, undefined, false],
  [{ a: undefined as unknown as Value }, {}, false],
  [5432, "5432", false],
  [[1, 2], [2, 1], false],
  [parse(`{"__proto__":1}`), {}, false],
  [parse(`{"__proto__":1}`), parse(`{"__proto__":1}`), true],
  [{ toString: 1 }, { a: 1 }, false],
])("equality of %p and %p is %p", (left, right, equal) => {
  expect(equalValues(left, right)).toBe(equal);
  expect(equalValues(right, left)).toBe(equal);
});

test("only own fields are found", () => {
  expect(fieldOf({}, "toString")).toBeUndefined();
  expect(fieldOf({}, "__proto__")).toBeUndefined();
  expect(fieldOf(objectOf([["__proto__", 1]]), "__proto__")).toBe(1);
});

test("a value is known when every part is", () => {
  expect(isKnown({ a: [{ b: null }] })).toBe(true);
  expect(isKnown({ a: [{ b: KNOWN_AFTER_APPLY }] })).toBe(false);
});

test("the leaves are named by dotted paths, sorted, nulls left out", () => {
  expect(
    leafPaths({
      token: "t",
      headers: { "X-B": "1", "X-A": null, "X-C": KNOWN_AFTER_APPLY },
      empty: {},
      list: [{ a: 1 }],
      none: null,
    }),
  ).toEqual(["empty", "headers.X-B", "headers.X-C", "list", "token"]);
});
