import { type Diagnostic, errorDiagnostic } from "../../diagnostics";
import { KNOWN_AFTER_APPLY, type Value } from "../../model";
import type { CtyRecord } from "../wire";
import { textOf, valueOf } from "../state/record";

/** The three arguments that give secrets, on connections and (prefixed) on links. */
export interface SecretArgumentNames<
  Stored extends string,
  WriteOnly extends string,
> {
  readonly stored: Stored;
  readonly writeOnly: WriteOnly;
  readonly version: string;
  readonly revision: string;
}

export const connectionSecrets = {
  stored: "secrets",
  writeOnly: "secrets_wo",
  version: "secrets_version",
  revision: "secrets_revision",
} as const satisfies SecretArgumentNames<string, string>;

export const overrideSecrets = {
  stored: "override_secrets",
  writeOnly: "override_secrets_wo",
  version: "override_secrets_version",
  revision: "override_secrets_revision",
} as const satisfies SecretArgumentNames<string, string>;

/** What is declared, in whichever argument; null where neither is given. */
export function declaredSecrets<
  Stored extends string,
  WriteOnly extends string,
>(
  config: CtyRecord,
  names: SecretArgumentNames<Stored, WriteOnly>,
  faults?: Diagnostic[],
): { readonly value: Value; readonly argument: Stored | WriteOnly } {
  const stored = valueOf(config, names.stored, faults);
  if (stored !== null) return { value: stored, argument: names.stored };
  return {
    value: valueOf(config, names.writeOnly, faults),
    argument: names.writeOnly,
  };
}

/** The argument that decides when secrets are sent again, as it was and as it will be. */
export function secretsVersion(
  prior: CtyRecord | null,
  config: CtyRecord,
  names: SecretArgumentNames<string, string>,
): { readonly before: Value; readonly after: Value } {
  const version = (record: CtyRecord) => textOf(record, names.version) ?? null;
  return {
    before: prior === null ? null : version(prior),
    after: version(config),
  };
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
