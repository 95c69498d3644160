/** A folder of connections, as the platform shows it. */
export interface Folder {
  /** The platform's own id. */
  readonly id: string;
  /** Its titles from the top, separated by slashes: `Production/Databases`; the id where a title has a slash itself. */
  readonly path: string;
}

/** Whether `declared`, a path or an id, means the folder; undefined is the top level, written `/`. */
export function meansFolder(
  declared: string,
  folder: Folder | undefined,
): boolean {
  const path = trimmed(declared);
  return path === (folder?.path ?? "") || path === folder?.id;
}

/** How a folder is declared: by its path, the top level as `/`. */
export function folderText(folder: Folder | undefined): string {
  return folder?.path ?? "/";
}

/** The titles of a declared path, from the top; none for the top level. */
export function folderTitles(declared: string): readonly string[] {
  const path = trimmed(declared);
  return path === "" ? [] : path.split("/");
}

function trimmed(path: string): string {
  return path.replace(/^\/+|\/+$/g, "");
}
