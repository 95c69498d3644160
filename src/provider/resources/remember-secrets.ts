import { type JsonObject, leafPaths } from "../../model";
import { digestSecrets, type PrivateState } from "../state/private-state";

/** What a write leaves to remember. */
export interface WrittenSecrets {
  /** The secrets that were sent; undefined when none were. */
  readonly sent: JsonObject | undefined;
  readonly revision: number;
  /** What the platform shows after the write. */
  readonly shown: {
    readonly fields: readonly string[] | undefined;
    readonly version: number | undefined;
    readonly concurrencyToken: string | undefined;
  };
}

/** What is remembered after a write: the digest of what was sent, and how the platform showed it. */
export function rememberWrite(
  before: PrivateState,
  written: WrittenSecrets,
): PrivateState {
  const { sent, revision, shown } = written;
  const { concurrencyToken } = shown;
  if (sent === undefined)
    return {
      ...before,
      ...(concurrencyToken === undefined ? {} : { concurrencyToken }),
    };
  const emptied = Object.keys(sent).length === 0;
  return {
    secretsRevision: revision,
    ...(emptied ? {} : { secretsDigest: digestSecrets(sent) }),
    ...(shown.version === undefined
      ? {}
      : { platformSecretsVersion: shown.version }),
    secretFields: shown.fields ?? leafPaths(sent),
    ...(concurrencyToken === undefined ? {} : { concurrencyToken }),
  };
}
