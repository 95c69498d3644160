import { MAX_PAGE_SIZE, type Page, type PageOptions } from "../../hub";
import type { CallOptions } from "../../model";
import { allPages } from "../kit";

/** A whole listing, in as few requests as the hub allows. */
export async function everything<T>(
  load: (page: PageOptions) => Promise<Page<T>>,
  { signal }: CallOptions = {},
): Promise<readonly T[]> {
  return allPages("The pages of the hub", async (cursor?: string) => {
    const page = await load({ limit: MAX_PAGE_SIZE, cursor, signal });
    return { items: page.items, next: page.nextCursor };
  });
}
