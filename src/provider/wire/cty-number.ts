/**
 * Numbers of any precision, in one canonical form, so that equal numbers look the same to provider code:
 * an integer within ±(2^53-1) and any fraction that a float64 holds exactly is a `number`, any other integer a
 * `bigint`, anything else a `Decimal` (0.1 among them: no float64 is exactly one tenth).
 */
import { CtyError } from "./cty-error";

/** A number kept as its exact plain decimal text: no exponent, no superfluous zero, no plus sign. */
export class Decimal {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
  toJSON(): string {
    return this.text;
  }
}

export type CtyNumber = number | bigint | Decimal;

export function isCtyNumber(value: unknown): value is CtyNumber {
  return (
    typeof value === "number" ||
    typeof value === "bigint" ||
    value instanceof Decimal
  );
}

/**
 * Reads decimal text as JSON and HCL write it (`-12`, `0.10`, `1e30`).
 * @throws CtyError when it is no number, or has too many digits to be written out.
 */
export function numberFromText(text: string): CtyNumber {
  const plain = Number(text);
  if (Number.isSafeInteger(plain) && String(plain) === text) return plain;
  const match = NUMBER_TEXT.exec(text);
  if (match === null) throw new CtyError("not a number");
  const [, sign, whole = "", fraction = "", exponentText = "0"] = match;
  const exponent = Number(exponentText);
  if (whole === "" && fraction === "") throw new CtyError("not a number");
  if (text.length > MAX_DIGITS || Math.abs(exponent) > MAX_DIGITS)
    throw new CtyError("a number with too many digits");
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const integer = (
    point <= 0 ? "0" : digits.slice(0, point).padEnd(point, "0")
  ).replace(/^0+(?=\d)/, "");
  const rest = (
    point < 0 ? "0".repeat(-point) + digits : digits.slice(Math.max(point, 0))
  ).replace(/0+$/, "");
  const minus = sign === "-" ? "-" : "";
  if (rest === "") return integerFromText(minus + integer);
  return fractionFits(integer + rest, rest.length)
    ? Number(`${minus}${integer}.${rest}`)
    : new Decimal(`${minus}${integer}.${rest}`);
}

/** The canonical form of a number that came as a float64. @throws CtyError for NaN, which Terraform cannot hold. */
export function numberFromFloat(value: number): CtyNumber {
  if (Number.isNaN(value))
    throw new CtyError("NaN is not a number that Terraform can hold");
  if (Number.isSafeInteger(value)) return value + 0;
  return Number.isInteger(value) ? BigInt(value) : value;
}

export function numberFromBigInt(value: bigint): CtyNumber {
  return value >= MIN_SAFE && value <= MAX_SAFE ? Number(value) : value;
}

/**
 * Plain decimal notation. A float64 gives the shortest text that reads back as itself, which is what core compares
 * by: 0.1 the float64 and 0.1 the decimal are one number to it.
 */
export function numberToText(value: CtyNumber): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "number") return value.text;
  if (Number.isInteger(value))
    return Number.isSafeInteger(value)
      ? String(value + 0)
      : BigInt(value).toString();
  if (Number.isNaN(value))
    throw new CtyError("NaN is not a number that Terraform can hold");
  const text = String(Math.abs(value));
  const minus = value < 0 ? "-" : "";
  if (!text.includes("e")) return minus + text;
  // Only tiny fractions get here: integers were dealt with above.
  const [mantissa = "", exponent] = text.split("e");
  const zeros = "0".repeat(-Number(exponent) - 1);
  return `${minus}0.${zeros}${mantissa.replace(".", "")}`;
}

export function numberEquals(a: CtyNumber, b: CtyNumber): boolean {
  return a === b || numberToText(a) === numberToText(b);
}

const NUMBER_TEXT = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
/** Core computes with 512 bits, some 154 digits; far beyond that, an exponent is an attack or a mistake. */
const MAX_DIGITS = 20_000;
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const MIN_SAFE = -MAX_SAFE;

function integerFromText(text: string): CtyNumber {
  if (text.length < 16) return Number(text) + 0;
  return numberFromBigInt(BigInt(text));
}

/** Whether digits / 10^places is exactly a float64: it must be m / 2^places with an m of at most 53 bits. */
function fractionFits(digits: string, places: number): boolean {
  if (!digits.endsWith("5") || places > 1074) return false;
  const value = BigInt(digits);
  const fives = 5n ** BigInt(places);
  if (value % fives !== 0n) return false;
  return (value / fives).toString(2).replace(/0+$/, "").length <= 53;
}
