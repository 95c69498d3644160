import { errorDiagnostic, PatchbayError } from "../../diagnostics";
import { MAX_PAGE_SIZE, type Page, type PageOptions } from "../hub-api";
import type { Slice } from "../store/store";

export interface PagingOptions<Row, Item> {
  readonly options: PageOptions | undefined;
  /** The sort keys of a row, in the order of the listing. */
  readonly keysOf: (row: Row) => readonly string[];
  readonly toItem: (row: Row) => Item;
  readonly list: (slice: Slice) => Promise<readonly Row[]>;
}

/** One page of rows as items. The cursor is the sort keys of the page's last row. */
export async function pageOf<Row, Item>(
  paging: PagingOptions<Row, Item>,
): Promise<Page<Item>> {
  const { limit = MAX_PAGE_SIZE, cursor } = paging.options ?? {};
  requireLimit(limit);
  const after = cursor === undefined ? undefined : parseCursor(cursor);
  const rows = await paging.list({ after, limit: limit + 1 });
  const items = rows.slice(0, limit).map(paging.toItem);
  const last = rows[limit - 1];
  if (rows.length <= limit || last === undefined) return { items };
  return { items, nextCursor: formatCursor(paging.keysOf(last)) };
}

function requireLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_PAGE_SIZE) return;
  throw new PatchbayError({
    code: "invalid_field",
    path: ["limit"],
    detail: `The size of a page must be a whole number from 1 to ${MAX_PAGE_SIZE}.`,
  });
}

function formatCursor(keys: readonly string[]): string {
  return Buffer.from(JSON.stringify(keys), "utf8").toString("base64url");
}

function parseCursor(cursor: string): readonly string[] {
  try {
    const keys: unknown = JSON.parse(
      Buffer.from(cursor, "base64url").toString("utf8"),
    );
    if (
      Array.isArray(keys) &&
      keys.length > 0 &&
      keys.every((key) => typeof key === "string")
    )
      return keys;
  } catch {
    // Falls through to the refusal.
  }
  throw new PatchbayError([
    errorDiagnostic({
      code: "invalid_field",
      path: ["cursor"],
      detail:
        "The cursor is not one that this listing gave. Begin again without a cursor.",
    }),
  ]);
}
