import { PatchbayError } from "../../diagnostics";
import {
  type Connection,
  type ConnectionKey,
  formatConnectionKey,
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
export function refuseLostSecrets(
  { translation }: Translated,
  { secrets }: Connection,
  remembered: readonly string[],
): void {
  // A text that holds them all is written anew.
  if (secrets === undefined || translation?.mixedPart !== undefined) return;
  const declared = leafPaths(secrets.reveal());
  const lost = remembered.filter((path) => !declared.includes(path));
  if (lost.length === 0) return;
  throw new PatchbayError({
    code: "unsupported",
    path: ["secrets"],
    detail: `These secrets are set and no longer declared: ${lost.join(", ")}. Upsolver has no statement that takes one back. Replace the connection:\n\n  terraform apply -replace=ADDRESS\n`,
  });
}

export function notFound(key: ConnectionKey): PatchbayError {
  return new PatchbayError({
    code: "not_found",
    detail: `There is no connection ${formatConnectionKey(key)}. Plan again; the next plan creates it.`,
  });
}
