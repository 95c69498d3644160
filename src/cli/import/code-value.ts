import { isList, type JsonValue } from "../../model";

/** Stands where a secret belongs: the variable that supplies it. */
export class VariableReference {
  constructor(
    /** In lower case: `warehouse_password`. */
    readonly variable: string,
  ) {}
}

/** Data as it is written into code: JSON in which variables may stand. */
export type CodeValue =
  | null
  | boolean
  | number
  | string
  | VariableReference
  | readonly CodeValue[]
  | CodeObject;

/** An object of such data; its keys are the fields as the platform shows them. */
export interface CodeObject {
  readonly [field: string]: CodeValue;
}

export function isCodeObject(value: CodeValue): value is CodeObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !(value instanceof VariableReference) &&
    !Array.isArray(value)
  );
}

/** Whether it holds a null in an object below the first level. */
export function holdsNull(value: JsonValue): boolean {
  if (value === null) return true;
  if (isList(value)) return value.some(holdsNull);
  return typeof value === "object" && Object.values(value).some(holdsNull);
}

/** Whether one of its texts, keys included, passes the test. */
export function holdsText(
  value: CodeValue,
  test: (text: string) => boolean,
): boolean {
  if (typeof value === "string") return test(value);
  if (Array.isArray(value))
    return (value as readonly CodeValue[]).some((item) =>
      holdsText(item, test),
    );
  return (
    isCodeObject(value) &&
    Object.entries(value).some(
      ([field, part]) => test(field) || holdsText(part, test),
    )
  );
}
