import fc from "fast-check";
import { effective, overriddenFields } from "./effective";
import { mergePatch } from "./merge-patch";
import {
  equalValues,
  isObject,
  type JsonObject,
  type JsonValue,
  KNOWN_AFTER_APPLY,
  objectOf,
  type Value,
} from "./value";

/** JSON with the keys that trip careless code, as JSON.parse makes it. */
const key = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "toString", "a", "b", "c"),
  fc.string({ maxLength: 3 }),
);
function valueWith(leaf: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      leaf,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.array(fc.tuple(key, tie("value")), { maxLength: 4 }).map(objectOf),
    ),
  })).value;
}
const json = valueWith(
  fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.string()),
) as fc.Arbitrary<JsonValue>;
const partlyKnown = valueWith(
  fc.oneof(fc.constant(null), fc.integer(), fc.constant(KNOWN_AFTER_APPLY)),
);
const jsonObject = json.filter(isObject) as fc.Arbitrary<JsonObject>;

const plain = (value: Value): unknown => JSON.parse(JSON.stringify(value));

describe("a JSON Merge Patch", () => {
  // RFC 7396, Appendix A, in its order.
  test.each<[original: string, patch: string, result: string]>([
    [`{"a":"b"}`, `{"a":"c"}`, `{"a":"c"}`],
    [`{"a":"b"}`, `{"b":"c"}`, `{"a":"b","b":"c"}`],
    [`{"a":"b"}`, `{"a":null}`, `{}`],
    [`{"a":"b","b":"c"}`, `{"a":null}`, `{"b":"c"}`],
    [`{"a":["b"]}`, `{"a":"c"}`, `{"a":"c"}`],
    [`{"a":"c"}`, `{"a":["b"]}`, `{"a":["b"]}`],
    [`{"a":{"b":"c"}}`, `{"a":{"b":"d","c":null}}`, `{"a":{"b":"d"}}`],
    [`{"a":[{"b":"c"}]}`, `{"a":[1]}`, `{"a":[1]}`],
    [`["a","b"]`, `["c","d"]`, `["c","d"]`],
    [`{"a":"b"}`, `["c"]`, `["c"]`],
    [`{"a":"foo"}`, `null`, `null`],
    [`{"a":"foo"}`, `"bar"`, `"bar"`],
    [`{"e":null}`, `{"a":1}`, `{"e":null,"a":1}`],
    [`[1,2]`, `{"a":"b","c":null}`, `{"a":"b"}`],
    [`{}`, `{"a":{"bb":{"ccc":null}}}`, `{"a":{"bb":{}}}`],
  ])("of %s with %s gives %s", (original, patch, result) => {
    const parse = (text: string) => JSON.parse(text) as JsonValue;
    expect(plain(mergePatch(parse(original), parse(patch)))).toEqual(
      parse(result),
    );
  });

  test("applied twice is the same as once", () => {
    fc.assert(
      fc.property(partlyKnown, partlyKnown, (target, patch) => {
        const once = mergePatch(target, patch);
        expect(equalValues(mergePatch(once, patch), once)).toBe(true);
      }),
    );
  });

  test("leaves what it does not mention as it is, known or not", () => {
    fc.assert(
      fc.property(
        partlyKnown.filter(isObject),
        partlyKnown.filter(isObject),
        (target, patch) => {
          const merged = mergePatch(target, patch);
          for (const [field, value] of Object.entries(target as object))
            if (!Object.hasOwn(patch as object, field))
              expect((merged as Record<string, Value>)[field]).toBe(value);
        },
      ),
    );
  });

  test("takes a field called __proto__ for a field", () => {
    const patch = JSON.parse(
      `{"__proto__":{"admin":true},"constructor":null}`,
    ) as JsonObject;
    const merged = mergePatch({ host: "db" }, patch) as JsonObject;
    expect(Object.keys(merged)).toEqual(["host", "__proto__"]);
    expect(merged["admin"]).toBeUndefined();
    expect(({} as Record<string, unknown>)["admin"]).toBeUndefined();
  });

  test.each<[title: string, target: Value, patch: Value, merged: Value]>([
    [
      "a field set to something unknown",
      { a: 1, b: 2 },
      { a: KNOWN_AFTER_APPLY },
      { a: KNOWN_AFTER_APPLY, b: 2 },
    ],
    [
      "an unknown field left alone",
      { a: KNOWN_AFTER_APPLY },
      { b: 2 },
      { a: KNOWN_AFTER_APPLY, b: 2 },
    ],
    ["an unknown field removed", { a: KNOWN_AFTER_APPLY }, { a: null }, {}],
    [
      "an object merged into an unknown field",
      { a: KNOWN_AFTER_APPLY },
      { a: { b: 1 } },
      { a: KNOWN_AFTER_APPLY },
    ],
    ["an unknown target", KNOWN_AFTER_APPLY, { a: 1 }, KNOWN_AFTER_APPLY],
    ["an unknown patch", { a: 1 }, KNOWN_AFTER_APPLY, KNOWN_AFTER_APPLY],
    ["a known scalar over an unknown target", KNOWN_AFTER_APPLY, "x", "x"],
  ])("over %s", (_title, target, patch, merged) => {
    expect(equalValues(mergePatch(target, patch), merged)).toBe(true);
  });
});

describe("the effective configuration", () => {
  test("without overrides is the configuration", () => {
    fc.assert(
      fc.property(jsonObject, (config) => {
        expect(effective(config, {})).toBe(config);
        expect(effective(config, null)).toBe(config);
      }),
    );
  });

  test("is not known while either side is not", () => {
    expect(effective(KNOWN_AFTER_APPLY, {})).toBe(KNOWN_AFTER_APPLY);
    expect(effective({ a: 1 }, KNOWN_AFTER_APPLY)).toBe(KNOWN_AFTER_APPLY);
  });

  test("names the fields that differ, removals included", () => {
    expect(
      overriddenFields({ b: null, a: { y: 1, x: null, z: {} }, c: [1] }),
    ).toEqual(["a.x", "a.y", "a.z", "b", "c"]);
  });
});
