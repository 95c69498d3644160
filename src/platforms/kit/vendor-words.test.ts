import { Secret } from "../../diagnostics";
import { planted, secretForms } from "../../../test/support/secret-forms";
import { repeatsSecret, vendorPhrases, vendorSays, vendorWords } from "./index";

const sent = [
  new Secret({ password: planted.password, nested: [planted.key] }),
];

test.each(secretForms)("words that repeat a secret %s are none", (_, words) => {
  expect(vendorWords(words, sent)).toBeUndefined();
  expect(vendorSays(words, sent)).toBe(
    "Its words are not shown, since they may repeat a part of a secret",
  );
});

test.each([
  "could not connect to postgres://loader@db.example.com:5432/app: connection refused (UND_ERR_SOCKET)",
  "the private key is no PEM: expected -----BEGIN PRIVATE KEY-----",
  "config.password: must not be empty",
  "request id 3f2504e0-4f89-11d3-9a0c-0305e82c3301, eyJhbGciOiJIUzI1NiJ9.eyJzdWIi",
  "50% of &lt;all&gt; requests failed with \\u0041 and %41 + 5",
])("words that repeat none are passed on as they are: %s", (words) => {
  expect(vendorWords(words, sent)).toBe(words);
  expect(vendorSays(words, sent)).toBe(`It says: ${words}`);
});

test.each([
  ["K", "UND_ERR_SOCKET", true],
  ["abc", "all is well", true],
  ["abcd", "all is well", false],
  ["abcd", "it was ABCD", true],
  ["abcd", "it was YWJjZA==", true],
  ["abcde", "it was abcd", false],
  ["", "all is well", false],
])("of the short secret %j, %j may tell: %s", (secret, words, expected) => {
  expect(repeatsSecret(words, [secret])).toBe(expected);
});

test("of a key file the values count and the names of its fields do not", () => {
  const file = JSON.stringify({
    type: "service_account",
    private_key: planted.key,
  });
  expect(repeatsSecret("private_key is no key", [file])).toBe(false);
  expect(repeatsSecret(planted.key.slice(40, 60), [file])).toBe(true);
});

test("of a header the word before the token is no secret", () => {
  const header = [new Secret("Bearer abcdefgh"), undefined];
  expect(repeatsSecret("no bearer token was given", header)).toBe(false);
  expect(repeatsSecret("the token abcdef is old", header)).toBe(true);
});

test("numbers are secrets as they are written; where nothing was sent, nothing is hidden", () => {
  expect(repeatsSecret("PIN 123456 is wrong", [{ pin: 123456 }])).toBe(true);
  expect(repeatsSecret("PIN 123456 is wrong", [{ on: true }, null])).toBe(
    false,
  );
  expect(repeatsSecret(planted.password, [])).toBe(false);
});

test("words are on one line, without a full stop, and no longer than a message can hold", () => {
  expect(vendorWords(" a\n\tb \u0007 c. ", [])).toBe("a b c");
  expect(vendorWords("x".repeat(5000), [])).toHaveLength(601);
  expect(vendorSays(" ", sent)).toBe("It gives no reason");
});

test("of several phrases those that repeat nothing are passed on", () => {
  const telling = `refused: ${planted.password}`;
  expect(vendorPhrases(["Bad Request", telling, "no."], sent)).toBe(
    "Bad Request; no",
  );
  expect(vendorPhrases([telling], sent)).toBeUndefined();
});
