import type { Answer } from "../kit";
import { pathOfTitles } from "./folder-argument";
import { folderIdIn, ownerIn, type RecordOwner } from "./record-owner";

/** A folder as Pipes shows it, reduced to what is used here. */
export interface FolderRecord {
  readonly id: string;
  readonly title: string;
  /** The folder around it; undefined at the top level. */
  readonly parentId: string | undefined;
  /** An integration made it, and alone decides what is in it. */
  readonly isDiscovered: boolean;
  readonly owner: RecordOwner | undefined;
}

export function folderRecordOf(answer: Answer): FolderRecord {
  return {
    id: answer.text("id"),
    title: answer.optionalText("title") ?? "",
    parentId: folderIdIn(answer),
    isDiscovered: /-discovered$/.test(answer.optionalText("type") ?? ""),
    owner: ownerIn(answer),
  };
}

/** The folders that fit a path of titles, or how far it leads. */
export type FolderSearch =
  | { readonly kind: "found"; readonly folders: readonly FolderRecord[] }
  | {
      readonly kind: "missing";
      /** The titles that lead somewhere, and the one after them that does not. */
      readonly there: readonly string[];
      readonly title: string;
      /** The folders that there are in its place. */
      readonly others: readonly FolderRecord[];
    };

/** The folders of one owner. Several may have the same title and the same parent. */
export class FolderTree {
  readonly #byId: ReadonlyMap<string, FolderRecord>;

  constructor(folders: readonly FolderRecord[]) {
    this.#byId = new Map(folders.map((folder) => [folder.id, folder]));
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** As it is declared: its path, or its id where no path tells it. */
  nameOf(id: string): string {
    const titles: string[] = [];
    const seen = new Set<string>();
    for (let next: string | undefined = id; next !== undefined;) {
      const folder = this.#byId.get(next);
      // One that is not shown, or a ring: the path has no beginning.
      if (folder === undefined || seen.has(next)) return id;
      seen.add(next);
      titles.unshift(folder.title);
      next = folder.parentId;
    }
    return pathOfTitles(titles) ?? id;
  }

  search(titles: readonly string[]): FolderSearch {
    let found: readonly FolderRecord[] = [];
    for (const [depth, title] of titles.entries()) {
      const parents = new Set(
        depth === 0 ? [undefined] : found.map(({ id }) => id),
      );
      const inside = [...this.#byId.values()].filter(({ parentId }) =>
        parents.has(parentId),
      );
      found = inside.filter((folder) => folder.title === title);
      if (found.length === 0)
        return {
          kind: "missing",
          there: titles.slice(0, depth),
          title,
          others: inside,
        };
    }
    return { kind: "found", folders: found };
  }
}
