import fc from "fast-check";
import { KNOWN_AFTER_APPLY, objectOf, type Value } from "../model";
import { equalInMeaning, listConnectionTypes, normalizeFields } from "./index";

test.each<[string, string, Value, Value]>([
  ["a text for a whole number", "postgresql", { port: "5432" }, { port: 5432 }],
  [
    "a text for a number written with decimals",
    "postgresql",
    { port: "5432.0" },
    { port: 5432 },
  ],
  [
    "a text for a boolean",
    "http",
    { verify_tls: "false" },
    { verify_tls: false },
  ],
  ["a number for a text", "postgresql", { database: 7 }, { database: "7" }],
  [
    "a boolean for a text in a map",
    "postgresql",
    { parameters: { a: true } },
    { parameters: { a: "true" } },
  ],
  [
    "a number in a list of texts",
    "kafka",
    { topics: ["a", 7] },
    { topics: ["a", "7"] },
  ],
  [
    "a number in a nested object",
    "http",
    { body: { content: 7 } },
    { body: { content: "7" } },
  ],
  ["a number as a secret", "mysql", { password: 1234 }, { password: "1234" }],
  ["a null field", "postgresql", { port: null, host: "h" }, { host: "h" }],
  [
    "a null field of a nested object",
    "http",
    { headers: { a: null, b: "x" } },
    { headers: { b: "x" } },
  ],
  [
    "null fields of free-form fields",
    "generic",
    { extra: { a: null, b: [{ c: null }] } },
    { extra: { b: [{}] } },
  ],
  [
    "null fields of a native type",
    "pipes:x",
    { a: null, b: { c: null, d: "1" } },
    { b: { d: "1" } },
  ],
])("%s takes the prescribed form", (_, type, given, expected) => {
  expect(normalizeFields(type, given)).toEqual(expected);
});

test.each<[string, string, Value]>([
  ["a text that is no number", "postgresql", { port: "abc" }],
  ["a blank text for a number", "postgresql", { port: " 5432" }],
  ["an empty text for a number", "postgresql", { port: "" }],
  ["a hexadecimal text", "postgresql", { port: "0x10" }],
  [
    "a text beyond what a number carries",
    "postgresql",
    { port: "9007199254740993" },
  ],
  [
    "a number that JavaScript writes with an exponent",
    "postgresql",
    { database: 1e300 },
  ],
  ["another word for true", "http", { verify_tls: "yes" }],
  ["a list for a text", "postgresql", { host: ["h"] }],
  ["a null in a list", "kafka", { topics: ["a", null] }],
  [
    "texts in free-form fields",
    "generic",
    { extra: { port: "5432", on: "true" } },
  ],
  ["a field that does not exist", "postgresql", { prot: "5432" }],
  ["what is known after apply", "postgresql", { port: KNOWN_AFTER_APPLY }],
  ["a config that is known after apply", "postgresql", KNOWN_AFTER_APPLY],
])("%s stays as it is", (_, type, given) => {
  expect(normalizeFields(type, given)).toEqual(given);
});

test("nulls of overrides are kept, but not inside lists, where they remove nothing", () => {
  const overrides = {
    port: null,
    parameters: { a: null },
    extra: [{ b: null, c: 1 }],
  };
  expect(normalizeFields("postgresql", overrides, { keepNulls: true })).toEqual(
    {
      port: null,
      parameters: { a: null },
      extra: [{ c: 1 }],
    },
  );
});

test("what has the prescribed form already is given back itself", () => {
  const config = { host: "h", port: 5432, parameters: { a: "x" } };
  expect(normalizeFields("postgresql", config)).toBe(config);
});

test("a field named __proto__ is kept as a field", () => {
  const config = objectOf<Value>([
    ["__proto__", "x"],
    ["port", "1"],
  ]);
  expect(
    Object.entries(normalizeFields("postgresql", config) as object),
  ).toEqual([
    ["__proto__", "x"],
    ["port", 1],
  ]);
});

test.each<[Value, Value, boolean]>([
  [{ port: "5432" }, { port: 5432 }, true],
  [{ port: 5432, host: null }, { port: 5432 }, true],
  [{ host: "a", port: 1 }, { port: 1, host: "a" }, true],
  [{ port: "5432" }, { port: 5433 }, false],
  [{ database: "05" }, { database: 5 }, false],
  [{ port: KNOWN_AFTER_APPLY }, { port: 5432 }, false],
])("%j and %j are equal in meaning: %s", (left, right, expected) => {
  expect(equalInMeaning("postgresql", left, right)).toBe(expected);
});

/** Config with the type's own field names, whatever their values. */
const anyFields = fc.constantFrom(...listConnectionTypes()).chain((type) =>
  fc.record({
    type: fc.constantFrom(type.name, "pipes:github"),
    fields: fc.dictionary(
      fc.oneof(
        fc.constantFrom(...Object.keys(type.schema.properties)),
        fc.string(),
      ),
      anyValue(),
    ),
  }),
);

function anyValue(): fc.Arbitrary<Value> {
  const leaf = fc.oneof(
    fc.constantFrom<Value>(
      null,
      true,
      "true",
      "5432",
      "-0",
      "1e3",
      -0,
      1e21,
      KNOWN_AFTER_APPLY,
    ),
    fc.string(),
    fc.double({ noNaN: true }),
  );
  return fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie("value"), { maxKeys: 3 }),
    ),
  })).value;
}

test("doing it again changes nothing", () => {
  fc.assert(
    fc.property(anyFields, fc.boolean(), ({ type, fields }, keepNulls) => {
      const once = normalizeFields(type, fields, { keepNulls });
      expect(normalizeFields(type, once, { keepNulls })).toEqual(once);
      expect(equalInMeaning(type, fields, normalizeFields(type, fields))).toBe(
        true,
      );
    }),
  );
});

test("lists of unique members are sets, in any order; others are not", () => {
  const kafka = (bootstrap_servers: string[], topics: string[]) => ({
    bootstrap_servers,
    topics,
  });
  const same = (left: Value, right: Value, sets?: readonly string[]) =>
    equalInMeaning("kafka", left, right, { sets });
  expect(
    same(kafka(["b:1", "a:1"], ["x", "y"]), kafka(["a:1", "b:1"], ["y", "x"])),
  ).toBe(true);
  expect(same(kafka(["b:1", "a:1"], []), kafka(["b:1", "c:1"], []))).toBe(
    false,
  );
  expect(same(kafka(["b:1", "a:1"], []), kafka(["b:1"], []))).toBe(false);
  const extra = (list: Value): Value =>
    ({ extra: { list, of: [{ list }] } }) as Value;
  expect(same(extra(["b", "a"]), extra(["a", "b"]))).toBe(false);
  const one = (list: Value): Value => ({ extra: { list } }) as Value;
  expect(same(one(["b", "a"]), one(["a", "b"]), ["extra.list"])).toBe(true);
  expect(same(one(["b", "a"]), one(["a", "b"]), ["list"])).toBe(false);
  expect(
    same(one([KNOWN_AFTER_APPLY, "a"]), one(["a", KNOWN_AFTER_APPLY]), [
      "extra.list",
    ]),
  ).toBe(false);
});
