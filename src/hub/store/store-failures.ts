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

/** What an error from SQLite or the file system means here; undefined for our own bugs. */
export function storeFailure(
  thrown: unknown,
  path: string,
): PatchbayError | undefined {
  if (thrown instanceof PatchbayError) return thrown;
  const sqlite = sqliteCodeOf(thrown);
  if (sqlite === SQLITE.corrupt || sqlite === SQLITE.noDatabase)
    return corrupted(path);
  const reason =
    sqlite === undefined
      ? fileReasons[errorCodeOf(thrown)]
      : sqliteReasons[sqlite];
  return reason === undefined ? undefined : notWritable(path, reason);
}

/** Whether the same attempt may succeed a moment later. */
export function isBusy(thrown: unknown): boolean {
  const code = sqliteCodeOf(thrown);
  return (
    code === SQLITE.busy || code === SQLITE.locked || code === SQLITE.protocol
  );
}

/** SQLite's primary result codes. */
const SQLITE = {
  permission: 3,
  busy: 5,
  locked: 6,
  readOnly: 8,
  diskError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  protocol: 15,
  noDatabase: 26,
} as const;

const sqliteReasons: Readonly<Record<number, string>> = {
  [SQLITE.permission]: "permission denied",
  [SQLITE.readOnly]: "it is read-only",
  [SQLITE.diskError]: "the disk reports an error",
  [SQLITE.full]: "the disk is full",
  [SQLITE.cannotOpen]: "it cannot be opened",
};

const fileReasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOTDIR: "a part of the path is not a directory",
  EEXIST: "a part of the path is not a directory",
  EISDIR: "it is a directory",
  ENOENT: "the directory cannot be made",
  ENOSPC: "the disk is full",
  EIO: "the disk reports an error",
};

/** The primary part of the result code; undefined for errors that are not SQLite's. */
function sqliteCodeOf(thrown: unknown): number | undefined {
  if (typeof thrown !== "object" || thrown === null) return undefined;
  if ("rawCode" in thrown && typeof thrown.rawCode === "number")
    return thrown.rawCode & 0xff;
  // The constructor of libsql tells the code in the message only.
  const message = "message" in thrown ? String(thrown.message) : "";
  const opening = /^ConnectionFailed\(.*: (\d+)"\)$/s.exec(message);
  return opening === null ? undefined : Number(opening[1]) & 0xff;
}
