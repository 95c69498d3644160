import type { Diagnostic } from "../../diagnostics";
import {
  KNOWN_AFTER_APPLY,
  type KnownAfterApply,
  objectOf,
  type Value,
} from "../../model";
import {
  type CtyRecord,
  type CtyValue,
  containsUnknown,
  isRecord,
  recordOf,
  UNKNOWN,
  Unknown,
} from "../wire";
import { toValue } from "./values";

/** Reading and making the records that states, plans and configurations are. */

/** A string attribute: its text, undefined for null, or known after apply. */
export function textOf(
  record: CtyRecord,
  name: string,
): string | undefined | KnownAfterApply {
  const value = record[name] ?? null;
  if (value instanceof Unknown) return KNOWN_AFTER_APPLY;
  return typeof value === "string" ? value : undefined;
}

/** A string attribute of a state, which holds nothing that is known later. */
export function textIn(state: CtyRecord, name: string): string | undefined {
  return knownIn(textOf(state, name));
}

/** A string attribute that must be known and set by now. */
export function knownTextOf(record: CtyRecord, name: string): string {
  const text = textOf(record, name);
  if (typeof text === "string") return text;
  throw new Error(`${name} is not known when it must be`);
}

/** A boolean attribute: undefined for null, or known after apply. */
export function flagOf(
  record: CtyRecord,
  name: string,
): boolean | undefined | KnownAfterApply {
  const value = record[name];
  if (value instanceof Unknown) return KNOWN_AFTER_APPLY;
  return typeof value === "boolean" ? value : undefined;
}

/** The value, or undefined for what is known after apply: of states, which hold nothing of that kind. */
export function knownIn<T>(
  value: T | undefined | KnownAfterApply,
): T | undefined {
  return value === KNOWN_AFTER_APPLY ? undefined : (value as T | undefined);
}

export function numberOf(record: CtyRecord, name: string): number | undefined {
  const value = record[name];
  return typeof value === "number" ? value : undefined;
}

/** A map of numbers of a state; undefined for null. */
export function numbersIn(
  state: CtyRecord,
  name: string,
): Readonly<Record<string, number>> | undefined {
  const value = state[name] ?? null;
  if (!isRecord(value)) return undefined;
  return objectOf(
    Object.entries(value).filter(
      (entry): entry is [string, number] => typeof entry[1] === "number",
    ),
  );
}

/** A list or set of strings: undefined for null, or known after apply, as it is if a member is. */
export function textsOf(
  record: CtyRecord,
  name: string,
): readonly string[] | undefined | KnownAfterApply {
  const value = record[name];
  if (value instanceof Unknown) return KNOWN_AFTER_APPLY;
  if (!Array.isArray(value)) return undefined;
  const texts = (value as readonly CtyValue[]).filter(
    (item): item is string => typeof item === "string",
  );
  if (texts.length === value.length) return texts;
  return value.some((item) => item instanceof Unknown)
    ? KNOWN_AFTER_APPLY
    : undefined;
}

/** A dynamic attribute as a model value; what is too precise is reported. */
export function valueOf(
  record: CtyRecord,
  name: string,
  faults?: Diagnostic[],
): Value {
  return toValue(record[name] ?? null, [name], faults);
}

/** Like `value`, with an empty object for null. */
export function orEmpty(value: Value): Value {
  return value === null ? objectOf([]) : value;
}

/** Text, null for undefined, unknown for what is only known after apply. */
export function textToCty(
  text: string | undefined | KnownAfterApply,
): CtyValue {
  if (text === KNOWN_AFTER_APPLY) return UNKNOWN;
  return text ?? null;
}

/** A list of texts in its order, or unknown. */
export function textsToCty(
  texts: readonly string[] | KnownAfterApply,
): CtyValue {
  return texts === KNOWN_AFTER_APPLY ? UNKNOWN : texts;
}

/** Every attribute that is not wholly known replaced by what it came to. */
export function settled(
  planned: CtyRecord,
  actual: Readonly<Record<string, CtyValue>>,
): CtyRecord {
  return recordOf(
    Object.entries(planned).map(([name, value]) => [
      name,
      containsUnknown(value) && Object.hasOwn(actual, name)
        ? actual[name]!
        : value,
    ]),
  );
}
