import {
  formatFieldPath,
  parseFieldPath,
  splitRemovals,
  withRemoval,
} from "./removed-fields";

test.each<[text: string, path: readonly string[] | undefined]>([
  ["port", ["port"]],
  ["headers.X-Api-Key", ["headers", "X-Api-Key"]],
  ['extra["a.b"]', ["extra", "a.b"]],
  ['extra."a.b"', ["extra", "a.b"]],
  ['extra["a.b"].c', ["extra", "a.b", "c"]],
  ['"a.b"', ["a.b"]],
  ['extra["quote\\"d"]', ["extra", 'quote"d']],
  ["", undefined],
  [".port", undefined],
  ["port.", undefined],
  ["a..b", undefined],
  ['extra["open', undefined],
  ["extra[0]", undefined],
])("%j is the path %j", (text, path) => {
  expect(parseFieldPath(text)).toEqual(path);
});

test.each([[["port"]], [["extra", "a.b"]], [["headers", "X-Api-Key"]]])(
  "%j is read again as it is written",
  (path) => {
    expect(parseFieldPath(formatFieldPath(path))).toEqual(path);
  },
);

test("a patch is taken apart and put together again", () => {
  const patch = { schema: "PROD", port: null, extra: { a: null, b: 1 } };
  const { given, removed } = splitRemovals(patch);
  expect(given).toEqual({ schema: "PROD", extra: { b: 1 } });
  expect(removed).toEqual([["port"], ["extra", "a"]]);
  expect(
    removed.reduce((all, path) => withRemoval(all, path as string[])!, given),
  ).toEqual(patch);
});

test("what held nothing but nulls is not given, what was empty is", () => {
  expect(splitRemovals({ extra: { a: null }, empty: {} })).toEqual({
    given: { empty: {} },
    removed: [["extra", "a"]],
  });
});

test("what is given is not removed", () => {
  expect(withRemoval({ port: 1 }, ["port"])).toBeUndefined();
  expect(withRemoval({ extra: "text" }, ["extra", "a"])).toBeUndefined();
});
