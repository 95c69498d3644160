import fc from "fast-check";
import {
  Decimal,
  numberEquals,
  numberFromFloat,
  numberFromText,
  numberToText,
  type CtyNumber,
} from "./cty-number";

test.each<[string, CtyNumber, string]>([
  ["0", 0, "0"],
  ["-0", 0, "0"],
  ["+7", 7, "7"],
  ["007", 7, "7"],
  ["1e3", 1000, "1000"],
  ["1.50e1", 15, "15"],
  ["9007199254740991", 9007199254740991, "9007199254740991"],
  ["9007199254740992", 9007199254740992n, "9007199254740992"],
  ["-9007199254740993", -9007199254740993n, "-9007199254740993"],
  ["0.5", 0.5, "0.5"],
  ["-0.250", -0.25, "-0.25"],
  ["0.1", new Decimal("0.1"), "0.1"],
  [".1e-2", new Decimal("0.001"), "0.001"],
  [
    "12345678901234567890.5",
    new Decimal("12345678901234567890.5"),
    "12345678901234567890.5",
  ],
  ["0.000030517578125", 2 ** -15, "0.000030517578125"],
])("%s has one canonical form", (text, expected, plain) => {
  const value = numberFromText(text);
  expect(value).toEqual(expected);
  expect(Object.is(value, -0)).toBe(false);
  expect(numberToText(value)).toBe(plain);
});

test.each(["", ".", "-", "e5", "1e", "0x10", "1_000", " 1", "Infinity", "NaN"])(
  "%j is not a number",
  (text) => {
    expect(() => numberFromText(text)).toThrow("not a number");
  },
);

test("an exponent that would fill the memory is refused", () => {
  expect(() => numberFromText("1e999999999")).toThrow("too many digits");
});

test("the text of any float64 reads back as an equal number", () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      (value) => {
        const canonical = numberFromFloat(value);
        expect(
          numberEquals(numberFromText(numberToText(canonical)), canonical),
        ).toBe(true);
        expect(Number(numberToText(value))).toBe(value + 0);
      },
    ),
  );
});

test("one tenth is one number, as decimal and as float64", () => {
  expect(numberEquals(0.1, new Decimal("0.1"))).toBe(true);
  expect(numberEquals(12345678901234567890n, 12345678901234567891n)).toBe(
    false,
  );
});
