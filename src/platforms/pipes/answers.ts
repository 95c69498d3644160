import { PatchbayError } from "../../diagnostics";
import {
  fieldOf,
  isList,
  isObject,
  type JsonObject,
  type JsonValue,
} from "../../model";

/**
 * Reading parts of an answer: what is not as documented is refused with
 * `invalid_answer`, naming the field and never its value.
 */
export function objectIn(value: unknown, where: string): JsonObject {
  const part = value as JsonValue | undefined;
  return isObject(part) ? part : refuse(where, "an object");
}

/** A field that must hold a text. */
export function textIn(record: JsonObject, field: string): string {
  return optionalTextIn(record, field) ?? refuse(field, "a text");
}

/** Absent, null and empty are the same. */
export function optionalTextIn(
  record: JsonObject,
  field: string,
): string | undefined {
  const value = fieldOf(record, field) ?? "";
  if (typeof value !== "string") return refuse(field, "a text");
  return value === "" ? undefined : value;
}

/** Absent and null are the same. */
export function optionalObjectIn(
  record: JsonObject,
  field: string,
): JsonObject | undefined {
  const value = fieldOf(record, field) ?? undefined;
  return value === undefined ? undefined : objectIn(value, field);
}

/** Absent and null are the same. */
export function optionalNumberIn(
  record: JsonObject,
  field: string,
): number | undefined {
  const value = fieldOf(record, field) ?? undefined;
  return value === undefined || typeof value === "number"
    ? value
    : refuse(field, "a number");
}

/** A page's items; absent and null mean none. */
export function itemsIn(page: JsonObject): readonly JsonValue[] {
  const items = fieldOf(page, "items") ?? [];
  return isList(items) ? items : refuse("items", "a list");
}

function refuse(where: string, expected: string): never {
  throw new PatchbayError({
    code: "invalid_answer",
    detail: `In what Turbot Pipes answered, ${where} is not ${expected}. Check the host; perhaps the API has changed since this version was made.`,
  });
}
