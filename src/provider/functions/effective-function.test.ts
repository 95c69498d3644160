import type { JsonObject } from "../../model";
import { type CtyValue, recordOf, toDynamic } from "../wire";
import { numberFromText } from "../wire/cty-number";
import { dynamicOf, toValue } from "../state/values";
import { effectiveFunction } from "./effective-function";

const call = (config: CtyValue, overrides: CtyValue) =>
  effectiveFunction.call([config, overrides]);
const config = dynamicOf({
  host: "db",
  port: 5432,
  parameters: { a: "1", b: "2" },
});

test.each<[overrides: JsonObject | null, result: JsonObject]>([
  [null, { host: "db", port: 5432, parameters: { a: "1", b: "2" } }],
  [{}, { host: "db", port: 5432, parameters: { a: "1", b: "2" } }],
  [
    { port: null, parameters: { b: null, c: "3" } },
    { host: "db", parameters: { a: "1", c: "3" } },
  ],
])("with the overrides %j a deployment sees %j", (overrides, result) => {
  const outcome = call(
    config,
    overrides === null ? null : dynamicOf(overrides),
  );
  expect(outcome.ok).toBe(true);
  expect(
    JSON.parse(
      JSON.stringify(toValue((outcome as { result: CtyValue }).result)),
    ),
  ).toEqual(result);
});

test.each<
  [
    title: string,
    config: CtyValue,
    overrides: CtyValue,
    argument: number,
    text: RegExp,
  ]
>([
  [
    "a config that is no object",
    dynamicOf(["a"]),
    null,
    0,
    /config must be an object/,
  ],
  [
    "overrides that are no object",
    config,
    dynamicOf("x"),
    1,
    /overrides must be an object/,
  ],
  [
    "a number that is too precise",
    config,
    toDynamic(recordOf([["n", numberFromText("9007199254740993")]])),
    1,
    /^overrides\.n: /,
  ],
])(
  "%s is refused at its argument",
  (_title, given, overrides, argument, text) => {
    expect(call(given, overrides)).toMatchObject({
      ok: false,
      argument,
      text: expect.stringMatching(text) as string,
    });
  },
);
