import type { Secret } from "../diagnostics";
import type { Account } from "./account";

/** What the bearer of a token may do. */
export type TokenScope =
  /** Everything, in every account. */
  | { readonly kind: "admin" }
  /** Read and write one account. */
  | { readonly kind: "account"; readonly account: Account }
  /** Read that deployment's effective connections, secrets included, and nothing else. */
  | {
      readonly kind: "deployment";
      readonly account: Account;
      readonly deployment: string;
    }
  /** Read one account, or where none is named all of them; never a secret. */
  | { readonly kind: "read_only"; readonly account?: Account | undefined };

/** A token as it can be listed: the hub keeps only a hash of the token itself. */
export interface ObservedToken {
  readonly platformId: string;
  readonly scope: TokenScope;
  readonly description?: string | undefined;
}

/** A token that was just made; the only time that its text is seen. */
export interface CreatedToken extends ObservedToken {
  readonly token: Secret;
}
