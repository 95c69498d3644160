import { PatchbayError } from "../../diagnostics";
import {
  type CallOptions,
  type Connection,
  formatConnectionKey,
} from "../../model";
import type { ConnectionRecord } from "./connection-record";
import { isRefusal } from "./errors";
import type { PipesFolders } from "./folders";

/**
 * Writes a connection into its declared folder; `write` is given the folder's id,
 * undefined for the top level. Where Pipes refuses, the folder may be another by
 * now, or gone: then that is looked up, and is what the failure says.
 */
export async function inFolder(
  folders: PipesFolders,
  { owner, parent }: Pick<Connection, "owner" | "parent">,
  write: (folderId: string | undefined) => Promise<ConnectionRecord>,
  options: CallOptions,
): Promise<{
  readonly record: ConnectionRecord;
  readonly folderId: string | undefined;
}> {
  const folderId =
    parent === undefined
      ? undefined
      : await folders.resolve(owner, parent, options);
  try {
    return { record: await write(folderId), folderId };
  } catch (thrown) {
    if (
      parent === undefined ||
      folderId === undefined ||
      !isRefusal(thrown, 400, 403, 404)
    )
      throw thrown;
    const now = await folders
      .resolveAnew(owner, parent, options)
      .catch((failure: unknown) => {
        throw failure instanceof PatchbayError && failure.has("not_found")
          ? failure
          : thrown;
      });
    if (now === folderId) throw thrown;
    return { record: await write(now), folderId: now };
  }
}

/** Rejects with `platform_failure` where Pipes has taken the folder without a word and put the connection elsewhere. */
export function requireInFolder(
  connection: Connection,
  record: ConnectionRecord,
  folderId: string | undefined,
): void {
  const { parent = "/" } = connection;
  if (record.folderId === folderId) return;
  const where =
    record.folderId === undefined
      ? "at the top level"
      : `in the folder ${record.folderId}`;
  throw new PatchbayError({
    code: "platform_failure",
    path: ["parent"],
    detail: `Turbot Pipes accepted ${JSON.stringify(parent)} as the folder of ${formatConnectionKey(connection)}, but the connection is ${where}. Remove parent from the configuration, and move the connection in Pipes itself.`,
  });
}
