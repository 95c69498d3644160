/**
 * Equality of values as core sees it: numbers by value, sets without order, dynamic values by type and value.
 * Two unknown values are equal when nothing tells them apart; that is for comparing plans, not for concluding that
 * what they will become is the same.
 */
import { Decimal, isCtyNumber, numberEquals, numberToText } from "./cty-number";
import { formatType, typeEquals, type CtyType } from "./cty-type";
import { Dynamic, Unknown, type CtyRecord, type CtyValue } from "./cty-value";

/** Without a type, arrays are compared in order. */
export function ctyEquals(
  type: CtyType | undefined,
  a: CtyValue,
  b: CtyValue,
): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (isCtyNumber(a)) return isCtyNumber(b) && numberEquals(a, b);
  if (typeof a !== "object" || typeof b !== "object") return false;
  if (a instanceof Unknown || b instanceof Unknown) {
    return (
      a instanceof Unknown &&
      b instanceof Unknown &&
      ctyKey(undefined, a) === ctyKey(undefined, b)
    );
  }
  if (a instanceof Dynamic || b instanceof Dynamic) {
    return (
      a instanceof Dynamic &&
      b instanceof Dynamic &&
      typeEquals(a.type, b.type) &&
      ctyEquals(a.type, a.value, b.value)
    );
  }
  if (b instanceof Decimal) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      arraysEqual(type, a as readonly CtyValue[], b as readonly CtyValue[])
    );
  }
  return recordsEqual(type, a as CtyRecord, b as CtyRecord);
}

/**
 * Text that is the same for equal values and differs for others: what sets are sorted and de-duplicated by.
 * Null and unknown come last, as core sends them.
 */
export function ctyKey(type: CtyType | undefined, value: CtyValue): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value === null) return "~null";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (isCtyNumber(value)) return `#${numberToText(value)}`;
  if (value instanceof Unknown) return `~unknown${refinementsKey(value)}`;
  if (value instanceof Dynamic)
    return `<${formatType(value.type)}>${ctyKey(value.type, value.value)}`;
  if (Array.isArray(value)) {
    const keys = (value as readonly CtyValue[]).map((element, i) =>
      ctyKey(elementType(type, i), element),
    );
    if (type?.kind === "set") keys.sort();
    return `[${keys.join(",")}]`;
  }
  const record = value as CtyRecord;
  const members = Object.keys(record)
    .sort()
    .map(
      (key) =>
        `${key.length}:${key}=${ctyKey(memberType(type, key), record[key]!)}`,
    );
  return `{${members.join(",")}}`;
}

function arraysEqual(
  type: CtyType | undefined,
  a: readonly CtyValue[],
  b: readonly CtyValue[],
): boolean {
  if (a.length !== b.length) return false;
  if (type?.kind === "set") return ctyKey(type, a) === ctyKey(type, b);
  return a.every((element, i) =>
    ctyEquals(elementType(type, i), element, b[i]!),
  );
}

function recordsEqual(
  type: CtyType | undefined,
  a: CtyRecord,
  b: CtyRecord,
): boolean {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) &&
        ctyEquals(memberType(type, key), a[key]!, b[key]!),
    )
  );
}

function elementType(
  type: CtyType | undefined,
  index: number,
): CtyType | undefined {
  if (type === undefined) return undefined;
  if (type.kind === "list" || type.kind === "set") return type.element;
  return type.kind === "tuple" ? type.elements[index] : undefined;
}

function memberType(
  type: CtyType | undefined,
  key: string,
): CtyType | undefined {
  if (type === undefined) return undefined;
  if (type.kind === "map") return type.element;
  return type.kind === "object" ? type.attributes[key] : undefined;
}

function refinementsKey({ refinements }: Unknown): string {
  if (refinements === undefined) return "";
  const {
    isNull,
    stringPrefix,
    numberLowerBound,
    numberUpperBound,
    lengthLowerBound,
    lengthUpperBound,
  } = refinements;
  const bounds = [numberLowerBound, numberUpperBound].map((bound) =>
    bound === undefined ? null : [numberToText(bound.value), bound.inclusive],
  );
  return JSON.stringify([
    isNull,
    stringPrefix,
    ...bounds,
    lengthLowerBound,
    lengthUpperBound,
  ]);
}
