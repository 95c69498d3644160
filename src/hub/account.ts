import type { Owner } from "../model";

/** What the hub keeps apart from one another: an organization or a user, with everything that belongs to it. */
export interface Account {
  readonly kind: "organization" | "user";
  readonly name: string;
}

export interface ObservedAccount extends Account {
  readonly platformId: string;
}

/** Whether this owner is an account, and not a workspace, a deployment or a tenant. */
export function isAccount(owner: Owner): owner is Account {
  return owner.kind === "organization" || owner.kind === "user";
}
