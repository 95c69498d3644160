import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { canonicalJson, type JsonObject } from "../../model";

/**
 * What we remember about an object beside its state: Terraform stores it with
 * the state and shows it to nobody. Never a secret: of the secrets only a salted
 * digest, to notice by itself that a write-only value changed.
 */
export interface PrivateState {
  /** HMAC-SHA-256 of the secrets last sent, under a salt of its own: `salt:digest`, both base64url. Absent: we never sent any. */
  readonly secretsDigest?: string;
  /** The same of each of them by its dotted name, under salts of their own. */
  readonly secretDigests?: Readonly<Record<string, string>>;
  /** The last revision that was given out; survives a fall to 0. */
  readonly secretsRevision?: number;
  /** The platform's version of the secrets right after we sent them. */
  readonly platformSecretsVersion?: number;
  /** The secrets that the platform showed as set right after we sent them; those that we sent where it does not tell. */
  readonly secretFields?: readonly string[];
  /** The plain fields that the platform has filled in by itself: not shown, whatever they become. */
  readonly platformFields?: readonly string[];
  /** Of a link: the type that its connection was declared with, in whose words the overrides are. */
  readonly connectionType?: string;
  /** Of a link: the names of its connection's secrets, which its deployment's configuration never holds. */
  readonly connectionSecrets?: readonly string[];
  /** The platform's token of the state that the plan was made against. */
  readonly concurrencyToken?: string;
  /** In plans only, of an object that is made: what goes for it may go, even where its state says that it is protected. */
  readonly replaceable?: boolean;
}

export function encodePrivateState(state: PrivateState): Uint8Array {
  return Buffer.from(JSON.stringify(state));
}

/** Foreign or damaged bytes count as nothing remembered: then secrets are sent once more, which is safe. */
export function decodePrivateState(
  bytes: Uint8Array | undefined,
): PrivateState {
  if (bytes === undefined || bytes.length === 0) return {};
  try {
    const parsed: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    return isState(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/** What is remembered from one run to the next. */
export function withoutPlan(state: PrivateState): PrivateState {
  const { replaceable: _, ...remembered } = state;
  return remembered;
}

const isText = (value: unknown) => typeof value === "string";
const isCount = (value: unknown) => Number.isSafeInteger(value);

const members: Readonly<
  Record<keyof PrivateState, (value: unknown) => boolean>
> = {
  secretsDigest: isText,
  secretDigests: (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every(isText),
  secretsRevision: isCount,
  platformSecretsVersion: isCount,
  secretFields: (value) => Array.isArray(value) && value.every(isText),
  platformFields: (value) => Array.isArray(value) && value.every(isText),
  connectionType: isText,
  connectionSecrets: (value) => Array.isArray(value) && value.every(isText),
  concurrencyToken: isText,
  replaceable: (value) => typeof value === "boolean",
};

function isState(parsed: unknown): parsed is PrivateState {
  return (
    typeof parsed === "object" &&
    parsed !== null &&
    Object.entries(members).every(([name, fits]) => {
      const value = (parsed as Readonly<Record<string, unknown>>)[name];
      return value === undefined || fits(value);
    })
  );
}

/** A digest under a new salt: equal secrets of two objects cannot be told from different ones. */
export function digestSecrets(secrets: JsonObject): string {
  const salt = randomBytes(16);
  return `${salt.toString("base64url")}:${digestUnder(salt, secrets).toString("base64url")}`;
}

/** Whether the digest was made from exactly these secrets. */
export function matchesDigest(secrets: JsonObject, digest: string): boolean {
  const [salt = "", expected = ""] = digest
    .split(":")
    .map((part) => Buffer.from(part, "base64url"));
  if (typeof salt === "string" || typeof expected === "string") return false;
  const actual = digestUnder(salt, secrets);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function digestUnder(salt: Buffer, secrets: JsonObject): Buffer {
  return createHmac("sha256", salt).update(canonicalJson(secrets)).digest();
}
