import type { PlainChange } from "../plan";
import type { PendingCreates } from "./pending-creates";
import { type Found, Ownership } from "./whose";

const now = new Date("2026-05-10T12:00:00Z");
const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds);
const hour = 60 * 60 * 1000;
const found: Found = {
  kind: "connection",
  id: "organization/acme/warehouse",
  creation: {},
  differing: [],
};
const knowing = (...times: readonly Date[]): PendingCreates => ({
  begin: () => () => undefined,
  interrupted: () => times,
});
const whoseOf = (times: readonly Date[], given: Partial<Found> = {}) =>
  new Ownership({ pending: knowing(...times), now: () => now }).whose({
    ...found,
    ...given,
  });

test.each<[string, readonly Date[], Partial<Found>, string]>([
  ["an entry of an hour ago", [ago(hour)], {}, "ours"],
  ["no entry", [], {}, "theirs"],
  ["an entry of a week and an hour ago", [ago(169 * hour)], {}, "theirs"],
  ["an entry from the future", [ago(-hour)], {}, "theirs"],
  [
    "made after the entry",
    [ago(hour)],
    { creation: { createdAt: ago(hour - 1).toISOString() } },
    "ours",
  ],
  [
    "made after the entry, by a clock that is half a minute behind",
    [ago(hour)],
    { creation: { createdAt: ago(hour + 30_000).toISOString() } },
    "ours",
  ],
  [
    "made before the entry",
    [ago(hour)],
    { creation: { createdAt: ago(2 * hour).toISOString() } },
    "theirs",
  ],
  [
    "made between two entries",
    [ago(hour), ago(3 * hour)],
    { creation: { createdAt: ago(2 * hour).toISOString() } },
    "ours",
  ],
  [
    "made at a time that is none",
    [ago(hour)],
    { creation: { createdAt: "soon" } },
    "ours",
  ],
  ["something differs", [ago(hour)], { differing: [portOf(1)] }, "theirs"],
])("%s", (_, times, given, whose) => {
  expect(whoseOf(times, given).whose).toBe(whose);
});

test("values are told of what can be no secret alone", () => {
  const differing: readonly PlainChange[] = [
    portOf(5432),
    changed(["type"], "mysql"),
    changed(["config", "name"], "geheim"),
    changed(["config", "extra", "port"], "geheim"),
    changed(["description"], "geheim"),
  ];
  const [refusal] = new Ownership().refusal({ ...found, differing });
  expect(refusal!.detail).toContain(
    'config.port (5432 there, none declared), type ("mysql" there, none declared), config.name, config.extra.port, description.',
  );
  expect(refusal!.detail).not.toContain("geheim");
});

function portOf(before: number): PlainChange {
  return changed(["config", "port"], before);
}

function changed(
  path: readonly string[],
  before: string | number,
): PlainChange {
  return { kind: "plain", path, before, after: undefined };
}
