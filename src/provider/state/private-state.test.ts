import fc from "fast-check";
import {
  decodePrivateState,
  digestSecrets,
  encodePrivateState,
  matchesDigest,
  type PrivateState,
} from "./private-state";

test("what is remembered comes back", () => {
  const state: PrivateState = {
    secretsDigest: digestSecrets({ a: "b" }),
    secretsRevision: 3,
    platformSecretsVersion: 7,
    secretFields: ["a"],
    concurrencyToken: "9",
  };
  expect(decodePrivateState(encodePrivateState(state))).toEqual(state);
  expect(decodePrivateState(encodePrivateState({}))).toEqual({});
  expect(decodePrivateState(undefined)).toEqual({});
});

test.each([
  "",
  "null",
  "[]",
  "5",
  "{",
  '"x"',
  `{"secretsDigest":5}`,
  `{"secretFields":"password"}`,
  `{"secretFields":[1]}`,
  `{"secretsRevision":"1"}`,
  `{"concurrencyToken":{}}`,
  "\u0000\u0001",
])("%j is not ours, and counts as nothing remembered", (text) => {
  expect(
    matchesDigest(
      {},
      decodePrivateState(Buffer.from(text)).secretsDigest ?? "",
    ),
  ).toBe(false);
  expect(Object.keys(decodePrivateState(Buffer.from(text)))).toEqual([]);
});

test("any bytes can be read", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => void decodePrivateState(bytes)),
  );
  fc.assert(
    fc.property(
      fc.json(),
      (text) => void decodePrivateState(Buffer.from(text)),
    ),
  );
});

test("a digest fits its secrets, in any order of fields, and no others", () => {
  const digest = digestSecrets({
    password: "hunter2",
    token: { a: "1", b: "2" },
  });
  expect(
    matchesDigest({ token: { b: "2", a: "1" }, password: "hunter2" }, digest),
  ).toBe(true);
  expect(matchesDigest({ password: "hunter2" }, digest)).toBe(false);
  expect(matchesDigest({}, digest)).toBe(false);
  for (const broken of [
    "",
    ":",
    "x",
    digest.slice(0, -1),
    `${digest}:`,
    digest.split(":")[1]!,
  ])
    matchesDigest({ password: "hunter2" }, broken);
});

test("a digest holds no secret, and two of the same secrets differ", () => {
  const secret = "hunter2-planted";
  const [one, two] = [
    digestSecrets({ password: secret }),
    digestSecrets({ password: secret }),
  ];
  expect(one).not.toBe(two);
  for (const encoding of ["utf8", "base64", "base64url", "hex"] as const)
    expect(one).not.toContain(Buffer.from(secret).toString(encoding));
});
