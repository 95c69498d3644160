/**
 * sealing/: the hub's key and what it protects. The only folder that encrypts.
 * The key never leaves it but as a `Sealer`, and is in no message.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
} from "node:crypto";
import { PatchbayError } from "../../diagnostics";
import { canonicalJson, type JsonObject, type JsonValue } from "../../model";

/** Encrypts what must not be readable in the database, bound to the row that it belongs to. */
export interface Sealer {
  /** `place` is the row's identity: text sealed for one place does not open at another. */
  seal(place: string, value: JsonObject): string;
  /** Rejects with `hub_corrupted` what was not sealed for this place with this key. */
  unseal(place: string, sealed: string): JsonObject;
  /** A digest that tells nothing about the value to those who do not have the key. */
  digest(value: JsonValue): string;
}

/** First byte of sealed text: the layout. Second byte: the number of the key, for the day when there is more than one. */
const LAYOUT = 1;
const KEY_NUMBER = 1;
const HEADER_BYTES = 2;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM under a key of 32 bytes. */
export function sealerOf(key: Buffer): Sealer {
  return {
    seal(place, value) {
      const header = Buffer.from([LAYOUT, KEY_NUMBER]);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      cipher.setAAD(additionalData(header, place));
      const text = Buffer.concat([
        cipher.update(JSON.stringify(value), "utf8"),
        cipher.final(),
      ]);
      return Buffer.concat([header, nonce, cipher.getAuthTag(), text]).toString(
        "base64",
      );
    },
    unseal(place, sealed) {
      const bytes = Buffer.from(sealed, "base64");
      const textStart = HEADER_BYTES + NONCE_BYTES + TAG_BYTES;
      if (
        bytes.length < textStart ||
        bytes[0] !== LAYOUT ||
        bytes[1] !== KEY_NUMBER
      )
        throw damaged(place);
      const nonce = bytes.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
      const decipher = createDecipheriv("aes-256-gcm", key, nonce);
      decipher.setAAD(additionalData(bytes.subarray(0, HEADER_BYTES), place));
      decipher.setAuthTag(
        bytes.subarray(HEADER_BYTES + NONCE_BYTES, textStart),
      );
      try {
        const text = Buffer.concat([
          decipher.update(bytes.subarray(textStart)),
          decipher.final(),
        ]);
        return JSON.parse(text.toString("utf8")) as JsonObject;
      } catch {
        throw damaged(place);
      }
    },
    digest(value) {
      return createHmac("sha256", key)
        .update("request digest\n")
        .update(canonicalJson(value))
        .digest("hex");
    },
  };
}

function additionalData(header: Buffer, place: string): Buffer {
  return Buffer.concat([header, Buffer.from(place, "utf8")]);
}

function damaged(place: string): PatchbayError {
  return new PatchbayError({
    code: "hub_corrupted",
    detail: `The sealed secrets of ${place} do not open: the hub's database was altered or damaged. Restore it from a backup, or delete and create this object again.`,
  });
}
