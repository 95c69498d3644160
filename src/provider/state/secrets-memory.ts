import type { SentSecrets } from "../../apply";
import { fieldOf, type JsonObject, leafPaths, objectOf } from "../../model";
import { leaves, type SecretsMemory } from "../../plan";
import {
  digestSecrets,
  matchesDigest,
  type PrivateState,
} from "./private-state";

/** What private state and state remember of an object's secrets. */
export function secretsMemory(
  remembered: PrivateState,
  version: string | undefined,
): SecretsMemory {
  const { secretsDigest } = remembered;
  return {
    wereSent: secretsDigest !== undefined,
    isSame: (secrets: JsonObject) =>
      secretsDigest !== undefined && matchesDigest(secrets, secretsDigest),
    isSameSecret: (name, value) => {
      const digest = fieldOf(remembered.secretDigests ?? {}, name);
      return digest !== undefined && matchesDigest({ [name]: value }, digest);
    },
    revision: remembered.secretsRevision ?? 0,
    fields: remembered.secretFields ?? [],
    version,
    platformVersion: remembered.platformSecretsVersion,
    platformFields: remembered.platformFields,
  };
}

/** With the token of the state that was read; where the platform has none, as it was. */
export function withToken(
  remembered: PrivateState,
  concurrencyToken: string | undefined,
): PrivateState {
  return concurrencyToken === undefined
    ? remembered
    : { ...remembered, concurrencyToken };
}

/** With the plain fields that are the platform's own by now. */
export function withPlatformFields(
  { platformFields: _, ...remembered }: PrivateState,
  fields: readonly string[],
): PrivateState {
  return fields.length === 0
    ? remembered
    : { ...remembered, platformFields: fields };
}

/** What is remembered after a write: the digest of what was sent, and how the platform showed it. */
export function rememberWrite(
  before: PrivateState,
  { sent, revision }: SentSecrets,
  shown: {
    readonly fields: readonly string[] | undefined;
    readonly version: number | undefined;
    readonly concurrencyToken: string | undefined;
  },
): PrivateState {
  const { fields, version, concurrencyToken } = shown;
  if (sent === undefined) return withToken(before, concurrencyToken);
  const secrets = sent.reveal();
  const emptied = Object.keys(secrets).length === 0;
  return withToken(
    {
      secretsRevision: revision,
      ...(emptied
        ? {}
        : {
            secretsDigest: digestSecrets(secrets),
            secretDigests: objectOf(
              [...leaves(secrets)].map(([name, value]) => [
                name,
                digestSecrets({ [name]: value }),
              ]),
            ),
          }),
      ...(version === undefined ? {} : { platformSecretsVersion: version }),
      secretFields: fields ?? leafPaths(secrets),
    },
    concurrencyToken,
  );
}
