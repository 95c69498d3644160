import { PatchbayError } from "../../diagnostics";

export interface Page<T, Cursor> {
  readonly items: readonly T[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: Cursor | undefined;
}

/** A listing to its end. Rejects with `invalid_answer` one that has none. `what` is listed, for messages: `the pages of /org`. */
export async function allPages<T, Cursor extends string | number>(
  what: string,
  load: (cursor: Cursor | undefined) => Promise<Page<T, Cursor>>,
): Promise<readonly T[]> {
  const all: T[] = [];
  const seen = new Set<Cursor>();
  let cursor: Cursor | undefined;
  do {
    const page = await load(cursor);
    // Not spread into push: a page may be long.
    for (const item of page.items) all.push(item);
    cursor = page.next;
    if (cursor !== undefined && seen.has(cursor)) throw endless(what);
    if (cursor !== undefined) seen.add(cursor);
  } while (cursor !== undefined);
  return all;
}

function endless(what: string): PatchbayError {
  return new PatchbayError({
    code: "invalid_answer",
    detail: `${what} do not come to an end: the same next page was given twice. Try again later.`,
  });
}
