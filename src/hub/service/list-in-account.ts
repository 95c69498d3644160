import type { ListOfConnections, Page } from "../hub-api";
import type { OwnerFilter, Rows, Slice } from "../store/store";
import { type HubContext, reading } from "./context";
import { storedOwner, tryAccount } from "./lookup";
import { pageOf, type PagingOptions } from "./paging";

export interface ListInAccountOptions<Row, Item> extends Omit<
  PagingOptions<Row, Item>,
  "list"
> {
  /** With an owner where the listing can be narrowed to one. */
  readonly options: ListOfConnections;
  readonly list: (
    rows: Rows,
    filter: OwnerFilter,
    slice: Slice,
  ) => Promise<readonly Row[]>;
}

/** A page of what an account has: nothing where there is no such account. */
export function listInAccount<Row, Item>(
  context: HubContext,
  { list, ...paging }: ListInAccountOptions<Row, Item>,
): Promise<Page<Item>> {
  const { options } = paging;
  return reading(context, options, async (rows) => {
    const account = await tryAccount(rows, options.account);
    const owner = options.owner && storedOwner(options.account, options.owner);
    return pageOf({
      ...paging,
      list: async (slice) =>
        account ? list(rows, { accountId: account.id, owner }, slice) : [],
    });
  });
}
