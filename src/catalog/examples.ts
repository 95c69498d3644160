import { isObject, objectOf, type Value, type ValueObject } from "../model";
import type { ConnectionType } from "./connection-type";
import { fieldKind } from "./secret-fields";

/** A valid connection of a type. Its secrets are made up. */
export interface ConnectionTypeExample {
  readonly config: ValueObject;
  readonly secrets: ValueObject;
}

/** The examples of the type's schema, taken apart into config and secrets. */
export function examplesOf(
  type: ConnectionType,
): readonly ConnectionTypeExample[] {
  return (type.schema.examples ?? []).map((example) => {
    const fields = Object.entries(
      isObject(example as Value) ? (example as ValueObject) : {},
    );
    const isSecret = (field: string) => {
      const schema = type.schema.properties[field];
      return schema !== undefined && fieldKind(schema) === "secret";
    };
    return {
      config: objectOf(fields.filter(([field]) => !isSecret(field))),
      secrets: objectOf(fields.filter(([field]) => isSecret(field))),
    };
  });
}
