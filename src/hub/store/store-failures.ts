import { PatchbayError } from "../../diagnostics";
import { errorCodeOf } from "../error-code";

/** The sentence for each way in which the hub's database cannot be used. Nothing was changed in any of them. */
export function notWritable(path: string, reason: string): PatchbayError {
  return new PatchbayError({
    code: "hub_not_writable",
    detail: `The hub at ${path} cannot be written (${reason}); give this user write access to the file and its directory, or choose another hub path.`,
  });
}

export function locked(path: string, waitedMs: number): PatchbayError {
  return new PatchbayError({
    code: "hub_locked",
    detail: `Another process has held the hub at ${path} for ${waitedMs / 1000} s; wait for it or end it, then run this again.`,
  });
}

export function tooNew(
  path: string,
  versions: { readonly found: number; readonly known: number },
): PatchbayError {
  return new PatchbayError({
    code: "hub_too_new",
    detail: `The hub at ${path} was written by a newer Patchbay (schema version ${versions.found}, this one knows ${versions.known}); update Patchbay to use it.`,
  });
}

export function corrupted(path: string): PatchbayError {
  return new PatchbayError({
    code: "hub_corrupted",
    detail: `The hub at ${path} is damaged or not a hub; restore it from a backup, or move it away to start with an empty hub.`,
  });
}

/** What the code of an error from SQLite or the file system means here; undefined for our own bugs. */
export function storeFailure(
  thrown: unknown,
  path: string,
): PatchbayError | undefined {
  if (thrown instanceof PatchbayError) return thrown;
  const code = codeOf(thrown);
  if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB")
    return corrupted(path);
  const reason = notWritableReason(code);
  return reason === undefined ? undefined : notWritable(path, reason);
}

/** Whether the same attempt may succeed a moment later. */
export function isBusy(thrown: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED|PROTOCOL)/.test(codeOf(thrown));
}

function notWritableReason(code: string): string | undefined {
  if (code.startsWith("SQLITE_READONLY")) return "it is read-only";
  if (code.startsWith("SQLITE_CANTOPEN")) return "it cannot be opened";
  if (code === "SQLITE_FULL" || code === "ENOSPC") return "the disk is full";
  if (code.startsWith("SQLITE_IOERR") || code === "EIO")
    return "the disk reports an error";
  if (code === "EACCES" || code === "EPERM" || code === "SQLITE_PERM")
    return "permission denied";
  if (code === "EROFS") return "the file system is read-only";
  if (code === "ENOTDIR" || code === "EEXIST")
    return "a part of the path is not a directory";
  if (code === "EISDIR") return "it is a directory";
  if (code === "ENOENT") return "the directory cannot be made";
  return undefined;
}

/** The constructor of libsql reports a path that it cannot open without a code. */
function codeOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : "";
  return /^ConnectionFailed\(.*: 14"\)$/.test(message)
    ? "SQLITE_CANTOPEN"
    : errorCodeOf(thrown);
}
