import { type Diagnostic, errorDiagnostic } from "../../diagnostics";
import { equalValues, folderTitles } from "../../model";

/** What a declared `parent` means. */
export type DeclaredFolder =
  | { readonly kind: "top" }
  | { readonly kind: "id"; readonly id: string }
  | { readonly kind: "path"; readonly titles: readonly string[] };

const FOLDER_ID = /^c_[0-9a-v]{20}$/;
const ownerKindsById: Readonly<Record<string, string>> = {
  o: "an organization",
  t: "a tenant",
  u: "a user",
  w: "a workspace",
};

export function declaredFolder(parent: string): DeclaredFolder {
  const titles = folderTitles(parent);
  const [first] = titles;
  if (first === undefined) return { kind: "top" };
  return titles.length === 1 && isFolderId(first)
    ? { kind: "id", id: first }
    : { kind: "path", titles };
}

/** A folder's titles as a path; undefined where such a path would be read as something else. */
export function pathOfTitles(titles: readonly string[]): string | undefined {
  const path = titles.join("/");
  const read = declaredFolder(path);
  return folderFaults(path).length === 0 &&
    read.kind === "path" &&
    equalValues(read.titles, titles)
    ? path
    : undefined;
}

/** What of a declared `parent` can name no folder, told before anybody is asked. */
export function folderFaults(parent: string): readonly Diagnostic[] {
  const titles = folderTitles(parent);
  const last = titles.at(-1) ?? "";
  const detail =
    ownerDetail(titles) ??
    (titles.length > 1 && isFolderId(last)
      ? `${JSON.stringify(parent)} is not a folder's id, nor a path of titles. An id stands alone: write ${JSON.stringify(last)}. (Of a folder that Turbot's own provider manages, that is its connection_folder_id, not its id.)`
      : titles.includes("")
        ? `${JSON.stringify(parent)} holds an empty title between two slashes. Write the folder's titles from the top with one slash between them ("Production/Databases"), its id, or "/" for the top level.`
        : undefined);
  return detail === undefined
    ? []
    : [errorDiagnostic({ code: "invalid_field", path: ["parent"], detail })];
}

function ownerDetail(titles: readonly string[]): string | undefined {
  const [first = ""] = titles;
  const kind = /^([otuw])_[0-9a-v]{20}$/.exec(first)?.[1];
  return titles.length !== 1 || kind === undefined
    ? undefined
    : `${JSON.stringify(first)} is the id of ${ownerKindsById[kind]!}, not of a folder. For the top level write parent = "/".`;
}

function isFolderId(text: string): boolean {
  return FOLDER_ID.test(text);
}
