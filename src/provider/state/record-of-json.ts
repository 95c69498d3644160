import type { JsonObject } from "../../model";
import { recordOfSchema } from "../schema/schema-type";
import type { CtyRecord, CtyValue, Schema } from "../wire";
import { dynamicOf, fromValue } from "./values";

/** Attributes given as plain data, as a value of the schema; what is not given is null. */
export function recordOfJson(schema: Schema, given: JsonObject): CtyRecord {
  const attributes = schema.block.attributes ?? [];
  const values: Record<string, CtyValue> = {};
  for (const { name, type } of attributes) {
    const value = Object.hasOwn(given, name) ? given[name]! : null;
    values[name] =
      type?.kind === "dynamic" ? dynamicOf(value) : fromValue(value);
  }
  return recordOfSchema(schema, values);
}
