/** Values as a state file holds them, where a dynamic one is `{"value":…,"type":…}`: what core writes, and the provider reads. */
import type { JsonValue } from "../../model";
import { schemaType } from "../schema/schema-type";
import { resourceOf } from "./schema-of";
import {
  type CtyRecord,
  type CtyValue,
  decodeJson,
  Dynamic,
  formatType,
  isCtyNumber,
  isRecord,
  numberToText,
  Unknown,
} from "../wire";

export function toStateJson(value: CtyValue): JsonValue {
  if (value instanceof Unknown) throw new Error("a state knows everything");
  if (value instanceof Dynamic)
    return {
      value: toStateJson(value.value),
      type: JSON.parse(formatType(value.type)) as JsonValue,
    };
  // One that JSON.parse would round is text: read as the same number.
  if (isCtyNumber(value))
    return typeof value === "number" ? value : numberToText(value);
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, toStateJson(part)]),
    );
  }
  return Array.isArray(value)
    ? (value as readonly CtyValue[]).map(toStateJson)
    : (value as JsonValue);
}

/** Arguments of a resource, from that form. */
export function fromStateJson(type: string, json: JsonValue): CtyRecord {
  const { schema } = resourceOf(type);
  return decodeJson(schemaType(schema), JSON.stringify(json), {
    lenient: true,
  }) as CtyRecord;
}
