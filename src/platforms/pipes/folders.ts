import { didYouMean, PatchbayError } from "../../diagnostics";
import {
  type CallOptions,
  type Folder,
  folderTitles,
  formatOwner,
  type Owner,
} from "../../model";
import type { ConnectionRecord } from "./connection-record";
import { declaredFolder, pathOfTitles } from "./folder-argument";
import {
  type FolderRecord,
  folderRecordOf,
  type FolderSearch,
  FolderTree,
} from "./folder-tree";
import type { PipesCalls } from "./client";
import { below, type Places } from "./places";
import { isOf } from "./record-owner";

/** More are not listed in a message. */
const MOST_NAMES = 20;

/**
 * The folders of connections, between their paths and their ids. They are listed
 * at most once for each owner, however many connections are read or written, and
 * again where one is not among them: somebody may just have made it.
 */
export class PipesFolders {
  readonly #context: { readonly calls: PipesCalls; readonly places: Places };
  readonly #trees = new Map<string, Promise<FolderTree>>();

  constructor(context: {
    readonly calls: PipesCalls;
    readonly places: Places;
  }) {
    this.#context = context;
  }

  /** The id of the folder that a path or an id means; undefined is the top level. Rejects with `not_found`, `invalid_field` and `unsupported`. */
  async resolve(
    owner: Owner,
    parent: string,
    options: CallOptions = {},
  ): Promise<string | undefined> {
    const declared = declaredFolder(parent);
    if (declared.kind === "top") return undefined;
    // Whether it is there, Pipes says when it is used.
    if (declared.kind === "id") return declared.id;
    const known = this.#trees.get(formatOwner(owner));
    const tree = await (known ?? this.#list(owner, options));
    const found = tree.search(declared.titles);
    const search =
      found.kind === "missing" && known !== undefined
        ? (await this.#listAgain(owner, known, options)).search(declared.titles)
        : found;
    return folderOf(search, { owner, parent }).id;
  }

  /** The same after Pipes has refused the id, which may have come from an older listing. */
  async resolveAnew(
    owner: Owner,
    parent: string,
    options: CallOptions = {},
  ): Promise<string | undefined> {
    const declared = declaredFolder(parent);
    if (declared.kind === "top") return undefined;
    const tree = await this.#list(owner, options);
    if (declared.kind === "path")
      return folderOf(tree.search(declared.titles), { owner, parent }).id;
    if (tree.has(declared.id)) return declared.id;
    throw new PatchbayError({
      code: "not_found",
      path: ["parent"],
      detail: `${formatOwner(owner)} has no folder of the id ${JSON.stringify(declared.id)} on Turbot Pipes. Check the id, or name the folder by its titles ("Production/Databases").`,
    });
  }

  /** The folder that holds a connection. Takes a request only where the connection does not tell the titles. */
  async of(
    owner: Owner,
    { folderId, folderTitles }: ConnectionRecord,
    options: CallOptions = {},
  ): Promise<Folder | undefined> {
    if (folderId === undefined) return undefined;
    if (folderTitles !== undefined)
      return { id: folderId, path: pathOfTitles(folderTitles) ?? folderId };
    const known = this.#trees.get(formatOwner(owner));
    const tree = await (known ?? this.#list(owner, options));
    const complete =
      tree.has(folderId) || known === undefined
        ? tree
        : await this.#listAgain(owner, known, options);
    return { id: folderId, path: complete.nameOf(folderId) };
  }

  /** Lists anew, unless somebody else has since `known`. */
  #listAgain(
    owner: Owner,
    known: Promise<FolderTree>,
    options: CallOptions,
  ): Promise<FolderTree> {
    const current = this.#trees.get(formatOwner(owner));
    return current === undefined || current === known
      ? this.#list(owner, options)
      : current;
  }

  #list(owner: Owner, options: CallOptions): Promise<FolderTree> {
    const key = formatOwner(owner);
    const { calls, places } = this.#context;
    const place = below(places.of(owner), "/connection_folder");
    const listing = calls
      .list(place, folderRecordOf, options)
      .then(
        (folders) =>
          new FolderTree(folders.filter((folder) => isOf(folder.owner, owner))),
      );
    this.#trees.set(key, listing);
    // A failure is not remembered.
    listing.catch(() => {
      if (this.#trees.get(key) === listing) this.#trees.delete(key);
    });
    return listing;
  }
}

/** The one folder that was found. */
function folderOf(
  search: FolderSearch,
  declared: { readonly owner: Owner; readonly parent: string },
): FolderRecord {
  const { owner, parent } = declared;
  if (search.kind === "missing") throw missing(search, declared);
  const [folder] = search.folders;
  if (folder === undefined || search.folders.length > 1) {
    const ids = search.folders.map(({ id }) => id).sort();
    throw new PatchbayError({
      code: "invalid_field",
      path: ["parent"],
      detail: `${JSON.stringify(parent)} means ${ids.length} folders of ${formatOwner(owner)} with the same titles: ${ids.join(", ")}. Write the id of one of them, for example parent = ${JSON.stringify(ids[0])}, or rename one in Pipes.`,
    });
  }
  if (folder.isDiscovered) {
    throw new PatchbayError({
      code: "unsupported",
      path: ["parent"],
      detail: `The folder ${JSON.stringify(parent)} was made by an integration of Turbot Pipes, which alone decides what is in it. Name another folder.`,
    });
  }
  return folder;
}

function missing(
  { there, title, others }: Extract<FolderSearch, { kind: "missing" }>,
  { owner, parent }: { readonly owner: Owner; readonly parent: string },
): PatchbayError {
  const slashed = slashedIn(others, folderTitles(parent).slice(there.length));
  const place =
    there.length === 0
      ? `${formatOwner(owner)} has no folder ${JSON.stringify(title)} at its top level`
      : `The folder ${JSON.stringify(there.join("/"))} of ${formatOwner(owner)} has no folder ${JSON.stringify(title)} in it`;
  const titles = [...new Set(others.map((folder) => folder.title))].sort();
  const names = titles.slice(0, MOST_NAMES).map((one) => JSON.stringify(one));
  const more = titles.length - names.length;
  const list =
    names.length === 0
      ? ` There are no folders${there.length === 0 ? "" : " in it"}.`
      : ` There are: ${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}.`;
  return new PatchbayError({
    code: "not_found",
    path: ["parent"],
    detail: `${place}.${didYouMean(title, titles)}${list}${slashed === undefined ? "" : ` A folder with a slash in its title is named by its id: parent = ${JSON.stringify(slashed.id)} is ${JSON.stringify(slashed.title)}.`} Folders are made in Turbot Pipes itself or with Turbot's provider.`,
  });
}

/** The folder whose title has a slash, where the rest of the path begins with that title. */
function slashedIn(
  folders: readonly FolderRecord[],
  rest: readonly string[],
): FolderRecord | undefined {
  return folders.find(
    ({ title }) =>
      title.includes("/") && `${rest.join("/")}/`.startsWith(`${title}/`),
  );
}
