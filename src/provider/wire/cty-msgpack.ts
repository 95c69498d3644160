/**
 * Values as MessagePack, the form in which core and provider exchange them. Type-directed in both directions: the bytes
 * say less than the type does. See cty-msgpack-encoder.ts and cty-msgpack-decoder.ts for the rules per type.
 */
import { ByteReader, TruncatedError } from "./byte-reader";
import { writeBytes } from "./byte-writer";
import { CtyError } from "./cty-error";
import { decoderOf } from "./cty-msgpack-decoder";
import { encoderOf } from "./cty-msgpack-encoder";
import type { CtyType } from "./cty-type";
import type { CtyValue } from "./cty-value";

/** @throws CtyError naming the place where the value does not fit the type. */
export function encodeMsgpack(type: CtyType, value: CtyValue): Uint8Array {
  const encode = encoderOf(type);
  return writeBytes((writer) => encode(writer, value));
}

/** @throws CtyError naming the place where the bytes do not fit the type. */
export function decodeMsgpack(type: CtyType, bytes: Uint8Array): CtyValue {
  const reader = new ByteReader(bytes);
  let value: CtyValue;
  try {
    value = decoderOf(type)(reader);
  } catch (error) {
    throw error instanceof TruncatedError
      ? new CtyError("the msgpack data end too early")
      : error;
  }
  if (reader.position !== bytes.length)
    throw new CtyError("there is more than one msgpack value");
  return value;
}
