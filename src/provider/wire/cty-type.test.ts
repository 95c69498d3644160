import {
  BOOL,
  DYNAMIC,
  NUMBER,
  STRING,
  formatType,
  internType,
  listOf,
  mapOf,
  objectOf,
  parseType,
  setOf,
  tupleOf,
  typeEquals,
  type CtyType,
} from "./cty-type";

test.each<[CtyType, string]>([
  [STRING, '"string"'],
  [DYNAMIC, '"dynamic"'],
  [listOf(NUMBER), '["list","number"]'],
  [setOf(mapOf(BOOL)), '["set",["map","bool"]]'],
  [tupleOf([STRING, listOf(BOOL)]), '["tuple",["string",["list","bool"]]]'],
  [
    objectOf({ b: STRING, a: tupleOf([]) }),
    '["object",{"a":["tuple",[]],"b":"string"}]',
  ],
])("%j has its JSON form", (type, text) => {
  expect(formatType(type)).toBe(text);
  expect(typeEquals(parseType(text), type)).toBe(true);
  expect(parseType(text)).toBe(parseType(text));
});

test("the list of optional attributes is read over", () => {
  expect(parseType('["object",{"a":"string"},["a"]]')).toEqual(
    objectOf({ a: STRING }),
  );
});

test("an attribute __proto__ is an attribute like any other", () => {
  const type = parseType('["object",{"__proto__":"bool"}]');
  expect(formatType(type)).toBe('["object",{"__proto__":"bool"}]');
  expect(typeEquals(type, objectOf({}))).toBe(false);
});

test.each([
  "",
  "null",
  '"text"',
  '["list"]',
  '["tuple","string"]',
  '["object",[]]',
  '["set","string","string"]',
])("%j is not a type", (text) => {
  expect(() => parseType(text)).toThrow(/^a type is not/);
});

test("equal types made anew are interned to one", () => {
  const make = (): CtyType => objectOf({ a: STRING, b: listOf(NUMBER) });
  expect(internType(make())).toBe(internType(make()));
});
