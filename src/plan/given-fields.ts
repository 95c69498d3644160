import { objectOf, type Value, type ValueObject } from "../model";

/** The fields that are given, as an object to compare: undefined is a field that is not. */
export function givenFields(
  fields: Readonly<Record<string, Value | undefined>>,
): ValueObject {
  return objectOf(
    Object.entries(fields).filter(
      (entry): entry is [string, Value] => entry[1] !== undefined,
    ),
  );
}
