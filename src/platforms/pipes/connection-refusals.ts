import { PatchbayError } from "../../diagnostics";
import { type ConnectionKey, formatConnectionKey } from "../../model";
import type { ConnectionRecord } from "./connection-record";
import { refusedAs } from "./errors";
import { type PipesSettings, shortPlugin } from "./types";

/** Pipes documents If-Match but not that it is enforced, so what was read is compared as well. */
export function requireSame(
  key: ConnectionKey,
  { version }: ConnectionRecord,
  planned: string | undefined,
): void {
  if (planned !== undefined && version !== undefined && planned !== version)
    throw overtaken(key);
}

export function requirePlugin(
  key: ConnectionKey,
  { plugin }: ConnectionRecord,
  wanted: PipesSettings,
): void {
  if (plugin === shortPlugin(wanted.plugin)) return;
  throw new PatchbayError({
    code: "conflict",
    path: ["type"],
    detail: `The connection ${formatConnectionKey(key)} is one of the plugin ${JSON.stringify(plugin)} by now, which cannot be changed to ${JSON.stringify(wanted.plugin)}. Plan again.`,
  });
}

export function missing(key: ConnectionKey): PatchbayError {
  return new PatchbayError({
    code: "not_found",
    detail: `There is no connection ${formatConnectionKey(key)} on Turbot Pipes. Plan again; the next plan creates it.`,
  });
}

export function overtaken(key: ConnectionKey): PatchbayError {
  return new PatchbayError({
    code: "conflict",
    detail: `The connection ${formatConnectionKey(key)} was changed by somebody else since it was read; nothing was written. Plan again.`,
  });
}

export function taken(
  key: ConnectionKey,
  refusal: Parameters<typeof refusedAs>[2],
): PatchbayError {
  return refusedAs(
    "already_exists",
    `The name of ${formatConnectionKey(key)} is taken.`,
    refusal,
  );
}
