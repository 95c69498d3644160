import {
  type Diagnostic,
  errorDiagnostic,
  Secret,
  warningDiagnostic,
} from "../../diagnostics";
import { KNOWN_AFTER_APPLY } from "../../model";
import type { DeclaredSecrets, SecretsMemory } from "../../plan";
import type { PrivateState } from "../state/private-state";
import { knownIn, textOf, valueOf } from "../state/record";
import { secretsMemory } from "../state/secrets-memory";
import type { CtyRecord } from "../wire";

/** The three arguments that give secrets, on connections and (prefixed) on links, and the attribute that counts their changes. */
interface SecretArgumentNames<Stored extends string, WriteOnly extends string> {
  readonly stored: Stored;
  readonly writeOnly: WriteOnly;
  readonly version: string;
  readonly revision: string;
  /** Of each of them. */
  readonly revisions: string;
}

export const connectionSecrets = {
  stored: "secrets",
  writeOnly: "secrets_wo",
  version: "secrets_version",
  revision: "secrets_revision",
  revisions: "secret_revisions",
} as const satisfies SecretArgumentNames<string, string>;

export const overrideSecrets = {
  stored: "override_secrets",
  writeOnly: "override_secrets_wo",
  version: "override_secrets_version",
  revision: "override_secrets_revision",
  revisions: "override_secret_revisions",
} as const satisfies SecretArgumentNames<string, string>;

/** What is declared, in whichever argument; null where neither is given. */
export function declaredSecrets<
  Stored extends string,
  WriteOnly extends string,
>(
  config: CtyRecord,
  names: SecretArgumentNames<Stored, WriteOnly>,
  faults?: Diagnostic[],
): DeclaredSecrets<Stored | WriteOnly> {
  const stored = valueOf(config, names.stored, faults);
  const isStored = stored !== null;
  return {
    value: new Secret(
      isStored ? stored : valueOf(config, names.writeOnly, faults),
    ),
    argument: isStored ? names.stored : names.writeOnly,
    version: textOf(config, names.version),
  };
}

/** What is remembered of them; the argument that decides when they are sent again is remembered by the state. */
export function rememberedSecrets(
  state: CtyRecord | null,
  remembered: PrivateState,
  { version }: SecretArgumentNames<string, string>,
): SecretsMemory {
  return secretsMemory(
    remembered,
    state === null ? undefined : knownIn(textOf(state, version)),
  );
}

/** Both arguments at once would leave open which one counts. */
export function checkSecretArguments(
  config: CtyRecord,
  names: SecretArgumentNames<string, string>,
): readonly Diagnostic[] {
  const given = (name: string) => {
    const value = valueOf(config, name);
    return value !== null && value !== KNOWN_AFTER_APPLY;
  };
  if (!given(names.stored) || !given(names.writeOnly)) return [];
  return [
    errorDiagnostic({
      code: "conflicting_arguments",
      path: [names.stored],
      detail: `Both ${names.stored} and ${names.writeOnly} are given. Keep ${names.writeOnly}, which is never stored in the state, and remove ${names.stored}.`,
    }),
  ];
}

/** Terraform shows that the stored ones go from the state; on the platform they stay. */
export function keptSecrets(
  prior: CtyRecord | null,
  config: CtyRecord,
  names: SecretArgumentNames<string, string>,
): readonly Diagnostic[] {
  const { stored, writeOnly } = names;
  const were = prior !== null && (prior[stored] ?? null) !== null;
  const given = [stored, writeOnly].some(
    (name) => (config[name] ?? null) !== null,
  );
  if (!were || given) return [];
  return [
    warningDiagnostic({
      code: "secrets_kept",
      path: [stored],
      detail: `${stored} is not given any more: the state forgets the secrets, and the platform keeps them. To remove them there as well, write ${writeOnly} = {} (or ${stored} = {} for clients before Terraform 1.11 and OpenTofu 1.11).`,
    }),
  ];
}
