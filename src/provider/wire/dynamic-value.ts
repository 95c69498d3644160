/**
 * A value as it sits in a message. An absent one is null: that is how core reads ours, too.
 */
import { decodeJson } from "./cty-json";
import { decodeMsgpack, encodeMsgpack } from "./cty-msgpack";
import type { CtyType } from "./cty-type";
import type { CtyValue } from "./cty-value";
import type { DynamicValue } from "./messages";

/** @throws CtyError */
export function decodeDynamicValue(
  type: CtyType,
  value: DynamicValue | undefined,
): CtyValue {
  if (value?.msgpack !== undefined && value.msgpack.length > 0)
    return decodeMsgpack(type, value.msgpack);
  if (value?.json !== undefined && value.json.length > 0)
    return decodeJson(type, value.json);
  return null;
}

/** @throws CtyError */
export function encodeDynamicValue(
  type: CtyType,
  value: CtyValue,
): DynamicValue {
  return { msgpack: encodeMsgpack(type, value) };
}
