import { format, inspect } from "node:util";
import { Secret, SECRET_PLACEHOLDER } from "./secret";

const planted = "hunter2-planted";

test.each<[title: string, show: (secret: Secret) => string]>([
  ["String()", (secret) => String(secret)],
  ["a template", (secret) => `${String(secret)}`],
  ["concatenation", (secret) => "" + (secret as unknown as string)],
  ["JSON", (secret) => JSON.stringify({ secret })],
  [
    "util.inspect",
    (secret) => inspect({ nested: [secret] }, { depth: 9, showHidden: true }),
  ],
  [
    "util.format",
    (secret) => format("%s %o %j %O", secret, secret, secret, secret),
  ],
  [
    "its fields",
    (secret) => JSON.stringify({ ...secret, keys: Reflect.ownKeys(secret) }),
  ],
  [
    "an error",
    (secret) => inspect(new Error(String(secret), { cause: secret })),
  ],
])("%s does not show a secret", (_title, show) => {
  expect(show(new Secret(planted))).not.toContain(planted);
});

test("a secret shows its placeholder and gives its value only when revealed", () => {
  expect(String(new Secret(planted))).toBe(SECRET_PLACEHOLDER);
  expect(new Secret({ password: planted }).reveal()).toEqual({
    password: planted,
  });
});
