import { PatchbayError } from "../../diagnostics";
import {
  fieldOf,
  isList,
  isObject,
  type JsonObject,
  type JsonValue,
} from "../../model";

/** Checks the shape of one part of an answer. */
export type ShapeCheck = (value: JsonValue | undefined, where: string) => void;

/**
 * Checks that a body has these fields; others are left alone, so that a newer
 * hub may add some. Rejects with `invalid_answer`, naming the field and never its value.
 */
export function checkShape(
  body: unknown,
  shape: Shape,
): asserts body is JsonObject {
  objectWith(shape)(body as JsonValue | undefined, "the answer");
}

/** What each field has to be. */
export type Shape = Readonly<Record<string, ShapeCheck>>;

export const text: ShapeCheck = (value, where) => {
  if (typeof value !== "string") refuse(where, "a text");
};

export const number: ShapeCheck = (value, where) => {
  if (typeof value !== "number") refuse(where, "a number");
};

export const flag: ShapeCheck = (value, where) => {
  if (typeof value !== "boolean") refuse(where, "true or false");
};

export const anyObject: ShapeCheck = (value, where) => {
  if (!isObject(value)) refuse(where, "an object");
};

export function oneOf(words: readonly string[]): ShapeCheck {
  return (value, where) => {
    if (typeof value !== "string" || !words.includes(value))
      refuse(where, `one of ${words.join(", ")}`);
  };
}

export function listOf(item: ShapeCheck): ShapeCheck {
  return (value, where) => {
    if (!isList(value)) return refuse(where, "a list");
    value.forEach((part, index) => item(part, `${where}[${index}]`));
  };
}

export function objectWith(shape: Shape): ShapeCheck {
  return (value, where) => {
    if (!isObject(value)) return refuse(where, "an object");
    for (const [field, check] of Object.entries(shape))
      check(fieldOf(value, field), `${where}.${field}`);
  };
}

/** Absent and null are fine, too. */
export function optional(check: ShapeCheck): ShapeCheck {
  return (value, where) => {
    if (value !== undefined && value !== null) check(value, where);
  };
}

function refuse(where: string, expected: string): never {
  throw new PatchbayError({
    code: "invalid_answer",
    detail: `In what the hub answered, ${where} is not ${expected}. Check that the endpoint is a Patchbay hub, and that hub and client are of versions that fit each other.`,
  });
}
