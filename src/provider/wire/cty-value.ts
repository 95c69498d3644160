/**
 * Values of Terraform's value system (cty) as plain JavaScript data, plus the two things JSON has no word for: a value
 * that is not known yet (`Unknown`) and a value that carries its own type (`Dynamic`).
 * A list, a set and a tuple are arrays; a map and an object are records. Which one it is, the type says.
 */
import {
  BOOL,
  DYNAMIC,
  NUMBER,
  STRING,
  objectOf,
  tupleOf,
  type CtyType,
} from "./cty-type";
import { isCtyNumber, type CtyNumber } from "./cty-number";

/** A map or an object. It has no prototype, so every key is safe, `__proto__` too. */
export interface CtyRecord {
  readonly [key: string]: CtyValue;
}

export type CtyValue =
  | null
  | boolean
  | string
  | CtyNumber
  | Unknown
  | Dynamic
  | readonly CtyValue[]
  | CtyRecord;

export interface NumberBound {
  readonly value: CtyNumber;
  readonly inclusive: boolean;
}

/** What is certain about a value that is not known yet. What we promise in a plan, the applied value must keep. */
export interface Refinements {
  /** false: it will surely not be null. */
  readonly isNull?: boolean;
  readonly stringPrefix?: string;
  readonly numberLowerBound?: NumberBound;
  readonly numberUpperBound?: NumberBound;
  readonly lengthLowerBound?: number;
  readonly lengthUpperBound?: number;
}

/** A value that is known only after apply. Test with `instanceof`: there are refined ones beside `UNKNOWN`. */
export class Unknown {
  constructor(readonly refinements?: Refinements) {}
}

/** Unknown, with nothing said about it. */
export const UNKNOWN = new Unknown();

/**
 * A value in a place of type dynamic, with the type that it has. In such a place a plain `null` is a null without a
 * type, `Dynamic(type, null)` one with a type, and an `Unknown` a value whose type is not known either.
 */
export class Dynamic {
  constructor(
    readonly type: CtyType,
    readonly value: CtyValue,
  ) {}
}

export function isRecord(value: CtyValue): value is CtyRecord {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !isCtyNumber(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Dynamic)
  );
}

/** A record without prototype holding the given entries. */
export function recordOf(
  entries: Iterable<readonly [string, CtyValue]>,
): CtyRecord {
  const record = Object.create(null) as Record<string, CtyValue>;
  for (const [key, value] of entries) record[key] = value;
  return record;
}

/** Whether any part of the value is not known yet. */
export function containsUnknown(value: CtyValue): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (value instanceof Unknown) return true;
  if (value instanceof Dynamic) return containsUnknown(value.value);
  if (Array.isArray(value))
    return (value as readonly CtyValue[]).some(containsUnknown);
  if (!isRecord(value)) return false;
  for (const key in value) if (containsUnknown(value[key]!)) return true;
  return false;
}

/**
 * The type of plain data, as HCL would give it to a literal: object, tuple, string, number or bool. What has no type
 * of its own (null, unknown) or carries it (`Dynamic`) is dynamic.
 */
export function impliedType(value: CtyValue): CtyType {
  if (typeof value === "string") return STRING;
  if (typeof value === "boolean") return BOOL;
  if (isCtyNumber(value)) return NUMBER;
  if (value === null || value instanceof Unknown || value instanceof Dynamic)
    return DYNAMIC;
  if (Array.isArray(value))
    return tupleOf((value as readonly CtyValue[]).map(impliedType));
  const attributes = Object.create(null) as Record<string, CtyType>;
  for (const key in value as CtyRecord)
    attributes[key] = impliedType((value as CtyRecord)[key]!);
  return objectOf(attributes);
}

/** Plain data as a value for a place of type dynamic. */
export function toDynamic(value: CtyValue): CtyValue {
  const type = impliedType(value);
  return type.kind === "dynamic" ? value : new Dynamic(type, value);
}
