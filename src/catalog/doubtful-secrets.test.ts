import { KNOWN_AFTER_APPLY, type Value } from "../model";
import { doubtfulSecrets } from "./doubtful-secrets";

const pem =
  "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\n-----END PRIVATE KEY-----\n";

test.each<[title: string, value: string, says: string]>([
  ["a line break at the end", "geheim\n", "line break"],
  ["one as Windows writes it", "geheim\r\n", "line break"],
  ["a blank at the end", "geheim ", "blank"],
  ["a blank at the beginning", " geheim", "blank"],
  ["a tab", "\tgeheim", "blank"],
  ["nothing but blanks", "  \n", "nothing but"],
  ["TODO", "TODO", "placeholder"],
  ["a TODO that says more", "todo: ask Jane", "placeholder"],
  ["angle brackets", "<your password>", "placeholder"],
  ["an ellipsis", "…", "placeholder"],
  ["three dots", "...", "placeholder"],
  ["CHANGEME", "CHANGEME", "placeholder"],
  ["change-me", "change-me", "placeholder"],
  ["xxx", "xxx", "placeholder"],
  ["XXXXXXXX", "XXXXXXXX", "placeholder"],
  ["asterisks", "********", "placeholder"],
  ["a placeholder with a line break", "TODO\n", "placeholder"],
])("a secret that is doubtful: %s", (_title, value, says) => {
  const [diagnostic, ...more] = doubtfulSecrets({ password: value }, [
    "secrets_wo",
  ]);
  expect(more).toEqual([]);
  expect(diagnostic).toMatchObject({
    severity: "warning",
    code: "doubtful_secret",
    path: ["secrets_wo", "password"],
  });
  expect(diagnostic!.detail).toContain(says);
  expect(diagnostic!.detail).not.toMatch(/geheim|jane|your password|changeme/i);
});

test.each<[title: string, value: Value]>([
  ["a key, which ends in a line break", pem],
  ["a key between blanks", `  ${pem}`],
  ["a key in one line", "-----BEGIN X-----abc-----END X-----\n"],
  ["several lines", "one\ntwo\n"],
  ["JSON", '{"private_key": "x"}\n'],
  ["a blank inside", "correct horse battery"],
  ["a word of a placeholder inside", "todo-list-42"],
  ["xx", "xx"],
  ["nothing", ""],
  ["a number", 12345],
  ["one that is known later", KNOWN_AFTER_APPLY],
  ["none", null],
])("a secret that is not: %s", (_title, value) => {
  expect(doubtfulSecrets({ password: value }, ["secrets"])).toEqual([]);
});

test("each is found where it is, in order", () => {
  expect(
    doubtfulSecrets(
      {
        password: "a ",
        secret_headers: { "X-Key": "TODO", "X-Other": "fine" },
        keys: ["fine", "xxx"],
      },
      ["secrets"],
    ).map(({ path }) => path),
  ).toEqual([
    ["secrets", "password"],
    ["secrets", "secret_headers", "X-Key"],
    ["secrets", "keys", 1],
  ]);
});
