import { backoff, requestedDelay, retryDelay } from "./retry-timing";

const now = Date.parse("2030-01-02T03:04:05Z");

test.each([
  ["seconds", { "Retry-After": "7" }, 7000],
  ["no time at all", { "Retry-After": "0" }, 0],
  ["a part of a second", { "Retry-After": "0.5" }, 500],
  ["a date", { "Retry-After": "Wed, 02 Jan 2030 03:04:15 GMT" }, 10_000],
  [
    "a date by the server's own clock",
    {
      "Retry-After": "Thu, 03 Jan 2030 00:00:02 GMT",
      Date: "Thu, 03 Jan 2030 00:00:00 GMT",
    },
    2000,
  ],
  ["a date in the past", { "Retry-After": "Tue, 01 Jan 2030 00:00:00 GMT" }, 0],
  ["seconds until the reset", { "X-RateLimit-Reset": "12" }, 12_000],
  [
    "the reset as seconds since 1970",
    { "X-RateLimit-Reset": String(now / 1000 + 3) },
    3000,
  ],
  [
    "the reset as milliseconds since 1970",
    { "X-RateLimit-Reset": String(now + 4000) },
    4000,
  ],
  ["the standard's own name", { "RateLimit-Reset": "5" }, 5000],
  [
    "Retry-After before the reset",
    { "Retry-After": "1", "X-RateLimit-Reset": "9" },
    1000,
  ],
])(
  "a platform that asks to wait with %s is obeyed",
  (_title, headers, delay) => {
    expect(
      requestedDelay(new Headers(headers as Record<string, string>), now),
    ).toBe(delay);
  },
);

test.each([
  ["nothing", {}],
  ["a negative number", { "Retry-After": "-5" }],
  ["nonsense", { "Retry-After": "soon" }],
  [
    "a date that does not exist",
    { "Retry-After": "Wed, 99 Jan 2030 03:04:15 GMT" },
  ],
  [
    "a reset although requests remain",
    { "X-RateLimit-Reset": "9", "X-RateLimit-Remaining": "3" },
  ],
])("%s asks for no particular wait", (_title, headers) => {
  expect(
    requestedDelay(new Headers(headers as Record<string, string>), now),
  ).toBeUndefined();
});

test("the backoff is anything up to a bound that doubles, to ten seconds", () => {
  const longest = [1, 2, 3, 6, 7, 50].map((attempt) =>
    backoff({ attempt, random: 1 }),
  );
  expect(longest).toEqual([250, 500, 1000, 8000, 10_000, 10_000]);
  expect(backoff({ attempt: 3, random: 0 })).toBe(0);
  expect(backoff({ attempt: 3, random: 0.5 })).toBe(500);
});

test("without an answer the backoff applies", () => {
  expect(retryDelay({ attempt: 2, headers: undefined, now, random: 1 })).toBe(
    500,
  );
});
