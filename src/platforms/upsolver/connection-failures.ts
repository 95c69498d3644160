import {
  type Diagnostic,
  errorDiagnostic,
  PatchbayError,
} from "../../diagnostics";
import {
  type Connection,
  type ConnectionKey,
  formatConnectionKey,
  type KnownAs,
  leafPaths,
} from "../../model";
import type { Translated } from "./types";
import type { StatementRefused } from "./errors";

/** What Upsolver said no to, in its own words as far as they hold no secret. */
export function refused(
  verb: "create" | "alter" | "drop",
  subject: ConnectionKey & Partial<Pick<Connection, "secrets">>,
  error: StatementRefused,
): PatchbayError {
  const words = error.wordsFor(subject.secrets);
  return new PatchbayError({
    code: verb === "drop" ? "platform_failure" : "invalid_configuration",
    detail: `Upsolver refused to ${verb} the connection ${formatConnectionKey(subject)}. ${words}. Nothing was changed.`,
  });
}

/** Upsolver may not show which secrets are set, so that only the caller knows that one shall go. */
export function lostSecrets(
  { translation }: Translated,
  { secrets, type }: Connection,
  known: Pick<KnownAs, "type" | "secretFields">,
): readonly Diagnostic[] {
  // A text that holds them all is written anew. Of another type they have other names.
  if (
    secrets === undefined ||
    translation?.mixedPart !== undefined ||
    (known.type !== undefined && known.type !== type)
  )
    return [];
  const declared = leafPaths(secrets.reveal());
  const lost = known.secretFields.filter((path) => !declared.includes(path));
  if (lost.length === 0) return [];
  return [
    errorDiagnostic({
      code: "unsupported",
      path: ["secrets"],
      detail: `These secrets are set and no longer declared: ${lost.join(", ")}. Upsolver has no statement that takes one back. Replace the connection:\n\n  terraform apply -replace=ADDRESS\n`,
    }),
  ];
}

export function notFound(key: ConnectionKey): PatchbayError {
  return new PatchbayError({
    code: "not_found",
    detail: `There is no connection ${formatConnectionKey(key)}. Plan again; the next plan creates it.`,
  });
}
