import {
  type Diagnostic,
  type DiagnosticPath,
  errorDiagnostic,
} from "../../diagnostics";
import { equalInMeaning } from "../../catalog";
import {
  fieldOf,
  isList,
  isObject,
  KNOWN_AFTER_APPLY,
  objectOf,
  type Value,
  type ValueObject,
} from "../../model";
import type { Decimal } from "../wire";
import {
  type CtyValue,
  Dynamic,
  isCtyNumber,
  isRecord,
  numberFromFloat,
  numberToText,
  recordOf,
  toDynamic,
  Unknown,
  UNKNOWN,
} from "../wire";

/**
 * Between Terraform's values and the model's. A Terraform value may be more
 * exact than JSON can be: such a number is reported rather than rounded.
 */
export function toValue(
  cty: CtyValue,
  path: DiagnosticPath = [],
  faults: Diagnostic[] = [],
): Value {
  if (cty === null || typeof cty === "string" || typeof cty === "boolean")
    return cty;
  if (cty instanceof Unknown) return KNOWN_AFTER_APPLY;
  if (cty instanceof Dynamic) return toValue(cty.value, path, faults);
  if (isCtyNumber(cty)) return toJsonNumber(cty, path, faults);
  if (isRecord(cty)) {
    return objectOf(
      Object.entries(cty).map(([field, part]) => [
        field,
        toValue(part, [...path, field], faults),
      ]),
    );
  }
  return (cty as readonly CtyValue[]).map((part, index) =>
    toValue(part, [...path, index], faults),
  );
}

function toJsonNumber(
  number: number | bigint | Decimal,
  path: DiagnosticPath,
  faults: Diagnostic[],
): number {
  if (typeof number === "number") return number;
  const text = numberToText(number);
  const rounded = Number(text);
  const exact =
    Number.isFinite(rounded) && numberToText(numberFromFloat(rounded)) === text;
  if (!exact) {
    faults.push(
      errorDiagnostic({
        code: "inexact_number",
        path,
        detail:
          "The number has more digits than the platforms' JSON interfaces keep, so it would arrive changed. Write it as a string, in quotes.",
      }),
    );
  }
  return rounded;
}

/** Plain data for a place of type dynamic. */
export function dynamicOf(value: Value): CtyValue {
  return toDynamic(fromValue(value));
}

/** Plain data without a type of its own. */
export function fromValue(value: Value): CtyValue {
  if (value === KNOWN_AFTER_APPLY) return UNKNOWN;
  if (typeof value === "number") return numberFromFloat(value);
  if (isList(value)) return value.map(fromValue);
  if (isObject(value)) {
    return recordOf(
      Object.entries(value).map(([field, part]) => [field, fromValue(part)]),
    );
  }
  return value;
}

export interface SpellingOptions {
  /** The connection's type, which decides what means the same. */
  readonly type: string;
  readonly observed: ValueObject;
  /** The attribute as the user wrote it, or null. */
  readonly written: CtyValue;
}

/**
 * What the platform shows, spelled as the user wrote it: fields that are equal
 * in meaning keep their text and type ("5432" stays "5432"), so that they are no
 * difference; the others are taken from the platform.
 */
export function withSpelling(options: SpellingOptions): CtyValue {
  const { type, observed, written } = options;
  const plain = toValue(written);
  const same = equalInMeaning(type, plain ?? objectOf([]), observed);
  if (same) return written;
  const record =
    written instanceof Dynamic && isRecord(written.value)
      ? written.value
      : undefined;
  if (record === undefined || !isObject(plain)) return dynamicOf(observed);
  const names = [
    ...new Set([...Object.keys(record), ...Object.keys(observed)]),
  ];
  const spelled = recordOf(
    names.flatMap((name): [string, CtyValue][] => {
      const now = fieldOf(observed, name);
      const before = fieldOf(plain, name);
      const kept = equalInMeaning(
        type,
        objectOf(before === undefined ? [] : [[name, before]]),
        objectOf(now === undefined ? [] : [[name, now]]),
      );
      if (kept) return before === undefined ? [] : [[name, record[name]!]];
      return now === undefined ? [] : [[name, fromValue(now)]];
    }),
  );
  return toDynamic(spelled);
}

/** Whether two values of one attribute mean the same. A null is written otherwise on purpose, so that only a null equals it. */
export function sameInMeaning(options: {
  readonly type: string;
  readonly before: CtyValue;
  readonly after: CtyValue;
  /** See `PlatformRules.setFields`. */
  readonly sets: readonly string[] | undefined;
}): boolean {
  const { type, before, after, sets } = options;
  if (before === null || after === null) return before === after;
  return equalInMeaning(type, toValue(before), toValue(after), { sets });
}
