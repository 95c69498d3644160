import fc from "fast-check";
import type { Diagnostic } from "../../diagnostics";
import {
  type JsonObject,
  type JsonValue,
  KNOWN_AFTER_APPLY,
  objectOf,
  type Value,
} from "../../model";
import {
  type CtyValue,
  DYNAMIC,
  Dynamic,
  mapOf,
  recordOf,
  STRING,
  toDynamic,
  UNKNOWN,
  Unknown,
} from "../wire";
import { decodeMsgpack, encodeMsgpack } from "../wire/cty-msgpack";
import { numberFromText } from "../wire/cty-number";
import { dynamicOf, fromValue, toValue, withSpelling } from "./values";

const plain = (value: Value): unknown => JSON.parse(JSON.stringify(value));

const key = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "a", "ä"),
  fc.string({ unit: "grapheme", maxLength: 4 }),
);
const json: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      fc.constantFrom(null, true, false),
      fc.integer(),
      fc
        .double({ noNaN: true, noDefaultInfinity: true })
        .filter((number) => !Object.is(number, -0)),
      fc.string({ unit: "grapheme" }),
      fc.array(tie("value"), { maxLength: 3 }),
      fc
        .array(fc.tuple(key, tie("value")), { maxLength: 3 })
        .map((entries) => objectOf(entries)),
    ),
  }),
).value;

test("plain data come back from Terraform as they were sent", () => {
  fc.assert(
    fc.property(json, (value) => {
      const faults: Diagnostic[] = [];
      const sent = encodeMsgpack(DYNAMIC, dynamicOf(value));
      expect(plain(toValue(decodeMsgpack(DYNAMIC, sent), [], faults))).toEqual(
        plain(value),
      );
      expect(faults).toEqual([]);
    }),
  );
});

test("what is not known is the same marker both ways, whatever is certain about it", () => {
  const refined = new Unknown({ isNull: false, stringPrefix: "a" });
  expect(
    toValue(
      recordOf([
        ["a", UNKNOWN],
        ["b", [refined]],
      ]),
    ),
  ).toEqual({ a: KNOWN_AFTER_APPLY, b: [KNOWN_AFTER_APPLY] });
  expect(fromValue([KNOWN_AFTER_APPLY])).toEqual([UNKNOWN]);
});

test.each<[text: string, value: number]>([
  ["5432", 5432],
  ["0.1", 0.1],
  ["9007199254740991", Number.MAX_SAFE_INTEGER],
  ["1e21", 1e21],
  ["-0.5", -0.5],
])("the number %s is exact", (text, value) => {
  const faults: Diagnostic[] = [];
  expect(toValue(numberFromText(text), [], faults)).toBe(value);
  expect(faults).toEqual([]);
});

test.each([
  "9007199254740993",
  "0.1000000000000000055511151231257827",
  "1e400",
  "123456789012345678901234567890",
])("the number %s is reported with its path instead of rounded", (text) => {
  const faults: Diagnostic[] = [];
  toValue(
    recordOf([["extra", [recordOf([["limit", numberFromText(text)]])]]]),
    ["config"],
    faults,
  );
  expect(faults).toMatchObject([
    { code: "inexact_number", path: ["config", "extra", 0, "limit"] },
  ]);
  expect(faults[0]!.detail).not.toContain(text);
});

describe("what the platform shows, spelled as the user wrote it", () => {
  const observed: JsonObject = { host: "db", login: "x", port: 5432 };
  const spelled = (written: CtyValue, shown: JsonObject = observed) =>
    withSpelling({ type: "postgresql", observed: shown, written });
  const written = (fields: JsonObject) => toDynamic(fromValue(fields));

  test("is the very same value where it means the same", () => {
    const value = written({
      host: "db",
      login: "x",
      port: "5432",
      schema: null,
    });
    expect(spelled(value)).toBe(value);
    const typed = new Dynamic(
      mapOf(STRING),
      recordOf([
        ["host", "db"],
        ["login", "x"],
        ["port", "5432"],
      ]),
    );
    expect(spelled(typed)).toBe(typed);
    expect(spelled(null, {})).toBeNull();
    const withoutDefault = written({ host: "db", login: "x" });
    expect(spelled(withoutDefault)).toBe(withoutDefault);
    expect(spelled(written({}), {})).toEqual(written({}));
  });

  test.each<
    [title: string, given: JsonObject, shown: JsonObject, result: JsonObject]
  >([
    [
      "a drifted field is replaced, the others keep their spelling",
      { host: "old", login: "x", port: "5432", schema: null },
      observed,
      { host: "db", login: "x", port: "5432", schema: null },
    ],
    [
      "a field added elsewhere appears",
      { host: "db", login: "x" },
      { ...observed, port: 6432 },
      { host: "db", login: "x", port: 6432 },
    ],
    [
      "a field removed elsewhere goes",
      { host: "db", login: "x", port: "5432", schema: "s" },
      observed,
      { host: "db", login: "x", port: "5432" },
    ],
    [
      "a null that got a value shows it",
      { host: "db", login: "x", port: null },
      { ...observed, port: 6432 },
      { host: "db", login: "x", port: 6432 },
    ],
    [
      "a default that appears beside a change stays out",
      { host: "old", login: "x" },
      observed,
      { host: "db", login: "x" },
    ],
    [
      "a default that is not shown stays where it was written",
      { host: "old", login: "x", port: "5432" },
      { host: "db", login: "x" },
      { host: "db", login: "x", port: "5432" },
    ],
  ])("%s", (_title, given, shown, result) => {
    expect(plain(toValue(spelled(written(given), shown)))).toEqual(result);
  });

  test("of what was not written is all of it", () => {
    expect(plain(toValue(spelled(null)))).toEqual(observed);
  });
});
