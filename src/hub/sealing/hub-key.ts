import { randomBytes } from "node:crypto";
import { link, open, readFile, stat, unlink } from "node:fs/promises";
import { PatchbayError } from "../../diagnostics";
import { errorCodeOf } from "../error-code";

export const HUB_KEY_VARIABLE = "PATCHBAY_HUB_KEY";
const KEY_BYTES = 32;

export interface HubKeyOptions {
  readonly keyFile: string;
  readonly databaseFile: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The hub's key: from the environment, else from its file, which is made for a
 * hub that does not exist yet. A database without its key never gets another
 * one: `hub_key_missing`.
 */
export async function loadHubKey({
  keyFile,
  databaseFile,
  environment,
}: HubKeyOptions): Promise<Buffer> {
  const given = environment[HUB_KEY_VARIABLE];
  if (given !== undefined && given !== "")
    return parseKey(given, `the variable ${HUB_KEY_VARIABLE}`);
  const found = await tryReadKey(keyFile);
  if (found !== undefined) return found;
  if (await hasContent(databaseFile)) {
    // Another process makes the key before the database: look again.
    const made = await tryReadKey(keyFile);
    if (made !== undefined) return made;
    throw new PatchbayError({
      code: "hub_key_missing",
      detail: `The hub at ${databaseFile} has no key: neither the file ${keyFile} nor the variable ${HUB_KEY_VARIABLE} is there. Restore the key that this hub was made with.`,
    });
  }
  await makeKey(keyFile);
  return parseKey(await readFile(keyFile, "utf8"), keyFile);
}

/** Complete from the first moment: written beside, then linked to its name, which only one process can do. */
async function makeKey(keyFile: string): Promise<void> {
  const draft = `${keyFile}.${randomBytes(6).toString("hex")}`;
  const file = await open(draft, "wx", 0o600);
  try {
    await file.writeFile(`${randomBytes(KEY_BYTES).toString("base64")}\n`);
    await file.sync();
    await file.close();
    await link(draft, keyFile);
  } catch (thrown) {
    if (errorCodeOf(thrown) !== "EEXIST") throw thrown;
  } finally {
    await unlink(draft);
  }
}

async function tryReadKey(keyFile: string): Promise<Buffer | undefined> {
  try {
    return parseKey(await readFile(keyFile, "utf8"), keyFile);
  } catch (thrown) {
    if (errorCodeOf(thrown) === "ENOENT") return undefined;
    throw thrown;
  }
}

/** 32 bytes, as base64 or hexadecimal. The message never shows what was given. */
function parseKey(text: string, source: string): Buffer {
  const trimmed = text.trim();
  const key = Buffer.from(
    trimmed,
    /^[0-9a-fA-F]{64}$/.test(trimmed) ? "hex" : "base64",
  );
  if (key.length === KEY_BYTES) return key;
  throw new PatchbayError({
    code: "hub_key_wrong",
    detail: `The hub's key in ${source} is not a key: it must be ${KEY_BYTES} bytes in base64 or hexadecimal. Restore the key that this hub was made with.`,
  });
}

async function hasContent(path: string): Promise<boolean> {
  try {
    return (await stat(path)).size > 0;
  } catch (thrown) {
    if (errorCodeOf(thrown) === "ENOENT") return false;
    throw thrown;
  }
}
